using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;

namespace Courier.Services.Tests.Orders;

/// <summary>Orders of others stay theirs, and a change asks what placing asked: the same on both databases.</summary>
public abstract class GuardingSuite(OrdersApp app)
{
    private const string Chaoyang = "北京市,北京市,朝阳区";

    [Fact]
    public async Task An_erased_persons_orders_are_in_nobodys_list()
    {
        var phone = app.NewPhone();
        var gone = await app.ACustomer(phone);
        var id = await app.AnOrder(gone, await app.AWish(sender: phone));
        await CancelOrder.Execute(app.Db, app.Clock, gone, id, null, default);
        var orders = ((IEnumerable<IPersonalData>)app.App.Services.GetService(typeof(IEnumerable<IPersonalData>))!).Single(d => d.Name == "orders");
        await app.Db.InTransaction(tx => orders.Erase(tx, new PersonalSubject([gone], [], [], []), ErasureScope.Everything, default));
        (await app.Db.First<string>("select sender_phone_hash from orders_orders where id = @id", new { id })).ShouldBe("");
        (await List(await app.ACustomer(), OrderSide.Sender)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_receives_cannot_search_out_what_is_masked_of_the_sender()
    {
        var (mine, theirs) = (app.NewPhone(), app.NewPhone());
        var (me, friend) = (await app.ACustomer(mine), await app.ACustomer(theirs));
        var id = await app.AnOrder(me, await app.AWish(sender: mine, recipient: theirs, name: "何收件"));
        (await List(friend, OrderSide.Recipient, "小明")).ShouldBeEmpty();
        (await List(friend, OrderSide.Recipient, mine[^4..])).ShouldBeEmpty();
        (await List(friend, OrderSide.Recipient, "收件")).ShouldHaveSingleItem().Id.ShouldBe(id);
        (await List(friend, OrderSide.Recipient, theirs[^4..])).ShouldHaveSingleItem().Id.ShouldBe(id);
        (await List(me, OrderSide.Sender, mine[^4..])).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task Somebody_elses_order_is_unknown_before_the_slot_is_looked_at()
    {
        var id = await app.AnOrder(await app.ACustomer(), await app.AWish(Chaoyang, slot: app.Slot(15, 1)));
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, await app.ACustomer(), id, app.Slot(3, 40), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_district_that_is_missing_or_lies_elsewhere_is_refused()
    {
        var me = await app.ACustomer();
        var wish = await app.AWish();
        foreach (var place in new[] { ("广东省", "深圳市", "朝阳区"), ("广东省", "深圳市", "") })
        {
            var wrong = wish with { Sender = wish.Sender! with { Province = place.Item1, City = place.Item2, District = place.Item3 } };
            (await app.Orders.Execute(me, app.Next(), wrong, default)).ShouldBeOfType<Placing.Invalid>().Fault.Field.ShouldBe("sender.district");
        }
        await app.AnOrder(me, await app.AWish("广东省,东莞市,"));
        await app.AnOrder(me, await app.AWish("湖北省,仙桃市,仙桃市"));
    }

    [Fact]
    public async Task A_code_shows_nothing_of_what_was_taken_in_elsewhere_or_is_over()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var wish = await app.AWish();
        var quote = await app.AQuote(wish.Sender!, wish.Shipments![0]!.Recipient!, pickup: "outlet");
        var id = await app.AnOrder(me, wish with { Kind = OrderKind.Outlet, Slot = null, OutletCode = "HZ001", Shipments = [wish.Shipments[0]! with { QuoteId = quote }] });
        var order = (await app.Show(me, id)).Order;
        Task<ShownOrder?> Accept(string outlet) => AcceptAtOutlet.Execute(app.Db, app.Keys, app.Clock, app.App.Get<SettleWeight>(), outlet, order.DropOffCode!, new OutletIntake(1300, "token", Inspected: true), default);
        (await Accept("HZ001")).ShouldNotBeNull();
        (await Accept("HZ002")).ShouldBeNull();
        await app.Db.InTransaction(tx => tx.Publish(new ShipmentMoved(id, order.Shipments[0].Waybill, ShipmentStatus.Done, app.Clock.GetUtcNow(), 9)));
        await app.App.Settle();
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await Accept("HZ001")).ShouldBeNull();
    }

    [Fact]
    public async Task The_promise_counts_from_the_day_of_the_pickup()
    {
        var me = await app.ACustomer();
        var id = await app.AnOrder(me, await app.AWish(Chaoyang, slot: app.Slot(15, 1)));
        var promised = (await app.Show(me, id)).Order.Shipments[0].Price.PromisedBy.ShouldNotBeNull();
        promised.ShouldBe(app.Clock.GetUtcNow().AddDays(3), TimeSpan.FromMinutes(1)); // two days, from tomorrow
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, me, id, app.Slot(15, 2), default)).ShouldBeOfType<Placing.Placed>();
        var moved = (await app.Show(me, id)).Order.Shipments[0];
        moved.Price.PromisedBy.ShouldBe(promised.AddDays(1));
        await app.App.Settle();
        (await app.Db.First<long>("select promised_by from parcels_parcels where waybill = @waybill", new { waybill = moved.Waybill })).ShouldBe(promised.AddDays(1).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Insurance_collection_and_packaging_of_the_quote_are_ordered_with_it()
    {
        var me = await app.ACustomer();
        var wish = await app.AWish(Chaoyang, slot: app.Slot(15, 1));
        await app.Db.Execute("update rates_quotes set request = replace(request, '\"pickup\"', '\"insuredFen\":300000,\"codFen\":50000,\"packaging\":\"box_3\",\"pickup\"') where id = @id", new { id = wish.Shipments![0]!.QuoteId });
        var id = await app.AnOrder(me, wish);
        var parcel = (await app.Show(me, id)).Order.Shipments[0];
        (parcel.DeclaredFen, parcel.CodFen, parcel.Packaging).ShouldBe((300_000, 50_000, "box_3"));
    }

    [Fact]
    public async Task A_cell_takes_one_parcel_that_fits()
    {
        var me = await app.ACustomer();
        var locker = await app.ALocker();
        var wish = await app.ALockerWish(locker) with { CellSize = null };
        var parcel = wish.Shipments![0]!;
        async Task<string> Field(OrderWish wrong) => (await app.Orders.Execute(me, app.Next(), wrong, default)).ShouldBeOfType<Placing.Invalid>().Fault.Field;
        (await Field(wish with { Shipments = [parcel, parcel] })).ShouldBe("shipments");
        OrderWish Sized(long height, string? size) => wish with { CellSize = size, Shipments = [parcel with { Goods = parcel.Goods! with { LengthMm = 300, WidthMm = 200, HeightMm = height } }] };
        (await Field(Sized(180, "S"))).ShouldBe("cellSize");
        (await Field(Sized(500, "L"))).ShouldBe("goods.lengthMm");
    }

    [Fact]
    public async Task A_changed_order_is_asked_what_a_new_one_is()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var wish = await app.AWish();
        var parcel = wish.Shipments![0]!;
        var id = await app.AnOrder(me, wish with
        {
            Kind = OrderKind.Outlet, Slot = null, OutletCode = "HZ001", Shipments = [parcel with { QuoteId = await app.AQuote(wish.Sender!, parcel.Recipient!, pickup: "outlet") }],
        });
        var change = app.App.Get<ChangeOrder>();
        var heavy = new GoodsWish { Kind = "clothing", Name = "一车毛衣", WeightGrams = 40_000 };
        var quote = await app.AQuote(wish.Sender!, parcel.Recipient!, pickup: "outlet", grams: 40_000, fen: 9000);
        var refused = await Should.ThrowAsync<RuleBroken>(() => change.Execute(me, id, new OrderChangeWish { Shipment = new ShipmentChangeWish { Goods = heavy, QuoteId = quote } }, null, default));
        refused.Code.ShouldBe("order.outlet_refuses");

        var lighter = heavy with { WeightGrams = 5000 };
        quote = await app.AQuote(wish.Sender!, parcel.Recipient!, pickup: "outlet", grams: 5000, fen: 3000);
        (await change.Execute(me, id, new OrderChangeWish { Shipment = new ShipmentChangeWish { Goods = lighter, QuoteId = quote } }, GoodsStanding.Conditional, default)).ShouldBeOfType<Placing.Placed>();
        var order = (await app.Show(me, id)).Order;
        (order.TotalFen, order.GoodsStanding).ShouldBe((3000, GoodsStanding.Conditional));
        (await app.Db.First<long>("select count(*) from outbox_messages where name = 'rate.quote_accepted.v1' and body like @quote", new { quote = $"%{quote}%" })).ShouldBe(1);
    }

    private async Task<IReadOnlyList<ListedOrder>> List(CustomerId who, OrderSide side, string? query = null) =>
        (await ListOrders.Execute(app.Db, app.Keys, app.Clock, app.Options, who, new OrderFilter(side, Enum.GetValues<OrderStatus>(), null, null, query), null, 20, default)).Orders;
}

public sealed class GuardingOnSqlite(OrdersOnSqlite app) : GuardingSuite(app), IClassFixture<OrdersOnSqlite>;

public sealed class GuardingOnMariaDb(OrdersOnMariaDb app) : GuardingSuite(app), IClassFixture<OrdersOnMariaDb>;
