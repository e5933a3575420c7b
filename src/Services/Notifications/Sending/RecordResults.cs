using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Notifications;

/// <summary>Writes what became of a portion, in one transaction.</summary>
internal static class RecordResults
{
    private static readonly string[] SendColumns = ["id", "message_id", "channel", "state", "reason", "provider_id", "at"];

    private const string Update =
        """
        update notifications_messages
        set state = @state, channel = @channel, reason = @reason, next_at = coalesce(@nextAt, next_at), attempts = attempts - @uncounted,
          finished_at = @finished, leased_until = 0
        where id in @ids and leased_by = @claim and state = 'sending'
        """;

    private const string Release =
        """
        update notifications_messages
        set state = 'planned', attempts = attempts - 1, leased_until = 0
        where id in @ids and leased_by = @claim and state = 'sending'
        """;

    /// <summary>Keeps the attempts and closes or postpones the notifications.</summary>
    /// <returns>How many of them were still this process's own; fewer than given means that a lease ran out.</returns>
    public static Task<int> Write(Db db, TimeProvider clock, string claim, IReadOnlyList<SendResult> results, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var now = clock.GetUtcNow();
            await tx.InsertRows("notifications_sends", SendColumns, results.SelectMany(r => r.Attempts.Select(a => new object?[]
            {
                Ids.New(clock), r.Message.Id, a.Channel, EnumText<SendState>.Of(a.State), a.Reason, a.ProviderId, now,
            })), ct: ct).ConfigureAwait(false);
            var own = 0;
            foreach (var alike in results.GroupBy(r => r.Decision)) // few: results of a portion are mostly the same
            {
                var (state, channel, reason, nextAt, isUncounted) = alike.Key;
                own += await tx.Execute(Update, new
                {
                    ids = alike.Select(r => r.Message.Id), claim, state, channel, reason, nextAt, uncounted = isUncounted ? 1 : 0,
                    finished = state == NotificationState.Planned ? (DateTimeOffset?)null : now,
                }, ct).ConfigureAwait(false);
            }
            return own;
        }, ct);

    /// <summary>Gives back what there was no time to send.</summary>
    public static Task GiveBack(Db db, string claim, IReadOnlyList<DueMessage> unsent, CancellationToken ct) =>
        unsent.Count == 0 ? Task.CompletedTask : db.Execute(Release, new { ids = unsent.Select(m => m.Id), claim }, ct);
}
