using System.Net.Http.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Services.Orders.Webhooks;
using Courier.Services.Orders.Weighing;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Orders;

/// <summary>Orders go out to the core, and along with their parcels: the same on both databases.</summary>
public abstract class MovingSuite(OrdersApp app)
{
    [Fact]
    public async Task A_courier_has_the_order_within_a_minute_and_it_moves_with_its_parcel_to_its_end()
    {
        var (mine, theirs) = (app.NewPhone(), app.NewPhone());
        var (me, friend) = (await app.ACustomer(mine), await app.ACustomer(theirs));
        var id = await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", sender: mine, recipient: theirs, slot: app.Slot(15, 1)));
        await app.App.Settle(); // not a second of the clock
        var (order, steps) = await app.Show(me, id);
        order.Status.ShouldBe(OrderStatus.Accepted);
        order.Courier!.Name.ShouldNotBeEmpty();
        steps.ShouldHaveSingleItem().Actor.ShouldBe(OrderActor.Core);
        var waybill = WaybillNumber.Parse(order.Shipments[0].Waybill);

        var parcel = await Seen(friend, waybill);
        parcel.Status.ShouldBe(ParcelStatus.Registered);
        parcel.MyRole.ShouldBe(PartyRole.Recipient);
        (await Seen(me, waybill)).MyRole.ShouldBe(PartyRole.Sender);

        await Advance(waybill, "picked_up");
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.PickedUp);
        await Advance(waybill, "signed");
        var end = await app.Show(me, id);
        end.Order.Status.ShouldBe(OrderStatus.Completed);
        end.Order.Shipments[0].Status.ShouldBe(ShipmentStatus.Done);
        end.Steps.Select(s => s.Action).ShouldBe([OrderAction.Accept, OrderAction.PickUp, OrderAction.Complete]);
        (await Seen(friend, waybill)).Status.ShouldBe(ParcelStatus.Signed);
    }

    [Fact]
    public async Task Who_orders_for_another_sender_is_the_parcels_sender_as_well()
    {
        var (me, other) = (await app.ACustomer(), await app.ACustomer()); // neither proved a number
        var id = await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", slot: app.Slot(15, 1)));
        await app.App.Settle();
        var waybill = WaybillNumber.Parse((await app.Show(me, id)).Order.Shipments[0].Waybill);
        async Task<IEnumerable<WaybillNumber>> Sent(CustomerId who, PartyRole? role) => (await MyParcels.Execute(app.Db, app.Keys, who, role, null, null, 20, default)).Parcels.Select(p => p.Waybill);
        (await Sent(me, PartyRole.Sender)).ShouldBe([waybill]);
        (await Sent(me, null)).ShouldBe([waybill]);
        (await Sent(me, PartyRole.Recipient)).ShouldBeEmpty();
        (await Sent(other, null)).ShouldBeEmpty();
        (await Seen(me, waybill)).MyRole.ShouldBe(PartyRole.Sender);
        await Advance(waybill, "picked_up");
        var options = app.App.Get<ParcelsOptions>();
        (await DirectParcel.Show(app.Db, app.Keys, options, me, waybill, default)).ShouldNotBeNull().Possible.ShouldContain(DirectionKind.Intercept);
        (await DirectParcel.Show(app.Db, app.Keys, options, other, waybill, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_cancelled_order_ends_its_parcel_and_the_core_hears_both_in_their_order()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        var id = await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", sender: phone, slot: app.Slot(15, 1)));
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, null, default);
        await app.App.Settle();
        var order = (await app.Show(me, id)).Order;
        order.Status.ShouldBe(OrderStatus.Cancelled);
        (await Seen(me, WaybillNumber.Parse(order.Shipments[0].Waybill))).Status.ShouldBe(ParcelStatus.Cancelled);
        var told = await app.Db.Query<string>("select concat(event, ' ', status) from orders_webhooks where aggregate = @of order by finished_at, version", new { of = "order:" + id });
        told.ShouldBe(["order.placed.v1 done", "order.cancelled.v1 done"]);
        (await app.Db.First<long>("select count(*) from orders_webhooks where aggregate = @of and body_cipher <> ''", new { of = "order:" + id })).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_corrected_on_the_way_stands_in_the_order_too_and_outlives_its_changes()
    {
        var (mine, theirs) = (app.NewPhone(), app.NewPhone());
        var (me, friend) = (await app.ACustomer(mine), await app.ACustomer(theirs));
        var id = await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", sender: mine, recipient: theirs, slot: app.Slot(15, 1)));
        await app.App.Settle();
        var before = (await app.Show(me, id)).Order;
        var waybill = WaybillNumber.Parse(before.Shipments[0].Waybill);
        var right = new DirectionDetail { Recipient = new PartyReport { Name = "李小蕾", Phone = "18400001234", Extension = "0021", Detail = "世纪大道 8 号" } };
        await DirectParcel.Ask(app.Db, app.Keys, app.Clock, app.App.Get<ParcelsOptions>(), new Courier.Services.Addresses.Divisions(), friend, waybill, DirectionKind.Correct, right, default);
        var order = (await app.Show(me, id)).Order;
        order.Shipments[0].Recipient.ShouldBe(before.Shipments[0].Recipient with { Name = "李小蕾", Phone = Kernel.Phone.Parse("18400001234"), Extension = "0021", Detail = "世纪大道 8 号" });
        order.Version.ShouldBeGreaterThan(before.Version, "a change prepared before it is refused");

        await app.App.Get<ChangeOrder>().Execute(me, id, new OrderChangeWish { Remark = "轻放" }, goods: null, default);
        await app.App.Settle();
        (await ShowParties.Execute(app.Db, app.Keys, me, waybill, default)).ShouldNotBeNull().Recipient.ShouldBe(new MaskedParty("李*蕾", "184****1234", "上海市浦东新区****"));
        (await Number(waybill)).ShouldBe("18400001234-0021");
    }

    [Fact]
    public async Task A_virtual_number_keeps_its_extension_from_the_order_to_the_parcel()
    {
        var me = await app.ACustomer();
        var wish = await app.AWish("北京市,北京市,朝阳区", slot: app.Slot(15, 1));
        var (parcel, recipient) = (wish.Shipments![0]!, wish.Shipments[0]!.Recipient!);
        var refused = await app.Orders.Execute(me, app.Next(), wish with { Shipments = [parcel with { Recipient = recipient with { Extension = "12a" } }] }, default);
        refused.ShouldBeOfType<Placing.Invalid>().Fault.Field.ShouldBe("recipient.extension");
        var id = await app.AnOrder(me, wish with { Shipments = [parcel with { Recipient = recipient with { Extension = "5678" } }] });
        await app.App.Settle();
        var order = (await app.Show(me, id)).Order;
        (order.Shipments[0].Recipient.Extension, order.Sender.Extension).ShouldBe(("5678", null));
        (await Number(WaybillNumber.Parse(order.Shipments[0].Waybill))).ShouldBe("13800002222-5678");
    }

    private async Task<string> Number(WaybillNumber parcel) => app.Keys.Decrypt((await app.Db.First<string>("select recipient_phone_cipher from parcels_parcels where waybill = @parcel", new { parcel }))!);

    [Fact]
    public async Task What_a_customer_sends_calls_off_and_pays_counts_once_for_rules()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        var mine = new ContactAddress("王小明", Phone.Parse(phone), null, new PostalAddress("北京市", "北京市", "朝阳区", "", "文三路 1 号"));
        var entry = (await KeepAddress.Execute(app.Db, app.Keys, app.Clock, me, mine, null, false, false, default)).Address.Id;
        var taken = await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", sender: phone, slot: app.Slot(15, 1)));
        var calledOff = await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", sender: phone, slot: app.Slot(15, 1)));
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, calledOff, null, default);
        await app.App.Settle();
        (await Facts(me)).ShouldBe(["orders_cancelled 1"], "nothing is sent or spent before the parcel is taken");
        await Advance(WaybillNumber.Parse((await app.Show(me, taken)).Order.Shipments[0].Waybill), "signed");
        await app.App.Settle();
        (await Facts(me)).ShouldBe(["orders_cancelled 1", "orders_sent 1", "spent 1500"]);
        (await app.Db.First<long>("select sum(uses) from customers_routes where customer_id = @me and from_city = '北京市' and to_city = '上海市'", new { me })).ShouldBe(1);
        (await AddressBook.Find(app.Db, app.Keys, me, entry, default))!.Uses.ShouldBe(2);
    }

    private Task<IReadOnlyList<string>> Facts(CustomerId customer) => app.Db.Query<string>(
        "select concat(measure, ' ', sum(amount)) from customers_measures where customer_id = @customer and measure <> 'parcels_received' group by measure order by measure", new { customer });

    [Fact]
    public async Task An_order_of_several_parcels_is_picked_up_with_the_first_and_completed_with_the_last()
    {
        var me = await app.ACustomer();
        var wish = await app.AWish("北京市,北京市,朝阳区", slot: app.Slot(15, 1));
        var other = wish.Shipments![0]! with { Recipient = wish.Shipments[0]!.Recipient! with { Name = "周四", Phone = app.NewPhone() } };
        var id = await app.AnOrder(me, wish with { Shipments = [wish.Shipments[0], other] });
        (await app.Show(me, id)).Order.TotalFen.ShouldBe(3000);
        await app.App.Settle();
        var waybills = (await app.Show(me, id)).Order.Shipments.Select(s => WaybillNumber.Parse(s.Waybill)).ToList();
        await Advance(waybills[1], "signed");
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.PickedUp);
        await Advance(waybills[0], "signed");
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task An_order_is_completed_when_one_parcel_has_arrived_and_the_other_is_called_off()
    {
        var me = await app.ACustomer();
        var wish = await app.AWish("北京市,北京市,朝阳区", slot: app.Slot(15, 1));
        var other = wish.Shipments![0]! with { Recipient = wish.Shipments[0]!.Recipient! with { Name = "周四", Phone = app.NewPhone() } };
        var id = await app.AnOrder(me, wish with { Shipments = [wish.Shipments[0], other] });
        await app.App.Settle();
        var waybills = (await app.Show(me, id)).Order.Shipments.Select(s => WaybillNumber.Parse(s.Waybill)).ToList();
        await Advance(waybills[0], "signed");
        await Advance(waybills[1], "cancelled");
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task Reports_of_the_core_count_once_and_only_those_of_the_core_of_orders()
    {
        var me = await app.ACustomer();
        var number = (await app.Show(me, await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", slot: app.Slot(15, 1))))).Order;
        OrderReport Report(string id, string code, string? order = null) => new() { Id = id, Order = order ?? number.Number.Spoken, Code = code, Reason = "客户不在" };
        Task<OrderReportResult> Post(string core, params OrderReport?[] reports) => RecordOrderReports.Execute(app.Db, app.Keys, app.Clock, app.Options, app.App.Get<SettleWeight>(), core, reports, default);
        var (first, second) = (app.Next(), app.Next());
        (await Post("demo", Report(first, "pickup_failed"))).Accepted.ShouldBe(1);
        (await Post("demo", Report(first, "pickup_failed"))).Duplicates.ShouldBe(1);
        var (order, steps) = await app.Show(me, number.Id);
        order.Status.ShouldBe(OrderStatus.PickupFailed);
        steps.ShouldHaveSingleItem().Note.ShouldBe("客户不在");
        (await Post("another", Report(second, "accepted"))).Rejected.ShouldHaveSingleItem().Code.ShouldBe("order.unknown");
        var rejected = (await Post("demo", null, Report("", "accepted"), Report(second, "teleported"), Report(second, "accepted", "26112200000000"), Report(second, "deposited"))).Rejected;
        rejected.Select(r => (r.Index, r.Code)).ShouldBe([(0, "event.malformed"), (1, "event.id_invalid"), (2, "event.code_unknown"), (3, "order.unknown"), (4, "order.action_not_allowed")]);
        (await Post("demo", Report(second, "cancelled"))).Accepted.ShouldBe(1);
        (await app.Show(me, number.Id)).Order.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task A_clerk_takes_a_parcel_in_by_its_code_when_it_was_looked_at_and_the_sender_is_known()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var wish = await app.AWish();
        var quote = await app.AQuote(wish.Sender!, wish.Shipments![0]!.Recipient!, pickup: "outlet");
        var id = await app.AnOrder(me, wish with { Kind = OrderKind.Outlet, Slot = null, OutletCode = "HZ001", Shipments = [wish.Shipments[0]! with { QuoteId = quote }] });
        var code = (await app.Show(me, id)).Order.DropOffCode.ShouldNotBeNull();
        code.ShouldMatch("^[0-9]{8}$");
        Task<ShownOrder?> Accept(OutletIntake intake, string? drop = null) => AcceptAtOutlet.Execute(app.Db, app.Keys, app.Clock, app.App.Get<Divisions>(), app.App.Get<SettleWeight>(), "HZ001", drop ?? code, intake, default);
        (await Should.ThrowAsync<Kernel.RuleBroken>(() => Accept(new OutletIntake(1300, "token", Inspected: false)))).Code.ShouldBe("order.not_inspected");
        (await Should.ThrowAsync<Kernel.RuleBroken>(() => Accept(new OutletIntake(1300, "", Inspected: true)))).Code.ShouldBe("order.not_identified");
        (await Accept(new OutletIntake(1300, "token", Inspected: true), "nothing")).ShouldBeNull();
        var (order, _) = (await Accept(new OutletIntake(1300, "token", Inspected: true))).ShouldNotBeNull();
        (order.Status, order.Shipments[0].WeighedGrams).ShouldBe((OrderStatus.PickedUp, 1300));
        order.RealNameCheckedAt.ShouldNotBeNull();
        (await Accept(new OutletIntake(9999, "token", Inspected: true))).ShouldNotBeNull().Order.Shipments[0].WeighedGrams.ShouldBe(1300);
    }

    [Fact]
    public async Task An_order_whose_parcel_never_comes_is_given_up()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        var wish = await app.AWish();
        var quote = await app.AQuote(wish.Sender!, wish.Shipments![0]!.Recipient!, pickup: "outlet");
        var id = await app.AnOrder(me, wish with { Kind = OrderKind.Outlet, Slot = null, OutletCode = "HZ001", Shipments = [wish.Shipments[0]! with { QuoteId = quote }] });
        app.Clock.Sleep(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        await app.App.RunJob("orders.expire");
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.Placed);
        app.Clock.Sleep(TimeSpan.FromHours(2));
        await app.App.RunJob("orders.expire");
        (await app.Show(me, id)).Order.Status.ShouldBe(OrderStatus.Expired);
    }

    [Fact]
    public async Task Orders_go_along_when_customers_turn_out_to_be_one_and_a_person_is_forgotten()
    {
        var (older, newer) = (await app.ACustomer(), await app.ACustomer());
        var id = await app.AnOrder(newer, await app.AWish("北京市,北京市,朝阳区", slot: app.Slot(15, 1)));
        await app.Db.InTransaction(tx => tx.Publish(new CustomerMerged(newer, older, 2)));
        await app.App.Settle();
        await app.Show(older, id);
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, older, id, null, default);
        var data = app.App.Services.GetService(typeof(IEnumerable<IPersonalData>)) as IEnumerable<IPersonalData>;
        var orders = data!.Single(d => d.Name == "orders");
        var subject = new PersonalSubject([older], [], [], []);
        (await orders.Export(app.Db, subject, default))![0]!["sender"]!["name"]!.GetValue<string>().ShouldBe("王小明");
        (await app.Db.InTransaction(tx => orders.Erase(tx, subject, ErasureScope.Everything, default))).ShouldBe(2, "the order and its parcel");
        (await orders.Export(app.Db, subject, default)).ShouldBeNull();
        (await app.Db.First<long>("select count(*) from orders_orders where id = @id and sender_cipher = '' and total_fen = 1500", new { id })).ShouldBe(1);
    }

    [Fact]
    public async Task An_order_under_way_keeps_an_erasure_open_and_goes_when_it_has_ended()
    {
        var me = await app.ACustomer();
        var id = await app.AnOrder(me, await app.AWish("北京市,北京市,朝阳区", slot: app.Slot(15, 1)));
        await app.App.Settle();
        var receipt = await EraseCustomer.Ask(app.Db, app.Keys, app.App.Get<Courier.Kernel.Jobs.IJobAlarm>(), app.Clock,
            new ErasureRequest(ErasureOrigin.Customer, ErasureScope.Everything, "orders/" + me.Text) { Customer = me }, default);
        async Task<bool> IsDone() => (await EraseCustomer.Find(app.Db, receipt, default))!.DoneAt is not null;
        await app.App.RunJob(EraseCustomer.JobName);
        app.Clock.Sleep(TimeSpan.FromMinutes(11));
        await app.App.RunJob(EraseCustomer.JobName);
        (await IsDone()).ShouldBeFalse();
        (await app.Show(me, id)).Order.Sender.Name.ShouldBe("王小明", "its courier must find the door");

        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, "不想寄了", default);
        await app.App.Settle();
        app.Clock.Sleep(TimeSpan.FromHours(7));
        await app.App.RunJob(EraseCustomer.JobName);
        (await IsDone()).ShouldBeTrue();
        (await app.Db.First<long>(
            """
            select count(*) from orders_orders o join orders_shipments s on s.order_id = o.id join orders_history h on h.order_id = o.id
            where o.id = @id and (o.sender_cipher <> '' or o.customer_id <> '' or s.recipient_cipher <> '' or h.note_cipher <> '')
            """, new { id })).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_nobody_took_for_a_month_or_that_waits_for_no_configured_system_is_given_up()
    {
        var (now, known) = (app.Clock.GetUtcNow(), app.App.Get<WebhooksOptions>()[0].Key);
        var (gone, old, young) = (Ids.New(app.Clock), Ids.New(app.Clock), Ids.New(app.Clock));
        object?[] Row(string id, string target, DateTimeOffset at) => [id, target, "order.placed.v1", "order:" + id, 1L, "sealed", "waiting", now.AddDays(300), at];
        await app.Db.InTransaction(tx => tx.InsertRows("orders_webhooks", ["id", "target", "event", "aggregate", "version", "body_cipher", "status", "next_at", "created_at"],
            [Row(gone, "gone", now), Row(old, known, now.AddDays(-31)), Row(young, known, now)]));
        await app.App.RunJob("orders.purge_traces");
        async Task<string?> State(string id) => await app.Db.First<string>("select concat(status, ' ', body_cipher) from orders_webhooks where id = @id", new { id });
        (await State(gone)).ShouldBe("dropped ");
        (await State(old)).ShouldBe("dropped ");
        (await State(young)).ShouldBe("waiting sealed");
    }

    private async Task<TrackedParcel.Found> Seen(CustomerId who, WaybillNumber waybill) =>
        (await TrackParcels.Own(app.Db, app.Keys, app.Clock, app.App.Get<ParcelsOptions>(), who, waybill, default)).ShouldNotBeNull();

    private async Task Advance(WaybillNumber waybill, string to)
    {
        using var answer = await app.App.Http.PostAsJsonAsync($"/simulator/parcels/{waybill}/advance", new { to });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        await app.App.Settle();
    }
}

public sealed class MovingOnSqlite(OrdersOnSqlite app) : MovingSuite(app), IClassFixture<OrdersOnSqlite>;

public sealed class MovingOnMariaDb(OrdersOnMariaDb app) : MovingSuite(app), IClassFixture<OrdersOnMariaDb>;
