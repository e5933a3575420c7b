using Courier.Services.Rates;
using Courier.Kernel;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;

namespace Courier.Services.Tests.Orders;

/// <summary>Two phones, the core and a counter act on one order, one slot and one cell at the same moment.</summary>
public abstract class TwoPhonesSuite(OrdersApp app)
{
    private const string Shenzhen = "广东省,深圳市,南山区"; // one place a slot there

    [Fact]
    public async Task Of_calling_off_and_picking_up_at_once_exactly_one_counts()
    {
        var me = await app.ACustomer();
        for (var round = 0; round < 5; round++)
        {
            var (id, before) = (await app.AnOrder(me), await app.Taken("330106", app.Slot(13)));
            var number = (await app.Show(me, id)).Order.Number.Text;
            var outcomes = await AtOnce(i => i % 2 == 0 ? Cancel(me, id) : Report(number, "picked_up"));
            var (order, steps) = await app.Show(me, id);
            steps.ShouldHaveSingleItem();
            var cancelled = order.Status == OrderStatus.Cancelled;
            if (!cancelled) order.Status.ShouldBe(OrderStatus.PickedUp);
            outcomes.Where((_, i) => i % 2 == 0).ShouldAllBe(done => done == cancelled, "all phones hear the same");
            outcomes.Where((_, i) => i % 2 == 1).ShouldAllBe(done => done == !cancelled);
            (await app.Taken("330106", app.Slot(13))).ShouldBe(cancelled ? before - 1 : before);
        }
    }

    [Fact]
    public async Task However_calling_off_and_taking_on_meet_the_order_is_off_and_its_place_is_given_back_once()
    {
        var me = await app.ACustomer();
        for (var round = 0; round < 5; round++)
        {
            var slot = app.Slot(17, 1);
            var id = await app.AnOrder(me, await app.AWish(Shenzhen, slot: slot));
            var number = (await app.Show(me, id)).Order.Number.Text;
            var outcomes = await AtOnce(i => i % 2 == 0 ? Cancel(me, id) : Report(number, "accepted"));
            outcomes.Where((_, i) => i % 2 == 0).ShouldAllBe(done => done);
            var (order, steps) = await app.Show(me, id);
            order.Status.ShouldBe(OrderStatus.Cancelled);
            steps.Count(s => s.Action == OrderAction.Cancel).ShouldBe(1);
            steps.Count(s => s.Action == OrderAction.Accept).ShouldBeLessThanOrEqualTo(1);
            (await app.Taken("440305", slot)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Of_a_hundred_appointments_moved_to_the_last_place_exactly_one_gets_it()
    {
        var me = await app.ACustomer();
        var orders = new List<string>();
        foreach (var hour in (int[])[9, 11, 13, 15]) orders.Add(await app.AnOrder(me, await app.AWish(Shenzhen, slot: app.Slot(hour, 1))));
        var wanted = app.Slot(9, 2);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), me, orders[i % 4], wanted, default))));
        outcomes.OfType<Placing.Placed>().Count(p => p.IsNew).ShouldBe(1);
        (await app.Taken("440305", wanted)).ShouldBe(1);
        var there = 0;
        foreach (var id in orders) there += (await app.Show(me, id)).Order.Slot!.From == wanted ? 1 : 0;
        there.ShouldBe(1);
        long taken = 0;
        foreach (var hour in (int[])[9, 11, 13, 15]) taken += await app.Taken("440305", app.Slot(hour, 1));
        taken.ShouldBe(3, "the one that moved gave its place back");
        foreach (var id in orders) await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, null, default);
    }

    [Fact]
    public async Task Of_a_hundred_orders_for_the_last_cell_exactly_one_is_placed()
    {
        var (me, locker) = (await app.ACustomer(), await app.ALocker(small: 0, medium: 0, large: 1));
        var wish = await app.ALockerWish(locker, "L");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            try
            {
                return await app.Orders.Execute(me, $"cell-{i}", wish, default) is Placing.Placed;
            }
            catch (RuleBroken full) when (full.Code == "locker.full")
            {
                return false;
            }
        })));
        outcomes.Count(placed => placed).ShouldBe(1);
        (await app.Kept(locker)).ShouldBe(1);
    }

    private static Task<bool[]> AtOnce(Func<int, Task<bool>> act) => Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => act(i))));

    private async Task<bool> Cancel(Courier.Services.Customers.CustomerId me, string id)
    {
        try
        {
            return await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, null, default);
        }
        catch (RuleBroken refused) when (refused.Code == "order.action_not_allowed")
        {
            return false;
        }
    }

    private async Task<bool> Report(string number, string code)
    {
        var result = await RecordOrderReports.Execute(app.Db, app.Keys, app.Clock, app.Options, app.App.Get<SettleWeight>(), "demo", [new OrderReport { Id = app.Next(), Order = number, Code = code }], default);
        return result.Accepted == 1;
    }
}

public sealed class TwoPhonesOnSqlite(OrdersOnSqlite app) : TwoPhonesSuite(app), IClassFixture<OrdersOnSqlite>;

public sealed class TwoPhonesOnMariaDb(OrdersOnMariaDb app) : TwoPhonesSuite(app), IClassFixture<OrdersOnMariaDb>;
