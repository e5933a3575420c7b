using System.Data.Common;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Orders;

namespace Courier.Services.Tests.Orders;

/// <summary>
/// Placing dies at each of its writes, before it and after it: the database itself ends the work there, as it does for a process that is gone.
/// Whoever repeats the request has one order, one place in the slot, one cell.
/// </summary>
public abstract class DyingSuite(OrdersApp app)
{
    /// <summary>Every write of an order for the door, in its order.</summary>
    public static TheoryData<string, string, string> WritesForTheDoor => Both(
        ("insert", "orders_slots"), ("update", "orders_slots"), ("insert", "orders_orders"), ("insert", "orders_shipments"), ("insert", "outbox_messages"), ("insert", "outbox_deliveries"));

    /// <summary>Every write of an order for a locker, in its order.</summary>
    public static TheoryData<string, string, string> WritesForALocker => Both(
        ("update", "network_cells"), ("update", "network_lockers"), ("insert", "orders_orders"), ("insert", "orders_shipments"), ("insert", "outbox_messages"), ("insert", "outbox_deliveries"));

    [Theory]
    [MemberData(nameof(WritesForTheDoor))]
    public async Task An_order_for_the_door_is_there_once_wherever_placing_died(string moment, string write, string table)
    {
        var me = await app.ACustomer();
        var (key, slot) = (app.Next(), app.Slot(9, 2));
        var wish = await app.AWish("北京市,北京市,东城区", slot: slot);
        await app.Db.Execute("delete from orders_slots where area = '110101'"); // so that the slot's row is written too
        await Dies(moment, write, table, me, key, wish);
        (await Orders(me)).ShouldBe(0);
        (await app.Taken("110101", slot)).ShouldBe(0);

        var placed = await RepeatedTwice(me, key, wish);
        (await app.Taken("110101", slot)).ShouldBe(1);
        (await app.Told(placed, "order.placed.v1")).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(WritesForALocker))]
    public async Task An_order_for_a_locker_is_there_once_and_has_one_cell_wherever_placing_died(string moment, string write, string table)
    {
        var (me, locker, key) = (await app.ACustomer(), await app.ALocker(small: 3), app.Next());
        var wish = await app.ALockerWish(locker);
        await Dies(moment, write, table, me, key, wish);
        (await Orders(me)).ShouldBe(0);
        (await app.Kept(locker)).ShouldBe(table.StartsWith("network", StringComparison.Ordinal) ? 0 : 1, "a cell that is kept already waits for the repetition");
        (await app.Free(locker)).ShouldBe(3 - await app.Kept(locker));

        var placed = await RepeatedTwice(me, key, wish);
        (await app.Kept(locker)).ShouldBe(1);
        (await app.Free(locker)).ShouldBe(2);
        var order = (await app.Show(me, placed)).Order;
        (await HeldCell.Of(app.Db, app.Keys, order.CellHolder!, default)).ShouldNotBeNull().Locker.ShouldBe(locker);
        (await app.Told(placed, "order.placed.v1")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cell_that_was_kept_for_an_order_that_never_came_is_free_again_by_itself()
    {
        var (me, locker) = (await app.ACustomer(), await app.ALocker());
        await Dies("before", "insert", "orders_orders", me, app.Next(), await app.ALockerWish(locker));
        (await app.Kept(locker)).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromHours(app.Options.CellHours) + TimeSpan.FromMinutes(1));
        await app.App.RunJob("network.end_reservations");
        await app.App.Settle();
        (await app.Kept(locker)).ShouldBe(0);
        (await app.Free(locker)).ShouldBe(2);
    }

    private static TheoryData<string, string, string> Both(params (string Write, string Table)[] writes)
    {
        var all = new TheoryData<string, string, string>();
        foreach (var (write, table) in writes)
        {
            all.Add("before", write, table);
            all.Add("after", write, table);
        }
        return all;
    }

    private async Task Dies(string moment, string write, string table, CustomerId me, string key, OrderWish wish)
    {
        var dies = app.Db.Dialect.Provider == DatabaseProvider.Sqlite
            ? "begin select raise(abort, 'the process dies here'); end"
            : "for each row signal sqlstate '45000' set message_text = 'the process dies here'";
        await app.Db.Execute($"create trigger crash_point {moment} {write} on {table} {dies}");
        try
        {
            (await Should.ThrowAsync<DbException>(() => app.Orders.Execute(me, key, wish, default))).Message.ShouldContain("the process dies here");
        }
        finally
        {
            await app.Db.Execute("drop trigger crash_point");
        }
    }

    private async Task<string> RepeatedTwice(CustomerId me, string key, OrderWish wish)
    {
        var placed = (await app.Orders.Execute(me, key, wish, default)).ShouldBeOfType<Placing.Placed>();
        placed.IsNew.ShouldBeTrue();
        (await app.Orders.Execute(me, key, wish, default)).ShouldBe(new Placing.Placed(placed.OrderId, IsNew: false), "as after a death between the commit and the answer");
        (await Orders(me)).ShouldBe(1);
        (await app.Db.First<long>("select count(*) from orders_shipments where order_id = @id", new { id = placed.OrderId })).ShouldBe(1);
        return placed.OrderId;
    }

    private Task<long> Orders(CustomerId me) => app.Db.First<long>("select count(*) from orders_orders where customer_id = @me", new { me });
}

public sealed class DyingOnSqlite(OrdersOnSqlite app) : DyingSuite(app), IClassFixture<OrdersOnSqlite>;

public sealed class DyingOnMariaDb(OrdersOnMariaDb app) : DyingSuite(app), IClassFixture<OrdersOnMariaDb>;
