using System.Globalization;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Courier.WechatGateway.Replies.Receiving;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>The receiving side in the chat: a parcel that is on its way is brought another way, in one or two rounds, and as it was by one word.</summary>
public sealed class SendingParcelsAnotherWay(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    private static int _serial = 52_000;

    [Theory]
    [InlineData("暂存", DirectionKind.Hold, "")]
    [InlineData("先别送了", DirectionKind.Hold, "")]
    [InlineData("帮我放快递柜吧", DirectionKind.Locker, "")]
    [InlineData("放到驿站", DirectionKind.Station, "")]
    [InlineData("放驿站 幸福里菜鸟驿站", DirectionKind.Station, "幸福里菜鸟驿站")]
    [InlineData("邻居代收", DirectionKind.Neighbour, "")]
    [InlineData("给邻居 3幢502张阿姨", DirectionKind.Neighbour, "3幢502张阿姨")]
    [InlineData("我要改地址", DirectionKind.OtherAddress, "")]
    [InlineData("改派送时间", DirectionKind.OtherTime, "")]
    [InlineData("拦截快递 CY0000000000000", DirectionKind.Intercept, "CY0000000000000")]
    [InlineData("改派", null, "")]
    public void These_wish_for_something(string words, DirectionKind? kind, string rest) =>
        DirectionWords.Read(HalfWidth.Of(words)).ShouldBe(new DirectionWish(kind, rest));

    [Theory]
    [InlineData("放快递柜就行")]
    [InlineData("可以放快递柜吗")]
    [InlineData("可以放快递柜")]
    [InlineData("不要放快递柜")]
    [InlineData("放快递柜的东西丢了")]
    [InlineData("改地址要钱吗")]
    [InlineData("拦截要多少钱")]
    [InlineData("改时间 1")]
    [InlineData("暂存是什么意思")]
    public void These_do_not(string words) => DirectionWords.Read(HalfWidth.Of(words)).ShouldSatisfyAllConditions(w => (w is null || w.Kind == DirectionKind.OtherTime && w.IsAboutAnyTime).ShouldBeTrue());

    [Fact]
    public async Task Another_time_is_chosen_by_a_number_and_taken_back_by_a_word()
    {
        var (me, waybill) = await Recipient();
        var offered = await me.Say("换个时间");
        offered.ShouldStartWith($"{waybill} 改到什么时候送？\n1. 明天 09:00-12:00\n2. 明天 14:00-18:00\n3. ");
        (await me.Say("2")).ShouldBe($"已通知网点：{waybill} 改到明天 14:00-18:00送。网点处理前想改主意，回复“撤回”。");
        var asked = (await Directions(me, waybill)).Asked!;
        (asked.Kind, asked.State, asked.Detail.From).ShouldBe((DirectionKind.OtherTime, DirectionState.Asked, me.Slot(14)));
        (await me.Say("撤回")).ShouldBe($"已撤回：{waybill} 不再换个时间送，按原来的安排派送。");
        (await Directions(me, waybill)).Asked!.State.ShouldBe(DirectionState.Undone);
        (await me.Say("撤回")).ShouldContain("没有可以撤回的安排");
        (await me.Say("撤销 1")).ShouldNotContain("撤回", Case.Sensitive, "that is about an order");
    }

    [Fact]
    public async Task Keeping_it_needs_a_second_word()
    {
        var (me, waybill) = await Recipient();
        (await me.Say("暂存")).ShouldBe($"要把 {waybill} 暂存在网点、先不派送吗？确认请回复“是”，不改请回复“不”。");
        (await me.Say("不")).ShouldBe("好的，按原来的安排派送。");
        (await Directions(me, waybill)).Asked.ShouldBeNull();
        await me.Say("暂存 " + waybill);
        (await me.Say("是")).ShouldStartWith($"已通知网点：{waybill} 暂存在网点。");
        (await Directions(me, waybill)).Asked!.Kind.ShouldBe(DirectionKind.Hold);
    }

    [Fact]
    public async Task Lockers_and_stations_of_the_place_are_offered_and_others_can_be_named()
    {
        var (me, waybill) = await Recipient();
        var lockers = await me.Say("放快递柜");
        lockers.ShouldStartWith($"{waybill} 放到哪里？\n1. ");
        var done = await me.Say("1");
        var chosen = (await Directions(me, waybill)).Asked!;
        var name = (await gateway.App.Get<Db>().First<string>("select name from network_lockers where code = @place", new { place = chosen.Detail.Place })).ShouldNotBeNull("the carrier gets the code");
        done.ShouldStartWith($"已通知网点：{waybill} 放快递柜（{name}）。");
        (await me.Say("放驿站")).ShouldContain("也可以直接回复名称或编号。");
        (await me.Say("幸福里菜鸟驿站")).ShouldStartWith("没有找到叫“幸福里菜鸟驿站”的可以存放快件的网点。离收件地址近的有：\n1. ");
        (await Directions(me, waybill)).Asked!.Kind.ShouldBe(DirectionKind.Locker, "no parcel goes to a place that is not one of ours");
        (await me.Say("1")).ShouldStartWith($"已通知网点：{waybill} 放驿站（");
        await me.Say("放快递柜");
        (await me.Say(name)).ShouldStartWith($"已通知网点：{waybill} 放快递柜（{name}）。", Case.Sensitive, "by its name");
        (await Directions(me, waybill)).Asked!.Detail.Place.ShouldBe(chosen.Detail.Place);
    }

    [Theory]
    [InlineData("取消订单")]
    [InlineData("我的订单")]
    [InlineData("什么时候送到家")]
    [InlineData("人工号码是多少")]
    public async Task Commands_and_questions_are_no_place_and_no_neighbour(string words)
    {
        var (me, waybill) = await Recipient();
        foreach (var wish in new[] { "放快递柜", "邻居代收" })
        {
            await me.Say(wish);
            var answer = await me.Say(words);
            answer.ShouldNotContain("已通知网点");
            answer.ShouldNotContain($"“{words}”");
            (await Directions(me, waybill)).Asked.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("把我的快递改到明天下午")]
    [InlineData("改到明天下午")]
    [InlineData("快递改到明天下午送")]
    public async Task Another_time_is_said_in_one_go(string words)
    {
        var (me, waybill) = await Recipient();
        (await me.Say(words)).ShouldStartWith($"已通知网点：{waybill} 改到明天 14:00-18:00送。");
        (await Directions(me, waybill)).Asked!.Detail.From.ShouldBe(me.Slot(14));
    }

    [Fact]
    public async Task Of_several_parcels_is_asked_which_and_the_time_is_kept()
    {
        var (me, first) = await Recipient();
        gateway.App.Clock.Advance(TimeSpan.FromSeconds(1));
        await AParcel(await Phone(me));
        (await me.Say("把我的快递改到后天上午")).ShouldStartWith("是哪一件？请回复数字：\n1. ");
        (await me.Say("2")).ShouldStartWith($"已通知网点：{first} 改到");
        (await Directions(me, first)).Asked!.Detail.From.ShouldBe(me.Slot(9).AddDays(1));
    }

    [Theory]
    [InlineData("明天下午", 1, 14, 18)]
    [InlineData("明晚", 1, 18, 21)]
    [InlineData("后天", 2, 9, 21)]
    [InlineData("下周三上午", 9, 9, 12)]
    [InlineData("12月1日下午3点", 8, 15, 17)]
    public void Times_are_read(string words, int days, int from, int until)
    {
        var now = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)); // a Monday
        var day = now.AddDays(days).AddHours(-now.Hour);
        TimeWords.Read(words, now).ShouldBe((day.AddHours(from), day.AddHours(until)));
    }

    [Fact]
    public async Task A_neighbour_is_named_and_kept_as_consent_for_this_parcel()
    {
        var (me, waybill) = await Recipient();
        (await me.Say("邻居代收")).ShouldContain("3幢502张阿姨");
        (await me.Say("3幢502张阿姨")).ShouldBe($"{waybill} 交给邻居代收，是“3幢502张阿姨”吗？回复“是”确认；说错了，直接回复对的门牌和称呼；不改请回复“不”。");
        (await Directions(me, waybill)).Asked.ShouldBeNull("nothing is sent before the second word");
        (await me.Say("3幢501王叔叔")).ShouldContain("是“3幢501王叔叔”吗？");
        (await me.Say("是")).ShouldStartWith($"已通知网点：{waybill} 由邻居代收（3幢501王叔叔）。");
        (await gateway.App.Get<Db>().First<string>("select ground from customers_deposits where waybill = @waybill and kind = 'neighbour'", new { waybill })).ShouldBe("chosen");
    }

    [Fact]
    public async Task Another_address_is_read_shown_and_confirmed()
    {
        var (me, waybill) = await Recipient();
        (await me.Say("改地址")).ShouldContain("请把新的收件人姓名、电话和地址一起发给我");
        (await me.Say("13812345678")).ShouldContain("没看全新的收件信息");
        var shown = await me.Say("韩梅 13812345678 浙江省杭州市西湖区文三路1号3幢");
        shown.ShouldStartWith($"要把 {waybill} 改送到：\n韩梅 138****5678\n浙江省杭州市西湖区 文三路1号3幢\n");
        (await me.Say("是")).ShouldStartWith($"已通知网点：{waybill} 改送新地址。");
        var asked = (await Directions(me, waybill)).Asked!;
        (asked.Kind, asked.Detail.Recipient!.City, asked.Detail.Recipient.Phone).ShouldBe((DirectionKind.OtherAddress, "杭州市", "13812345678"));
        await me.Say("改地址");
        (await me.Say("韩梅 18412345678转0021 浙江省杭州市西湖区文三路1号3幢")).ShouldStartWith($"要把 {waybill} 改送到：\n韩梅 184****5678 转 0021\n");
        await me.Say("是");
        (await Directions(me, waybill)).Asked!.Detail.Recipient!.Extension.ShouldBe("0021");
    }

    [Fact]
    public async Task Of_several_parcels_the_number_says_which_and_the_ways_lead_back()
    {
        var (me, first) = await Recipient();
        gateway.App.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await AParcel(await Phone(me));
        var which = await me.Say("改派");
        which.ShouldStartWith($"是哪一件？请回复数字：\n1. {second}　");
        var ways = await me.Say("2");
        ways.ShouldBe($"{first} 想怎么改？\n1. 换个时间送\n2. 暂存在网点\n3. 改地址\n4. 放快递柜\n5. 放驿站\n6. 邻居代收\n回复数字选择，回复“返回”回上一步。");
        (await me.Say("1")).ShouldContain("改到什么时候送");
        (await me.Say("返回")).ShouldBe(ways);
        (await me.Say("2")).ShouldStartWith($"要把 {first} 暂存在网点");
        (await me.Say("是")).ShouldStartWith($"已通知网点：{first}");
    }

    [Fact]
    public async Task The_sender_has_it_turned_round_and_the_recipient_does_not()
    {
        var (me, waybill) = await Recipient();
        (await me.Say("拦截 " + waybill)).ShouldStartWith($"{waybill} 拦截退回只能由寄件人办理");
        var sender = new Sender(gateway.App);
        await Binds(sender, "13700001111");
        (await sender.Say("暂存 " + waybill)).ShouldStartWith($"{waybill} 暂存只能由收件人办理");
        (await sender.Say("拦截 " + waybill)).ShouldStartWith($"要拦截 {waybill}、退回寄件人吗？");
        (await sender.Say("确认")).ShouldStartWith($"已通知网点：{waybill} 拦截退回。");
        (await Directions(sender, waybill)).Asked!.Kind.ShouldBe(DirectionKind.Intercept);
    }

    [Fact]
    public async Task What_comes_too_late_is_said_and_strangers_learn_nothing()
    {
        var (me, waybill) = await Recipient();
        (await new Sender(gateway.App).Say("暂存 " + waybill)).ShouldStartWith("没有找到可以这样办理的快件");
        (await new Sender(gateway.App).Say("放快递柜")).ShouldStartWith("没有找到寄给您的");
        await Scan(waybill, "out_for_delivery");
        (await me.Say("暂存")).ShouldStartWith($"{waybill} 快件派送中，现在不能暂存");
    }

    [Fact]
    public async Task An_order_that_was_not_collected_is_called_off_and_not_turned_round()
    {
        var me = new Sender(gateway.App);
        var order = (await me.Orders()).Order;
        (await me.Say("拦截快递")).ShouldStartWith($"快件还没有取走，不用拦截，取消订单就行。\n要取消订单 {order.Number.Spoken}");
        (await me.Say("是")).ShouldContain("已取消");
    }

    [Fact]
    public async Task Wrong_names_and_numbers_of_the_recipient_are_corrected_and_shown_so()
    {
        var (me, waybill) = await Recipient();
        (await me.Say("1")).ShouldContain("收件信息有误请回复“更正”");
        (await me.Say("更正")).ShouldContain("更正电话 13800000000");
        (await me.Say("更正电话 123")).ShouldContain("这个电话号码不对");
        (await me.Say("更正姓名 韓梅梅")).ShouldContain("改为韓*梅吗", Case.Sensitive, "a name stays as it was typed");
        (await me.Say("不")).ShouldNotBeEmpty();
        (await me.Say("更正姓名 韩梅梅")).ShouldBe($"要把 {waybill} 的收件人姓名改为韩*梅吗？确认请回复“是”，不改请回复“不”。");
        (await me.Say("是")).ShouldStartWith($"更正好了：{waybill} 的收件人姓名改为韩*梅");
        (await me.Say("1")).ShouldContain("收件人：韩*梅");
        var log = await gateway.App.Get<Db>().Query<string>("select d.kind from parcels_directions d join parcels_parcels p on p.id = d.parcel_id where p.waybill = @waybill", new { waybill });
        log.ShouldBe(["correct"]);
        (await new Sender(gateway.App).Say("更正姓名 韩梅")).ShouldStartWith("没有找到");
    }

    private async Task<(Sender Me, string Waybill)> Recipient()
    {
        var me = new Sender(gateway.App);
        await Binds(me, await Phone(me));
        return (me, await AParcel(await Phone(me)));
    }

    // Each test has people of its own.
    private static async Task<string> Phone(Sender who) => "138" + (Math.Abs((long)(await who.Customer()).Text[^12..].GetHashCode(StringComparison.Ordinal)) % 100_000_000).ToString("d8", CultureInfo.InvariantCulture);

    private async Task Binds(Sender who, string phone) =>
        await BindPhone.Execute(gateway.App.Get<Db>(), gateway.App.Get<DataKeys>(), gateway.App.Clock, await who.Customer(), Kernel.Phone.Parse(phone), PhoneSource.Sms, default);

    private async Task<ParcelDirections> Directions(Sender who, string waybill) =>
        (await DirectParcel.Show(gateway.App.Get<Db>(), gateway.App.Get<DataKeys>(), gateway.App.Get<ParcelsOptions>(), await who.Customer(), WaybillNumber.Parse(waybill), default)).ShouldNotBeNull();

    private async Task<string> AParcel(string recipientPhone)
    {
        var digits = Interlocked.Increment(ref _serial).ToString("d12", CultureInfo.InvariantCulture);
        var waybill = "CY" + digits + CheckDigits.Luhn(digits);
        var recipient = new PartyReport { Name = "李雷", Phone = recipientPhone, Province = "广东省", City = "深圳市", District = "南山区", Detail = "科苑路 8 号" };
        var report = new WaybillReport
        {
            Waybill = waybill, Product = "standard", Recipient = recipient,
            Sender = recipient with { Name = "王小明", Phone = "13700001111", Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" },
        };
        (await RegisterWaybills.Execute(gateway.App.Get<Db>(), gateway.App.Get<DataKeys>(), gateway.App.Clock, "demo", [report], default)).Accepted.ShouldBe(1);
        await Scan(waybill, "picked_up");
        return waybill;
    }

    private async Task Scan(string waybill, string code) =>
        (await RecordRoutes.Execute(gateway.App.Get<Db>(), gateway.App.Clock, "demo",
        [
            new RouteReport { Id = $"{waybill}-{code}", Waybill = waybill, Code = code, City = "杭州市", Text = "快件已扫描", Time = gateway.App.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture) },
        ], default)).Rejected.ShouldBeEmpty();
}
