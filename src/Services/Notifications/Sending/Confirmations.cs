using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>
/// Joins confirmations with their sends. Both sides are committed first and looked for afterwards, so whichever comes second
/// finds the other.
/// </summary>
internal static class Confirmations
{
    // Nearly always nobody has confirmed yet: that is found out by the key alone.
    private const string Come =
        """
        select provider_id
        from notifications_confirmations
        where channel in @channels and provider_id in @providerIds
        """;

    private const string Matching =
        """
        select c.channel, c.provider_id as ProviderId, c.delivered, c.reason, s.id as SendId, s.message_id as MessageId, m.failed_channels as FailedChannels,
          s.sms_segments as SmsSegments, s.sms_fen as SmsFen
        from notifications_sends s
        join notifications_confirmations c on c.channel = s.channel and c.provider_id = s.provider_id
        join notifications_messages m on m.id = s.message_id
        where s.provider_id in @providerIds and s.channel in @channels and s.state = 'sent'
        """;

    private const string CloseSends =
        "update notifications_sends set state = @state, reason = @reason, closed_at = @now where message_id in @messages and id in @sends and state = 'sent'";

    private const string Delivered =
        "update notifications_messages set state = 'delivered', finished_at = @now where id in @messages and state = 'sent'";

    private const string NextChannel =
        """
        update notifications_messages
        set state = 'planned', failed_channels = @failed, reason = @reason, next_at = @now, finished_at = null
        where id in @messages and state = 'sent'
        """;

    private const string Forget =
        "delete from notifications_confirmations where channel = @channel and provider_id in @providerIds";

    /// <summary>Applies the confirmations of the given sends that have come and whose sends are recorded.</summary>
    public static async Task Apply(Db db, IJobAlarm alarm, TimeProvider clock, IReadOnlyList<(string Channel, string ProviderId)> sends, CancellationToken ct)
    {
        foreach (var some in sends.Chunk(500))
        {
            var channels = some.Select(s => s.Channel).Distinct().ToList();
            var come = await db.Query<string>(Come, new { channels, providerIds = some.Select(s => s.ProviderId) }, ct).ConfigureAwait(false);
            if (come.Count == 0) continue;
            var found = await db.Query<Match>(Matching, new { channels, providerIds = come }, ct).ConfigureAwait(false);
            if (found.Count > 0) await db.InTransaction(tx => Close(tx, alarm, clock.GetUtcNow(), found, ct), ct).ConfigureAwait(false);
        }
    }

    private static async Task Close(Tx tx, IJobAlarm alarm, DateTimeOffset now, IReadOnlyList<Match> found, CancellationToken ct)
    {
        var delivered = found.Where(m => m.Delivered == 1).ToList();
        if (delivered.Count > 0)
        {
            await tx.Execute(CloseSends, new { state = SendState.Delivered, reason = "", now, sends = delivered.Select(m => m.SendId), messages = delivered.Select(m => m.MessageId) }, ct).ConfigureAwait(false);
            await tx.Execute(Delivered, new { now, messages = delivered.Select(m => m.MessageId) }, ct).ConfigureAwait(false);
        }
        foreach (var alike in found.Where(m => m.Delivered == 0).GroupBy(m => (m.Channel, m.Reason, m.FailedChannels)))
        {
            var (channel, reason, before) = alike.Key;
            var failed = before.Length == 0 ? channel : before + "," + channel;
            await tx.Execute(CloseSends, new { state = SendState.FallenBack, reason, now, sends = alike.Select(m => m.SendId), messages = alike.Select(m => m.MessageId) }, ct).ConfigureAwait(false);
            await tx.Execute(NextChannel, new { failed, reason, now, messages = alike.Select(m => m.MessageId) }, ct).ConfigureAwait(false);
            tx.AfterCommit(() => alarm.Wake(NotificationsModule.SendJob));
        }
        var lost = found.Where(m => m is { Delivered: 0, SmsSegments: > 0 }).ToList(); // nothing was saved after all
        await SmsLedger.Count(tx, now, new SmsLedger.Change(-lost.Count, -lost.Sum(m => m.SmsSegments), -lost.Sum(m => m.SmsFen), 0, 0, 0), ct).ConfigureAwait(false);
        foreach (var ofChannel in found.GroupBy(m => m.Channel))
            await tx.Execute(Forget, new { channel = ofChannel.Key, providerIds = ofChannel.Select(m => m.ProviderId) }, ct).ConfigureAwait(false);
    }

    private sealed record Match
    {
        public required string Channel { get; init; }
        public required string ProviderId { get; init; }
        public required long Delivered { get; init; }
        public required string Reason { get; init; }
        public required string SendId { get; init; }
        public required string MessageId { get; init; }
        public required string FailedChannels { get; init; }
        public required long SmsSegments { get; init; }
        public required long SmsFen { get; init; }
    }
}
