using Courier.Services.Addresses;
using Courier.Services.Rates;
using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;
using Courier.Testing;

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
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, gone, id, null, default);
        var orders = ((IEnumerable<IPersonalData>)app.App.Services.GetService(typeof(IEnumerable<IPersonalData>))!).Single(d => d.Name == "orders");
        await app.Db.InTransaction(tx => orders.Erase(tx, new PersonalSubject([gone], [], [], []), ErasureScope.Everything, default));
        (await app.Db.First<string>("select sender_phone_hash from orders_orders where id = @id", new { id })).ShouldBe("");
        (await List(await app.ACustomer(), OrderSide.Sender)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_stands_in_orders_that_are_over_for_years_and_the_prices_stay()
    {
        var me = await app.ACustomer(app.NewPhone());
        var (done, open) = (await app.AnOrder(me, await app.AWish()), await app.AnOrder(me, await app.AWish()));
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, done, "不寄了，王小明", default);
        (await app.Show(me, done)).Steps.ShouldHaveSingleItem().Note.ShouldBe("不寄了，王小明");
        (await app.Db.First<string>("select note_cipher from orders_history where order_id = @done", new { done })).ShouldNotBeNull().ShouldNotContain("王小明");
        var price = (await app.Show(me, done)).Order.TotalFen;
        var later = new FakeClock(app.Clock.GetUtcNow());
        var job = new ForgetOldOrders(app.Db, later, app.Options);
        later.Sleep(TimeSpan.FromDays(3 * 366 - 30));
        await job.Run(default);
        (await Reads(done)).Sender.Name.ShouldBe("王小明", "not old enough");
        later.Sleep(TimeSpan.FromDays(40));
        await job.Run(default);
        await job.Run(default);
        var (forgotten, kept) = (await Reads(done), await Reads(open));
        (forgotten.Customer, forgotten.Sender.Name, forgotten.Shipments[0].Recipient.Name, forgotten.TotalFen).ShouldBe(("", "", "", price));
        (await app.Db.First<string>("select note_cipher from orders_history where order_id = @done", new { done })).ShouldBe("");
        kept.Sender.Name.ShouldBe("王小明", "what is under way is left alone");
        async Task<ReadOrder> Reads(string id) => (await OrderReading.Of(app.Db, app.Keys, id, default))!;
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
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), await app.ACustomer(), id, app.Slot(3, 40), default)).ShouldBeNull();
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
        Task<ShownOrder?> Accept(string outlet) => AcceptAtOutlet.Execute(app.Db, app.Keys, app.Clock, app.App.Get<Divisions>(), app.App.Get<SettleWeight>(), outlet, order.DropOffCode!, new OutletIntake(1300, "token", Inspected: true), default);
        (await Accept("HZ001")).ShouldNotBeNull();
        (await Accept("HZ002")).ShouldBeNull();
        await app.Db.InTransaction(tx => tx.Publish(new ShipmentMoved(id, order.Shipments[0].Waybill, ShipmentStatus.Done, app.Clock.GetUtcNow(), 9)));
        await app.App.Settle();
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await Accept("HZ001")).ShouldBeNull();
    }

    [Fact]
    public async Task An_outlet_of_another_city_takes_nothing_in_that_is_priced_from_here()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        await app.Db.InTransaction(tx => tx.InsertRows("network_outlets",
            ["code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "services", "max_weight_g"],
            [["SZ991", "科苑路网点", "440305", "科苑路 2 号", 22.54, 113.95, "08:00-20:00", "", "send|pickup", 30_000], ["HZ992", "滨江网点", "330108", "江南大道 2 号", 30.2, 120.2, "08:00-20:00", "", "send|pickup", 30_000]], ifAbsent: true));
        var wish = await app.AWish();
        var quote = await app.AQuote(wish.Sender!, wish.Shipments![0]!.Recipient!, pickup: "outlet");
        wish = wish with { Kind = OrderKind.Outlet, Slot = null, OutletCode = "SZ991", Shipments = [wish.Shipments[0]! with { QuoteId = quote }] };
        (await Should.ThrowAsync<Kernel.RuleBroken>(() => app.Orders.Execute(me, app.Next(), wish, default))).Code.ShouldBe("order.place_elsewhere");
        var order = (await app.Show(me, await app.AnOrder(me, wish with { OutletCode = "HZ001" }))).Order;
        Task<ShownOrder?> Accept(string outlet) => AcceptAtOutlet.Execute(
            app.Db, app.Keys, app.Clock, app.App.Get<Divisions>(), app.App.Get<SettleWeight>(), outlet, order.DropOffCode!, new OutletIntake(1300, "token", Inspected: true), default);
        (await Should.ThrowAsync<Kernel.RuleBroken>(() => Accept("SZ991"))).Code.ShouldBe("order.place_elsewhere");
        (await app.Show(me, order.Id)).Order.Status.ShouldBe(OrderStatus.Placed);
        (await Accept("HZ992")).ShouldNotBeNull("another outlet of the same city").Order.Status.ShouldBe(OrderStatus.PickedUp);
    }

    [Fact]
    public async Task A_slot_that_costs_something_else_is_none_to_move_to()
    {
        var me = await app.ACustomer();
        var (from, to) = (OrdersApp.Someone("王小明", "13700001111"), OrdersApp.Someone("李小雷", "13800002222", "上海市,上海市,浦东新区"));
        var quote = await app.ARealQuote(from, to);
        await app.Db.Execute("update rates_quotes set request = @request where id = @id",
            new { id = quote.Id.Text, request = System.Text.Json.JsonSerializer.Serialize(quote.Request with { At = app.Slot(23, 1) }, Kernel.KernelJson.Options) });
        var parcel = new ShipmentWish { Recipient = to, Goods = new GoodsWish { Kind = "clothing", WeightGrams = 1200 }, QuoteId = quote.Id.Text, Product = "standard" };
        var wish = new OrderWish { Kind = OrderKind.Door, Sender = from, Slot = app.Slot(13, 1), Shipments = [parcel] };
        (await app.Orders.Execute(me, app.Next(), wish, default)).ShouldBeOfType<Placing.QuoteElsewhen>().At.ShouldBe(app.Slot(13, 1));
        var fair = await app.ARealQuote(from, to);
        var id = await app.AnOrder(me, wish with { Shipments = [parcel with { QuoteId = fair.Id.Text }] });
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), me, id, app.Slot(15, 2), default)).ShouldBeOfType<Placing.Placed>();
        await app.Db.Execute("update orders_shipments set quote_id = @quote where order_id = @id", new { quote = quote.Id.Text, id });
        var refused = await Should.ThrowAsync<Kernel.RuleBroken>(() => RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), me, id, app.Slot(17, 2), default));
        refused.Code.ShouldBe("order.slot_changes_price");
        (await app.Show(me, id)).Order.Slot!.From.ShouldBe(app.Slot(15, 2));
    }

    [Fact]
    public async Task The_promise_counts_from_the_day_of_the_pickup()
    {
        var me = await app.ACustomer();
        var id = await app.AnOrder(me, await app.AWish(Chaoyang, slot: app.Slot(15, 1)));
        var promised = (await app.Show(me, id)).Order.Shipments[0].Price.PromisedBy.ShouldNotBeNull();
        promised.ShouldBe(app.Clock.GetUtcNow().AddDays(3), TimeSpan.FromMinutes(1)); // two days, from tomorrow
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), me, id, app.Slot(15, 2), default)).ShouldBeOfType<Placing.Placed>();
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

        var id = await app.AnOrder(me, wish);
        async Task<string> Changed(long height) => (await app.App.Get<ChangeOrder>().Execute(me, id, new OrderChangeWish
        {
            Shipment = new ShipmentChangeWish { Goods = parcel.Goods! with { LengthMm = 300, WidthMm = 200, HeightMm = height } },
        }, null, default)).ShouldBeOfType<Placing.Invalid>().Fault.Message;
        (await Changed(500)).ShouldContain("最大的格口");
        (await Changed(180)).ShouldContain("已预留的格口");
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
