using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Orders;

/// <summary>
/// Takes persons out of orders that are older than anybody may look at them; the prices stay for the books. Ids grow with time: each run
/// goes on where the one before ended, however many orders lie behind.
/// </summary>
internal sealed class ForgetOldOrders(Db db, TimeProvider clock, OrdersOptions options) : IScheduledJob
{
    private const int Portion = 200;

    private const string Next = "select id as Id, status as Status from orders_orders where id > @after and id < @before order by id limit @portion";

    public async Task Run(CancellationToken ct)
    {
        var before = Ids.FirstOf(clock.GetUtcNow().AddYears(-options.YearsKept));
        var after = await db.First<string>("select last_id from orders_forgotten where name = 'orders'", ct: ct).ConfigureAwait(false) ?? "";
        while (await db.Query<Row>(Next, new { after, before, portion = Portion }, ct).ConfigureAwait(false) is { Count: > 0 } old)
        {
            after = old[^1].Id;
            // One that is still under way after years is for people to look into, not for a job to make unreadable.
            string[] done = [.. old.Where(o => OrderMachine.StateOf(o.Status) == OrderState.Done).Select(o => o.Id)];
            await db.InTransaction(tx => Forget(tx, done, after, ct), ct).ConfigureAwait(false);
        }
    }

    private static async Task<bool> Forget(Tx tx, string[] ids, string last, CancellationToken ct)
    {
        if (ids.Length > 0) await OrdersPersonalData.Empty(tx, ids, ct).ConfigureAwait(false);
        await tx.InsertRows("orders_forgotten", ["name", "last_id"], [["orders", last]], ifAbsent: true, ct).ConfigureAwait(false);
        await tx.Execute("update orders_forgotten set last_id = @last where name = 'orders'", new { last }, ct).ConfigureAwait(false);
        return true;
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required OrderStatus Status { get; init; }
    }
}
