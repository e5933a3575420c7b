using Courier.Services.Addresses;
using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;
using Courier.Services.Rates;

namespace Courier.Services.Tests.Orders;

/// <summary>Orders whose parcel is put into a locker or brought to an outlet, on both databases.</summary>
public abstract class DropOffSuite(OrdersApp app)
{
    [Fact]
    public async Task An_order_for_a_locker_keeps_one_cell_which_its_cancelling_gives_back()
    {
        var (me, locker, key) = (await app.ACustomer(), await app.ALocker(), app.Next());
        var wish = await app.ALockerWish(locker, "M");
        var id = (await app.Orders.Execute(me, key, wish, default)).ShouldBeOfType<Placing.Placed>().OrderId;
        var cell = await Cell(me, id);
        (cell.Locker, cell.Size, cell.State, cell.Until).ShouldBe((locker, CellSize.Medium, CellState.Reserved, app.Clock.GetUtcNow().AddHours(24)));
        (await app.Orders.Execute(me, key, wish, default)).ShouldBe(new Placing.Placed(id, IsNew: false));
        (await Cell(me, id)).OpenCode.ShouldBe(cell.OpenCode);
        (await app.Kept(locker)).ShouldBe(1);
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, null, default);
        await app.App.Settle();
        (await app.Kept(locker)).ShouldBe(0);
        (await HeldCell.Of(app.Db, app.Keys, (await app.Show(me, id)).Order.CellHolder!, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_cell_is_free_again_also_when_the_core_calls_the_order_off()
    {
        var (me, locker) = (await app.ACustomer(), await app.ALocker());
        var id = await app.AnOrder(me, await app.ALockerWish(locker));
        (await app.Kept(locker)).ShouldBe(1);
        var report = new OrderReport { Id = app.Next(), Order = (await app.Show(me, id)).Order.Number.Text, Code = "cancelled", Reason = "停运" };
        (await RecordOrderReports.Execute(app.Db, app.Keys, app.Clock, app.Options, app.App.Get<SettleWeight>(), "demo", [report], default)).Accepted.ShouldBe(1);
        await app.App.Settle();
        (await app.Kept(locker)).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_locker_reports_deposits_the_parcel_once()
    {
        var (me, locker) = (await app.ACustomer(), await app.ALocker());
        var id = await app.AnOrder(me, await app.ALockerWish(locker));
        var cell = await Cell(me, id);
        (await OpenCell.Execute(app.Db, app.Keys, app.App.Get<NetworkOptions>(), app.Clock, locker, cell.OpenCode, "keypad", default)).ShouldBeOfType<OpenCell.Outcome.Opened>().Number.ShouldBe(cell.Number);
        var stored = new DeviceReport { Id = "r1", Cell = cell.Number, Event = "stored" };
        (await Report(locker, stored)).Accepted.ShouldBe(1);
        (await Report(locker, stored)).Duplicates.ShouldBe(1);
        await app.App.Settle();
        var (order, steps) = await app.Show(me, id);
        order.Status.ShouldBe(OrderStatus.Deposited);
        steps.ShouldHaveSingleItem().Actor.ShouldBe(OrderActor.House);
        (await Should.ThrowAsync<RuleBroken>(() => CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, null, default))).Code.ShouldBe("order.action_not_allowed");
        var collecting = (await Cell(me, id)).OpenCode;
        (await Type(cell.OpenCode)).ShouldBeOfType<OpenCell.Outcome.Wrong>("who put it in does not take it out");
        (await Type(collecting)).ShouldBeOfType<OpenCell.Outcome.Opened>().State.ShouldBe(CellState.Occupied);
        (await Report(locker, stored with { Id = "r2", Event = "taken_out" })).Accepted.ShouldBe(1);
        await app.App.Settle();
        var taken = await app.Show(me, id);
        (taken.Order.Status, taken.Steps[^1].Actor).ShouldBe((OrderStatus.PickedUp, OrderActor.House));
        taken.Steps[^1].Note.ShouldContain("请联系人工客服");
        (await app.Free(locker)).ShouldBe(2);
        var rejected = (await Report(locker, null, stored with { Id = "" }, stored with { Id = "r3", Event = "burnt" }, stored with { Id = "r4", Cell = 99 }, stored with { Id = "r5", Event = "repaired" })).Rejected;
        rejected.Select(r => (r.Index, r.Code)).ShouldBe([(0, "report.id_invalid"), (1, "report.id_invalid"), (2, "report.event_unknown"), (3, "cell.unknown"), (4, "cell.not_allowed")]);
        Task<OpenCell.Outcome> Type(string code) => OpenCell.Execute(app.Db, app.Keys, app.App.Get<NetworkOptions>(), app.Clock, locker, code, "keypad", default);
    }

    [Fact]
    public async Task Who_comes_too_late_is_told_and_keeps_a_cell_again_there_or_elsewhere()
    {
        var (me, locker, other) = (await app.ACustomer(), await app.ALocker(), await app.ALocker());
        var id = await app.AnOrder(me, await app.ALockerWish(locker));
        var first = await Cell(me, id);
        app.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        await app.App.RunJob("network.end_reservations");
        await app.App.Settle();
        (await app.Kept(locker)).ShouldBe(0);
        (await Told(me)).ShouldHaveSingleItem().ShouldContain($"{locker} 预留的格口已到期释放");

        var keep = app.App.Get<KeepCellAgain>();
        (await keep.Execute(await app.ACustomer(), id, null, default)).ShouldBeNull();
        (await keep.Execute(me, id, null, default)).ShouldBeOfType<Placing.Placed>();
        var second = await Cell(me, id);
        second.Until.ShouldBe(app.Clock.GetUtcNow().AddHours(24));
        (await keep.Execute(me, id, null, default)).ShouldBeOfType<Placing.Placed>();
        (await Cell(me, id)).OpenCode.ShouldBe(second.OpenCode);
        (await keep.Execute(me, id, other, default)).ShouldBeOfType<Placing.Placed>();
        (await Cell(me, id)).Locker.ShouldBe(other);
        (await app.Show(me, id)).Order.LockerCode.ShouldBe(other.Text);
        (await app.Kept(locker)).ShouldBe(0);
        var full = await app.ALocker(small: 0, medium: 0, large: 0);
        (await Should.ThrowAsync<RuleBroken>(() => keep.Execute(me, id, full, default))).Code.ShouldBe("locker.full");
        ((await Cell(me, id)).Locker, (await app.Show(me, id)).Order.LockerCode).ShouldBe((other, other.Text), "who finds none elsewhere keeps the one that there is");
        var none = LockerCode.Parse("NONE");
        (await keep.Execute(me, id, none, default)).ShouldBeOfType<Placing.Invalid>().Fault.Code.ShouldBe("locker.unknown");
        (await keep.Execute(await app.ACustomer(), id, none, default)).ShouldBeNull("who has no such order learns nothing about lockers");
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, null, default);
        (await Should.ThrowAsync<RuleBroken>(() => keep.Execute(me, id, null, default))).Code.ShouldBe("order.action_not_allowed");
        first.OpenCode.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_broken_cell_is_replaced_by_another_and_where_there_is_none_the_customer_is_told()
    {
        var (me, locker) = (await app.ACustomer(), await app.ALocker(small: 2, medium: 0, large: 0));
        var id = await app.AnOrder(me, await app.ALockerWish(locker));
        var cell = await Cell(me, id);
        await Report(locker, new DeviceReport { Id = "b1", Cell = cell.Number, Event = "out_of_order" });
        await app.App.Settle();
        var another = await Cell(me, id);
        (another.Number == cell.Number, another.OpenCode).ShouldBe((false, cell.OpenCode));
        (await Told(me)).ShouldBeEmpty();
        await Report(locker, new DeviceReport { Id = "b2", Cell = another.Number, Event = "out_of_order" });
        await app.App.Settle();
        (await Told(me)).ShouldHaveSingleItem().ShouldContain("出了故障");
        await Report(locker, new DeviceReport { Id = "b3", Cell = another.Number, Event = "repaired" });
        (await app.App.Get<KeepCellAgain>().Execute(me, id, null, default)).ShouldBeOfType<Placing.Placed>();
        (await Cell(me, id)).Number.ShouldBe(another.Number);
    }

    [Fact]
    public async Task An_outlet_that_is_closed_unknown_or_too_small_takes_no_order()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ007");
        var wish = (await app.AWish()) with { Kind = OrderKind.Outlet, Slot = null, OutletCode = "HZ007" };
        var parcel = wish.Shipments![0]!;
        async Task<Placing> Place(long grams, string outlet = "HZ007") => await app.Orders.Execute(me, app.Next(), wish with
        {
            OutletCode = outlet,
            Shipments = [parcel with { Goods = parcel.Goods! with { WeightGrams = grams }, QuoteId = await app.AQuote(wish.Sender!, parcel.Recipient!, "outlet", grams) }],
        }, default);
        (await Place(1200)).ShouldBeOfType<Placing.Placed>();
        (await Place(1200, "HZ999")).ShouldBeOfType<Placing.Invalid>().Fault.Field.ShouldBe("outletCode");
        var heavy = await Should.ThrowAsync<RuleBroken>(() => Place(30_001));
        (heavy.Code, heavy.Message).ShouldBe(("order.outlet_refuses", heavy.Message));
        heavy.Message.ShouldContain("30");
        await app.Db.Execute("update network_outlets set closed = 1 where code = 'HZ007'");
        (await Should.ThrowAsync<RuleBroken>(() => Place(1200))).Code.ShouldBe("order.outlet_closed");
        await app.Db.Execute("update network_outlets set closed = 0 where code = 'HZ007'");
        await app.Db.Execute("update network_outlets set services = 'pickup' where code = 'HZ007'");
        (await Should.ThrowAsync<RuleBroken>(() => Place(1200))).Code.ShouldBe("order.outlet_closed");
    }

    [Fact]
    public async Task What_is_brought_two_days_later_is_promised_two_days_later()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var (id, _) = await ForAnOutlet(me);
        await app.App.Settle();
        var before = (await app.Show(me, id)).Order.Shipments[0];
        app.Clock.Advance(TimeSpan.FromDays(2));
        (await AcceptAtOutlet.Execute(app.Db, app.Keys, app.Clock, app.App.Get<Divisions>(), app.App.Get<SettleWeight>(), "HZ001", (await app.Show(me, id)).Order.DropOffCode!,
            new OutletIntake(before.Goods.WeightGrams, "token", Inspected: true), default)).ShouldNotBeNull();
        await app.App.Settle();
        var promised = (await app.Show(me, id)).Order.Shipments[0].Price.PromisedBy;
        promised.ShouldBe(before.Price.PromisedBy!.Value.AddDays(2));
        (await app.Db.First<DateTimeOffset>("select promised_by from parcels_parcels where waybill = @Waybill", new { before.Waybill })).ShouldBe(promised!.Value, "whoever follows the parcel reads the same");
    }

    [Fact]
    public async Task What_a_counter_weighs_changes_the_price_by_the_same_card_and_the_customer_hears_why()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var (id, quote) = await ForAnOutlet(me);
        var code = (await app.Show(me, id)).Order.DropOffCode!;
        var order = (await AcceptAtOutlet.Execute(app.Db, app.Keys, app.Clock, app.App.Get<Divisions>(), app.App.Get<SettleWeight>(), "HZ001", code, new OutletIntake(2600, "token", Inspected: true), default))!.Order;
        var weighed = quote.Request with { Goods = quote.Request.Goods with { WeightGrams = 2600 } };
        var expected = Quotation.OfProduct(await app.App.Get<RateBook>().Current(default), "standard", weighed)!;
        var settlement = order.Shipments[0].Settlement.ShouldNotBeNull();
        (settlement.AgreedFen, settlement.WeighedFen, settlement.ChargeableGrams).ShouldBe((order.TotalFen, expected.TotalFen, expected.ChargeableGrams));
        settlement.WeighedFen.ShouldBeGreaterThan(settlement.AgreedFen);
        settlement.Lines.Sum(l => l.Fen).ShouldBe(settlement.WeighedFen);
        order.DueFen.ShouldBe(settlement.WeighedFen, "what was agreed stays, the difference is settled at the pickup");
        await app.App.Settle();
        var told = (await Told(me)).ShouldHaveSingleItem();
        told.ShouldContain("下单填写 1.2 公斤，实际称重 2.6 公斤");
        told.ShouldContain($"揽收时补付 {new Money(settlement.DifferenceFen)}");
    }

    [Fact]
    public async Task What_the_core_weighs_counts_once_and_less_is_paid_for_less()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var (id, _) = await ForAnOutlet(me, 3200);
        var number = (await app.Show(me, id)).Order.Number.Text;
        (await PickedUp(number, 0)).Rejected.ShouldHaveSingleItem().Code.ShouldBe("weight.invalid");
        (await PickedUp(number, 900)).Accepted.ShouldBe(1);
        var settlement = (await app.Show(me, id)).Order.Shipments[0].Settlement.ShouldNotBeNull();
        settlement.DifferenceFen.ShouldBeLessThan(0);
        settlement.Reason.ShouldEndWith($"揽收时少付 {new Money(-settlement.DifferenceFen)}");
        (await PickedUp(number, 9000)).Accepted.ShouldBe(1);
        (await app.Show(me, id)).Order.Shipments[0].Settlement.ShouldNotBeNull().WeighedGrams.ShouldBe(900, "the first weighing counts");
        await app.App.Settle();
        (await Told(me)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_weight_that_a_scan_brings_counts_too_and_the_told_one_changes_nothing()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var (first, second) = ((await ForAnOutlet(me)).Id, (await ForAnOutlet(me)).Id);
        await app.App.Settle();
        await Scan((await app.Show(me, first)).Order.Shipments[0].Waybill, 2600);
        await Scan((await app.Show(me, second)).Order.Shipments[0].Waybill, 1200);
        await app.App.Settle();
        var order = (await app.Show(me, first)).Order;
        (order.Status, order.Shipments[0].WeighedGrams).ShouldBe((OrderStatus.PickedUp, 2600));
        order.Shipments[0].Settlement.ShouldNotBeNull().DifferenceFen.ShouldBeGreaterThan(0);
        order = (await app.Show(me, second)).Order;
        (order.Shipments[0].WeighedGrams, order.DueFen).ShouldBe((1200, order.TotalFen));
        order.Shipments[0].Settlement.ShouldBeNull();
    }

    private async Task<(string Id, StoredQuote Quote)> ForAnOutlet(CustomerId me, long grams = 1200)
    {
        var wish = (await app.AWish()) with { Kind = OrderKind.Outlet, Slot = null, OutletCode = "HZ001" };
        var parcel = wish.Shipments![0]!;
        var quote = await app.ARealQuote(wish.Sender!, parcel.Recipient!, PickupWay.Outlet, grams);
        return (await app.AnOrder(me, wish with { Shipments = [parcel with { Goods = parcel.Goods! with { WeightGrams = grams }, QuoteId = quote.Id.Text }] }), quote);
    }

    private Task<OrderReportResult> PickedUp(string number, long grams) => RecordOrderReports.Execute(app.Db, app.Keys, app.Clock, app.Options, app.App.Get<SettleWeight>(), "demo",
        [new OrderReport { Id = app.Next(), Order = number, Code = "picked_up", WeightGrams = grams }], default);

    private async Task Scan(string waybill, long grams) => (await Courier.Services.Parcels.RecordRoutes.Execute(app.Db, app.Clock, "demo",
        [new Courier.Services.Parcels.RouteReport { Id = app.Next(), Waybill = waybill, Code = "picked_up", Time = app.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:sszzz"), WeightGrams = grams }], default))
        .Accepted.ShouldBe(1);

    private Task<DeviceReportResult> Report(LockerCode locker, params DeviceReport?[] reports) => RecordDeviceReports.Execute(app.Db, app.Keys, app.App.Get<OpenCodes>(), app.Clock, locker, reports, default);

    private async Task<CellReservation> Cell(CustomerId me, string id) =>
        (await HeldCell.Of(app.Db, app.Keys, (await app.Show(me, id)).Order.CellHolder.ShouldNotBeNull(), default)).ShouldNotBeNull();

    private async Task<IReadOnlyList<string>> Told(CustomerId me) =>
        [.. (await app.Db.Query<string>("select text_cipher from notifications_messages where customer = @customer and kind = 'system' order by id", new { customer = me.Text })).Select(app.Keys.Decrypt)];
}

public sealed class DropOffOnSqlite(OrdersOnSqlite app) : DropOffSuite(app), IClassFixture<OrdersOnSqlite>;

public sealed class DropOffOnMariaDb(OrdersOnMariaDb app) : DropOffSuite(app), IClassFixture<OrdersOnMariaDb>;
