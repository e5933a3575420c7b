using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>Deletes finished notifications when their time of keeping is over, in small portions, and confirmations that never found their send.</summary>
internal sealed class PurgeNotifications(Db db, TimeProvider clock, NotificationsOptions options) : IScheduledJob
{
    private const int Portion = 1000;

    // What ended before a moment was planned before it: ids tell when, so that the search ends where younger ones begin.
    private const string Sends =
        """
        delete from notifications_sends where message_id in (
          select id from (select id from notifications_messages where id < @first and finished_at < @before order by id limit @portion) old)
        """;

    private const string Messages =
        """
        delete from notifications_messages where id in (
          select id from (select id from notifications_messages where id < @first and finished_at < @before order by id limit @portion) old)
        """;

    public async Task Run(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-options.KeepDays);
        while (await OnePortion(before, ct).ConfigureAwait(false) == Portion) ct.ThrowIfCancellationRequested();
        await db.Execute("delete from notifications_confirmations where at < @before", new { before = clock.GetUtcNow().AddDays(-7) }, ct).ConfigureAwait(false);
    }

    private Task<int> OnePortion(DateTimeOffset before, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var args = new { before, first = Ids.FirstOf(before), portion = Portion };
        await tx.Execute(Sends, args, ct).ConfigureAwait(false);
        return await tx.Execute(Messages, args, ct).ConfigureAwait(false);
    }, ct);
}
