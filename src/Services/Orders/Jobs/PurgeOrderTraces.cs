using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Orders.Webhooks;

namespace Courier.Services.Orders;

/// <summary>Removes what nobody asks for any more: slots of the past, reports that are not repeated any more, the old end of the
/// delivery log. What nobody took for so long, and what waits for a system that is not configured any more, is given up.</summary>
internal sealed class PurgeOrderTraces(Db db, TimeProvider clock, WebhooksOptions targets) : IScheduledJob
{
    private const string GivenUp =
        """
        update orders_webhooks set status = 'dropped', body_cipher = '', finished_at = @now
        where status = 'waiting' and leased_until < @now and (created_at < @before or target not in @targets)
        """;

    public async Task Run(CancellationToken ct)
    {
        var (now, before) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(-30));
        await db.Execute("delete from orders_slots where ends_at < @before", new { before }, ct).ConfigureAwait(false);
        await db.Execute("delete from orders_reports where received_at < @before", new { before }, ct).ConfigureAwait(false);
        await db.Execute(GivenUp, new { now, before, targets = targets.Select(t => t.Key).Append("").ToList() }, ct).ConfigureAwait(false);
        await db.Execute("delete from orders_webhooks where finished_at < @before", new { before }, ct).ConfigureAwait(false);
    }
}

/// <summary>Gives up orders whose parcel never came to the outlet or locker.</summary>
internal sealed class ExpireOrders(Db db, TimeProvider clock, OrdersOptions options) : IScheduledJob
{
    private const string Due =
        "select id from orders_orders where kind in ('locker', 'outlet') and status in ('placed', 'accepted', 'pickup_failed') and placed_at < @before order by placed_at limit 200";

    public async Task Run(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-options.DropOffDays);
        while (await db.Query<string>(Due, new { before }, ct).ConfigureAwait(false) is { Count: > 0 } due)
            foreach (var id in due) await db.InTransaction(tx => Expire(tx, id, ct), ct).ConfigureAwait(false);
    }

    private async Task Expire(Tx tx, string id, CancellationToken ct)
    {
        if (await OrderStore.Lock(tx, id, ct).ConfigureAwait(false) is { } order && OrderMachine.After(order.Status, OrderAction.Expire) is not null)
            await OrderStore.Save(tx, order, order.Act(OrderAction.Expire, OrderActor.House, clock.GetUtcNow()), "", ct).ConfigureAwait(false);
    }
}
