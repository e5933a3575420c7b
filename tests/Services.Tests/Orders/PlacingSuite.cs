using Courier.Kernel;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Courier.Services.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Tests.Orders;

/// <summary>Placing orders: the same on both databases.</summary>
public abstract class PlacingSuite(OrdersApp app)
{
    [Fact]
    public async Task An_order_holds_what_was_wished_at_the_quoted_price()
    {
        var me = await app.ACustomer();
        var id = await app.AnOrder(me);
        var (order, steps) = await app.Show(me, id);
        order.Status.ShouldBe(OrderStatus.Placed);
        order.Slot!.From.ShouldBe(app.Slot(13));
        order.Sender.Name.ShouldBe("王小明");
        order.TotalFen.ShouldBe(1500);
        order.ListFen.ShouldBe(1700);
        var parcel = order.Shipments.ShouldHaveSingleItem();
        parcel.Waybill.ShouldMatch("^CY[0-9]{13}$");
        CheckDigits.LuhnHolds(parcel.Waybill.AsSpan(2)).ShouldBeTrue();
        parcel.Recipient.Name.ShouldBe("李小雷");
        parcel.Price.Lines.Sum(l => l.Fen).ShouldBe(parcel.Price.TotalFen);
        parcel.Price.Lines[0].Explanation.ShouldBe("首重 1 公斤");
        OrderNumber.TryParse(order.Number.Text, null, out _).ShouldBeTrue();
        steps.ShouldBeEmpty();
        (await app.Told(id, "order.placed.v1")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Where_no_courier_collects_an_order_for_the_door_is_refused_and_keeps_no_place()
    {
        var me = await app.ACustomer();
        await app.AnOutlet("HZ001");
        await app.Covers("HZ001", "330106");
        try
        {
            await app.AnOrder(me, await app.AWish(slot: app.Slot(13, 1)));
            var far = await app.AWish("甘肃省,兰州市,城关区", slot: app.Slot(13, 1));
            var refused = await Should.ThrowAsync<RuleBroken>(() => app.Orders.Execute(me, app.Next(), far, default));
            refused.Code.ShouldBe("order.area_not_served");
            refused.Message.ShouldContain("甘肃省兰州市城关区");
            (await app.Taken("620102", app.Slot(13, 1))).ShouldBe(0);
        }
        finally
        {
            await app.Covers("HZ001", null);
        }
        await app.AnOrder(me, await app.AWish("甘肃省,兰州市,城关区", slot: app.Slot(13, 1))); // while nothing is known of coverage, nobody is refused
    }

    [Fact]
    public async Task The_same_key_gives_the_same_order_whenever_it_comes_again()
    {
        var me = await app.ACustomer();
        var (key, wish, slot) = (app.Next(), await app.AWish(slot: app.Slot(15)), app.Slot(15));
        var before = await app.Taken("330106", slot);
        var first = (await app.Orders.Execute(me, key, wish, default)).ShouldBeOfType<Placing.Placed>();
        first.IsNew.ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromHours(1)); // the quote is over by now: the order stands
        var again = (await app.Orders.Execute(me, key, wish, default)).ShouldBeOfType<Placing.Placed>();
        again.ShouldBe(new Placing.Placed(first.OrderId, IsNew: false));
        (await app.Orders.Execute(me, key, wish with { Remark = "请带箱子" }, default)).ShouldBeOfType<Placing.KeyReused>();
        (await app.Orders.Execute(await app.ACustomer(), key, await app.AWish(slot: app.Slot(15)), default)).ShouldBeOfType<Placing.Placed>().OrderId.ShouldNotBe(first.OrderId);
        (await app.Taken("330106", slot)).ShouldBe(before + 2);
        (await app.Told(first.OrderId, "order.placed.v1")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_becomes_one_with_another_record_while_an_order_is_told_follows_its_parcel_and_so_it_is_when_that_is_undone()
    {
        var phone = app.NewPhone();
        var stays = await app.ACustomer(phone);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var goes = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-orders-2", OpenId.Parse($"o-{app.Next()}"), null), default);
        await BindPhone.Execute(app.Db, app.Keys, app.Clock, goes, Phone.Parse(phone), PhoneSource.Sms, default);
        await app.App.Settle();
        var id = await app.AnOrder(goes);
        await OfferMerge.Execute(app.Db, app.Clock, app.App.Get<CustomersOptions>(), goes, default);
        (await OfferMerge.Confirm(app.Db, app.Clock, app.App.Get<CustomersOptions>(), goes, default)).ShouldBe(stays);

        // Who follows hears of the merge, then the parcels of the order, and last of all the orders of the merge.
        await Hold("orders.move_orders", "parcels.register_order");
        await app.App.Settle();
        await Release("parcels.register_order");
        await app.App.Settle();
        (await Follows(goes), await Follows(stays)).ShouldBe((0, 1));
        await Release("orders.move_orders");
        await app.App.Settle();
        (await app.Show(stays, id)).Order.Customer.ShouldBe(stays.Text);
        (await Follows(goes), await Follows(stays)).ShouldBe((0, 1));

        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.FromCustomer == goes);
        await UndoMerge.Execute(app.Db, app.Clock, app.App.Get<CustomersOptions>(), merge.Id, StaffId.Parse(new string('a', 32)), "客户说不是他", default);
        await app.App.Settle();
        (await Follows(goes), await Follows(stays)).ShouldBe((1, 0));

        Task<long> Follows(CustomerId customer) => app.Db.First<long>("select count(*) from parcels_followers where customer_id = @customer and is_sender = 1", new { customer });

        Task Hold(params string[] handlers) => app.Db.Execute("update outbox_deliveries set next_at = @later where status = 'pending' and handler in @handlers", new { handlers, later = app.Clock.GetUtcNow().AddDays(1) });

        Task Release(string handler) => app.Db.Execute("update outbox_deliveries set next_at = 0 where status = 'pending' and handler = @handler", new { handler });
    }

    [Fact]
    public async Task The_same_key_twenty_times_at_once_makes_one_order()
    {
        var me = await app.ACustomer();
        var (key, wish) = (app.Next(), await app.AWish(slot: app.Slot(9, 1)));
        var before = await app.Taken("330106", app.Slot(9, 1));
        var placed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => app.Orders.Execute(me, key, wish, default))));
        placed.Select(p => p.ShouldBeOfType<Placing.Placed>().OrderId).Distinct().ShouldHaveSingleItem();
        placed.Count(p => ((Placing.Placed)p).IsNew).ShouldBe(1);
        (await app.Taken("330106", app.Slot(9, 1))).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Of_a_hundred_at_once_exactly_one_gets_the_last_place_and_the_others_are_offered_the_next()
    {
        const string place = "广东省,深圳市,南山区"; // one place a slot there
        var me = await app.ACustomer();
        var slot = app.Slot(11, 1);
        var wish = await app.AWish(place, slot: slot);
        var placed = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => app.Orders.Execute(me, $"last-{i}", wish, default))));
        placed.OfType<Placing.Placed>().ShouldHaveSingleItem();
        placed.OfType<Placing.NoSlot>().Count().ShouldBe(99);
        placed.OfType<Placing.NoSlot>().ShouldAllBe(n => n.Why == SlotState.Full && n.Next!.From == app.Slot(13, 1));
        (await app.Taken("440305", slot)).ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_place_back_once()
    {
        const string place = "广东省,深圳市,南山区";
        var me = await app.ACustomer();
        var slot = app.Slot(15, 2);
        var id = await app.AnOrder(me, await app.AWish(place, slot: slot));
        (await app.Orders.Execute(me, app.Next(), await app.AWish(place, slot: slot), default)).ShouldBeOfType<Placing.NoSlot>();
        (await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, "不寄了", default)).ShouldBeTrue();
        (await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, id, "不寄了", default)).ShouldBeTrue();
        (await app.Taken("440305", slot)).ShouldBe(0);
        var (order, steps) = await app.Show(me, id);
        order.Status.ShouldBe(OrderStatus.Cancelled);
        order.Shipments.ShouldAllBe(s => s.Status == ShipmentStatus.Cancelled);
        steps.ShouldHaveSingleItem().Note.ShouldBe("不寄了");
        await app.AnOrder(me, await app.AWish(place, slot: slot));
        (await CancelOrder.Execute(app.Db, app.Keys, app.Clock, await app.ACustomer(), id, null, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_appointment_moves_the_place()
    {
        const string place = "广东省,深圳市,南山区";
        var me = await app.ACustomer();
        var (first, second) = (app.Slot(9, 2), app.Slot(17, 2));
        var id = await app.AnOrder(me, await app.AWish(place, slot: first));
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), me, id, second, default)).ShouldBeOfType<Placing.Placed>();
        (await app.Taken("440305", first)).ShouldBe(0);
        (await app.Taken("440305", second)).ShouldBe(1);
        (await app.Show(me, id)).Order.Slot!.From.ShouldBe(second);
        var other = await app.AnOrder(me, await app.AWish(place, slot: first));
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), me, other, second, default)).ShouldBeOfType<Placing.NoSlot>().Why.ShouldBe(SlotState.Full);
        (await app.Show(me, other)).Order.Slot!.From.ShouldBe(first);
        (await RescheduleOrder.Execute(app.Db, app.Clock, app.Options, app.App.Get<RateBook>(), await app.ACustomer(), id, first, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_slot_closes_two_hours_before_its_end_and_a_place_without_couriers_has_none_open()
    {
        var place = app.App.Get<Courier.Services.Addresses.Divisions>().Locate("浙江省", "杭州市", "西湖区")!;
        var today = DateOnly.FromDateTime(app.Slot(0).DateTime);
        var shown = await ListSlots.Execute(app.Db, new Courier.Testing.FakeClock(app.Slot(11)), app.Options, place, today, default);
        shown.Slots.Select(s => s.State).ShouldBe([SlotState.Closed, SlotState.Closed, SlotState.Open, SlotState.Open, SlotState.Open]);
        var justBefore = await ListSlots.Execute(app.Db, new Courier.Testing.FakeClock(app.Slot(11).AddSeconds(-1)), app.Options, place, today, default);
        justBefore.Slots[1].State.ShouldBe(SlotState.Open);
        var evening = await ListSlots.Execute(app.Db, new Courier.Testing.FakeClock(app.Slot(18)), app.Options, place, today, default);
        evening.Slots.ShouldAllBe(s => s.State == SlotState.Closed);
        evening.Next!.From.ShouldBe(app.Slot(9, 1));
        var nobody = new OrdersOptions { Slots = new SlotOptions { Capacity = 0 } };
        (await ListSlots.Execute(app.Db, app.Clock, nobody, place, today, default)).Next.ShouldBeNull();
    }

    [Fact]
    public async Task A_quote_that_is_over_unknown_or_for_something_else_is_refused()
    {
        var me = await app.ACustomer();
        var wish = await app.AWish();
        var parcel = wish.Shipments![0]!;
        async Task<string> Code(ShipmentWish changed, OrderWish? other = null) =>
            (await Should.ThrowAsync<RuleBroken>(() => app.Orders.Execute(me, app.Next(), (other ?? wish) with { Shipments = [changed] }, default))).Code;
        (await Code(parcel with { QuoteId = new string('0', 32) })).ShouldBe("order.quote_unknown");
        (await Code(parcel with { Product = "moon" })).ShouldBe("order.quote_unknown");
        (await Code(parcel with { Goods = parcel.Goods! with { WeightGrams = 5000 } })).ShouldBe("order.quote_mismatch");
        (await Code(parcel with { Recipient = OrdersApp.Someone("李", "13800002222", "北京市,北京市,朝阳区") })).ShouldBe("order.quote_mismatch");
        (await Code(parcel, wish with { Kind = OrderKind.Outlet, OutletCode = "X" })).ShouldBe("order.quote_mismatch");
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        (await app.Orders.Execute(me, app.Next(), wish, default)).ShouldBeOfType<Placing.QuoteOver>();
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_field()
    {
        var me = await app.ACustomer();
        var wish = await app.AWish();
        async Task<string> Field(OrderWish wrong) => (await app.Orders.Execute(me, app.Next(), wrong, default)).ShouldBeOfType<Placing.Invalid>().Fault.Field;
        var parcel = wish.Shipments![0]!;
        (await Field(wish with { Sender = null })).ShouldBe("sender.name");
        (await Field(wish with { Sender = wish.Sender! with { Name = "张**" } })).ShouldBe("sender.name");
        (await Field(wish with { Sender = wish.Sender! with { Phone = "138****1234" } })).ShouldBe("sender.phone");
        (await Field(wish with { Sender = wish.Sender! with { Province = "亚特兰蒂斯", City = "x" } })).ShouldBe("sender.city");
        (await Field(wish with { Shipments = [] })).ShouldBe("shipments");
        (await Field(wish with { Shipments = [.. Enumerable.Repeat(parcel, 51)] })).ShouldBe("shipments");
        (await Field(wish with { Shipments = [parcel, null] })).ShouldBe("shipments[1].recipient");
        (await Field(wish with { Shipments = [parcel with { Goods = null }] })).ShouldBe("goods.kind");
        (await Field(wish with { Shipments = [parcel with { Goods = parcel.Goods! with { WeightGrams = 0 } }] })).ShouldBe("goods.weightGrams");
        (await Field(wish with { Shipments = [parcel with { QuoteId = null }] })).ShouldBe("quoteId");
        (await Field(wish with { Slot = null })).ShouldBe("slot");
        (await Field(wish with { Slot = app.Slot(13).AddMinutes(5) })).ShouldBe("slot");
        (await Field(wish with { Slot = app.Slot(13, 9) })).ShouldBe("slot");
        (await Field(wish with { Consents = ["window"] })).ShouldBe("consents");
        (await Field(wish with { Kind = OrderKind.Locker })).ShouldBe("lockerCode");
        (await Field(wish with { Kind = OrderKind.Outlet })).ShouldBe("outletCode");
    }

    [Fact]
    public async Task Names_phones_streets_and_remarks_lie_encrypted()
    {
        var me = await app.ACustomer();
        var id = await app.AnOrder(me, await app.AWish() with { Remark = "到了先打电话", RealNameToken = "vault-token-7" });
        var row = await app.Db.First<string>(
            """
            select concat(o.sender_cipher, o.real_name_cipher, o.remark_cipher, s.recipient_cipher, s.goods_name_cipher, s.price_lines)
            from orders_orders o join orders_shipments s on s.order_id = o.id where o.id = @id
            """, new { id });
        foreach (var secret in new[] { "王小明", "李小雷", "13700001111", "13800002222", "文三路", "先打电话", "vault-token-7", "毛衣" }) row!.ShouldNotContain(secret);
        (await app.Show(me, id)).Order.Remark.ShouldBe("到了先打电话");
    }

    [Fact]
    public async Task The_lists_show_what_is_sent_and_what_is_received_by_page_day_state_and_name()
    {
        var (mine, theirs) = (app.NewPhone(), app.NewPhone());
        var (me, friend) = (await app.ACustomer(mine), await app.ACustomer(theirs));
        var ids = new List<string>();
        foreach (var name in new[] { "赵一", "钱小二", "孙小三" })
        {
            ids.Add(await app.AnOrder(me, await app.AWish(sender: mine, recipient: theirs, name: name)));
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, ids[1], null, default);
        async Task<OrdersPage> List(Courier.Services.Customers.CustomerId who, OrderSide side, string? query = null, OrderState? state = null, string? cursor = null, int limit = 20, DateOnly? from = null, DateOnly? to = null) =>
            await ListOrders.Execute(app.Db, app.Keys, app.Clock, app.Options, who,
                new OrderFilter(side, [.. Enum.GetValues<OrderStatus>().Where(s => state is null || OrderMachine.StateOf(s) == state)], from, to, query), cursor, limit, default);

        (await List(me, OrderSide.Sender)).Orders.Select(o => o.Id).ShouldBe([ids[2], ids[1], ids[0]]);
        (await List(me, OrderSide.Recipient)).Orders.ShouldBeEmpty();
        var received = (await List(friend, OrderSide.Recipient)).Orders;
        received.Select(o => o.Id).ShouldBe([ids[2], ids[1], ids[0]]);
        received.ShouldAllBe(o => o.TotalFen == null && o.Counterpart == "王*明");
        (await List(me, OrderSide.Sender, query: "小")).Orders.Count.ShouldBe(3); // the sender 王小明
        (await List(me, OrderSide.Sender, query: "孙小")).Orders.ShouldHaveSingleItem().Id.ShouldBe(ids[2]);
        (await List(me, OrderSide.Sender, query: (await app.Show(me, ids[0])).Order.Number.Spoken)).Orders.ShouldHaveSingleItem().Id.ShouldBe(ids[0]);
        (await List(me, OrderSide.Sender, query: "没有这个人")).Orders.ShouldBeEmpty();
        (await List(me, OrderSide.Sender, state: OrderState.Done)).Orders.ShouldHaveSingleItem().Id.ShouldBe(ids[1]);
        var first = await List(me, OrderSide.Sender, limit: 2);
        first.Orders.Count.ShouldBe(2);
        (await List(me, OrderSide.Sender, cursor: first.Next, limit: 2)).Orders.ShouldHaveSingleItem().Id.ShouldBe(ids[0]);
        var today = DateOnly.FromDateTime(app.Slot(0).DateTime);
        (await List(me, OrderSide.Sender, from: today, to: today)).Orders.Count.ShouldBe(3);
        (await List(me, OrderSide.Sender, from: today.AddDays(1))).Orders.ShouldBeEmpty();
        (await List(me, OrderSide.Sender, to: today.AddDays(-1))).Orders.ShouldBeEmpty();
        (await ShowOrder.Execute(app.Db, app.Keys, friend, ids[0], default)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_customer_ordered_and_wrote_stands_in_one_list_page_by_page()
    {
        var (me, other) = (await app.ACustomer(), await app.ACustomer());
        var first = await app.AnOrder(me);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await RequestHuman.Execute(app.Db, app.Clock, app.App.Get<CalendarsOptions>(), me, new ChannelAddress("wechat", "wx-orders", me.Text), "改地址", app.Next(), default);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await app.AnOrder(me);
        await app.AnOrder(other);
        await CancelOrder.Execute(app.Db, app.Keys, app.Clock, me, first, null, default);

        Task<IReadOnlyList<TimelineEntry>> Page(string? before, int limit) =>
            CustomerTimeline.Execute(app.Db, app.App.Services.GetServices<ITimelinePart>(), me, before, limit, default);
        var latest = await Page(null, 2);
        latest.Select(e => (e.Kind, e.State)).ShouldBe([(TimelineKind.Order, "placed"), (TimelineKind.Conversation, "queue")]);
        latest[0].Id.ShouldBe(second);
        latest[0].Words.ShouldBe("上门取件，待接单，15.00元");
        latest[1].Words.ShouldBe("改地址");
        var rest = (await Page(latest[1].Id, 2)).ShouldHaveSingleItem();
        (rest.Id, rest.State).ShouldBe((first, "cancelled"));
        rest.Number.ShouldBe((await app.Show(me, first)).Order.Number.Spoken);
    }
}

public sealed class PlacingOnSqlite(OrdersOnSqlite app) : PlacingSuite(app), IClassFixture<OrdersOnSqlite>;

public sealed class PlacingOnMariaDb(OrdersOnMariaDb app) : PlacingSuite(app), IClassFixture<OrdersOnMariaDb>;
