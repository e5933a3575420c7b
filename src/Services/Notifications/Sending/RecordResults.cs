using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Notifications;

/// <summary>Writes what became of a portion, in one transaction.</summary>
internal static class RecordResults
{
    private static readonly string[] SendColumns = ["id", "message_id", "channel", "state", "reason", "passed", "provider_id", "may_be_double", "sms_segments", "sms_fen", "at"];

    private const string Update =
        """
        update notifications_messages
        set state = @state, channel = @channel, reason = @reason, next_at = coalesce(@nextAt, next_at), settles_at = @settlesAt,
          attempts = attempts - @uncounted, merged_into = @mergedInto, finished_at = @finished, leased_until = 0
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
    public static Task<int> Write(Db db, TimeProvider clock, NotificationsOptions options, string claim, IReadOnlyList<SendResult> results, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var now = clock.GetUtcNow();
            await tx.InsertRows("notifications_sends", SendColumns, results.SelectMany(r => Rows(r, clock, now, options.Sms.PriceFen)), ct: ct).ConfigureAwait(false);
            var own = 0;
            foreach (var alike in results.GroupBy(r => (r.Decision, MergedInto: r.Bundle.All.Count > 1 ? r.Bundle.Lead.Id : null))) // few: results of a portion are mostly the same
            {
                var (state, channel, reason, nextAt, isUncounted, settlesAt) = alike.Key.Decision;
                own += await tx.Execute(Update, new
                {
                    ids = alike.SelectMany(r => r.Bundle.All).Select(m => m.Id), claim, state = EnumText<NotificationState>.Of(state), channel, reason, nextAt, settlesAt,
                    uncounted = isUncounted ? 1 : 0, mergedInto = alike.Key.MergedInto, finished = alike.Key.Decision.IsOpen ? (DateTimeOffset?)null : now,
                }, ct).ConfigureAwait(false);
            }
            await SmsLedger.Count(tx, now, Sms(results, options.Sms.PriceFen), ct).ConfigureAwait(false);
            return own;
        }, ct);

    /// <summary>Gives back what there was no time to send.</summary>
    public static Task GiveBack(Db db, string claim, IReadOnlyList<Bundle> unsent, CancellationToken ct) =>
        unsent.Count == 0 ? Task.CompletedTask : db.Execute(Release, new { ids = unsent.SelectMany(b => b.All).Select(m => m.Id), claim }, ct);

    // Each notification of a message has its own lines; the short messages are counted with the first one's.
    private static IEnumerable<object?[]> Rows(SendResult result, TimeProvider clock, DateTimeOffset now, long priceFen) => result.Bundle.All.SelectMany((m, i) =>
        PassedWays.Fold(result.Attempts).Select(w => new object?[]
        {
            Ids.New(clock), m.Id, w.Attempt.Channel, EnumText<SendState>.Of(w.Attempt.State), w.Attempt.Reason, w.Passed, w.Attempt.ProviderId, w.Attempt.MayBeDouble ? 1 : 0,
            i == 0 ? w.Attempt.SmsSegments : 0, i == 0 ? w.Attempt.SmsSegments * priceFen : 0, now,
        }));

    private static SmsLedger.Change Sms(IReadOnlyList<SendResult> results, long priceFen)
    {
        var counted = results.SelectMany(r => r.Attempts).Where(a => a.SmsSegments > 0).ToLookup(a => a.Channel == SmsChannel.ChannelName, a => (long)a.SmsSegments);
        var (saved, sent) = (counted[false].Sum(), counted[true].Sum());
        return new SmsLedger.Change(counted[false].Count(), saved, saved * priceFen, counted[true].Count(), sent, sent * priceFen);
    }
}
