using Courier.Services.Orders;
using Courier.Testing;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>One's own orders in the chat: seen, called off after a second word, moved to another slot.</summary>
public sealed class ManagingMyOrders(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    [Theory]
    [InlineData("我的订单")]
    [InlineData("订单")]
    [InlineData("8")]
    public async Task The_open_ones_are_listed_with_what_can_be_done(string words)
    {
        var me = new Sender(gateway.App);
        var order = (await me.Orders()).Order;
        var answer = await me.Say(words);
        answer.ShouldStartWith($"正在办理的订单：\n1. {order.Number.Spoken}　上门取件　待接单\n　寄给李*雷（上海市），明天 13:00-15:00上门，");
        answer.ShouldContain($"/app/#/pages/order/order?id={order.Id}\n");
        answer.ShouldContain("取消请回复“取消 1”，改上门时间请回复“改时间 1”。");
        answer.ShouldNotContain("李小雷");
    }

    [Fact]
    public async Task Who_has_none_is_shown_the_way_to_send() => (await new Sender(gateway.App).Say("我的订单")).ShouldStartWith("您现在没有正在办理的寄件订单。");

    [Theory]
    [InlineData("取消 1", "是")]
    [InlineData("取消1", "确认")]
    [InlineData("取消订单1", "是的。")]
    [InlineData("取消第1单", "确认取消")]
    public async Task One_is_called_off_only_after_a_second_word(string wish, string yes)
    {
        var me = new Sender(gateway.App);
        var id = (await me.Orders()).Order.Id;
        await me.Say("我的订单");
        var asked = await me.Say(wish);
        asked.ShouldStartWith("要取消订单 ");
        asked.ShouldContain("吗？");
        (await me.Show(id)).Order.Status.ShouldBe(OrderStatus.Placed);
        (await me.Say(yes)).ShouldContain("已取消。想重新寄");
        (await me.Show(id)).Order.Status.ShouldBe(OrderStatus.Cancelled);
        (await me.Say(yes)).ShouldNotContain("已取消", Case.Sensitive, "it is done");
    }

    [Fact]
    public async Task A_no_keeps_it()
    {
        var me = new Sender(gateway.App);
        var id = (await me.Orders()).Order.Id;
        (await me.Say("取消订单")).ShouldStartWith("要取消订单 ", Case.Sensitive, "there is only one");
        (await me.Say("算了")).ShouldContain("照常办理");
        (await me.Say("是")).ShouldNotContain("已取消");
        (await me.Show(id)).Order.Status.ShouldBe(OrderStatus.Placed);
    }

    [Fact]
    public async Task A_callback_that_comes_again_after_a_crash_gets_the_same_answer_and_changes_nothing_more()
    {
        var me = new Sender(gateway.App);
        var id = (await me.Orders()).Order.Id;
        await me.Say("取消订单");
        var yes = me.Chat.TextXml("是");
        var first = await me.Chat.Tell(yes);
        first.ShouldContain("已取消");
        gateway.App.Clock.Advance(TimeSpan.FromMinutes(5)); // longer than answers are remembered
        (await me.Chat.Tell(yes)).ShouldBe(first);
        (await me.Show(id)).Steps.Count(s => s.Action == OrderAction.Cancel).ShouldBe(1);
    }

    [Fact]
    public async Task With_several_a_number_is_needed_and_each_number_is_its_own()
    {
        var me = new Sender(gateway.App);
        var first = (await me.Orders(recipient: "赵一")).Order;
        gateway.App.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await me.Orders(recipient: "钱二")).Order;
        (await me.Say("取消订单")).ShouldStartWith("正在办理的订单：\n1. ");
        (await me.Say("取消 2")).ShouldContain(first.Number.Spoken, Case.Sensitive, "the newest is listed first");
        await me.Say("是");
        (await me.Show(first.Id)).Order.Status.ShouldBe(OrderStatus.Cancelled);
        (await me.Show(second.Id)).Order.Status.ShouldBe(OrderStatus.Placed);
        (await me.Say($"取消订单 {second.Number.Spoken}")).ShouldContain(second.Number.Spoken);
    }

    [Fact]
    public async Task Without_a_list_a_number_shows_it_first()
    {
        var me = new Sender(gateway.App);
        await me.Orders();
        (await me.Say("取消 1")).ShouldStartWith("正在办理的订单：");
        (await me.Say("取消 4")).ShouldContain("没有找到这个订单");
    }

    [Theory]
    [InlineData("改地址")]
    [InlineData("修改订单")]
    [InlineData("改订单地址")]
    public async Task What_nobody_has_collected_is_changed_on_a_page_that_knows_the_order(string words)
    {
        var me = new Sender(gateway.App);
        var order = (await me.Orders()).Order;
        var answer = await me.Say(words);
        answer.ShouldStartWith($"订单 {order.Number.Spoken} 还没有取走，姓名、电话、地址都可以改。换到别的城市或区县会按新的地方重新报价，您确认了价格才改。");
        answer.ShouldContain($"/app/#/pages/order/change?id={order.Id}\n");
    }

    [Fact]
    public async Task Another_place_is_priced_anew_before_anything_changes()
    {
        var me = new Sender(gateway.App);
        var order = (await me.Orders()).Order;
        var elsewhere = await me.Say("改地址 周梅 13900001234 北京市朝阳区建国路88号");
        elsewhere.ShouldStartWith($"订单 {order.Number.Spoken} 改寄给周* 139****1234（北京市朝阳区），要按新的地方计价：\n");
        elsewhere.ShouldMatch($"{order.Shipments[0].Price.ProductName}：{new Courier.Kernel.Money(order.TotalFen)} → [0-9.]+ ?元，预计.+前送到\n点开确认新价格（已填好），确认以前还寄原来的地址：\n.*/app/#/pages/order/change\\?id={order.Id}&text=");
        (await me.Show(order.Id)).Order.Shipments[0].Recipient.City.ShouldBe("上海市", "a price is agreed to on the page");

        (await me.Say($"改地址 {order.Shipments[0].Waybill} 周梅 13900001234 上海市浦东新区张杨路500号")).ShouldStartWith($"订单 {order.Number.Spoken} 改寄给周* 139****1234（上海市浦东新区），价格不变。");
    }

    [Fact]
    public async Task What_is_over_cannot_be_changed()
    {
        var me = new Sender(gateway.App);
        var order = (await me.Orders()).Order;
        await me.Say("取消订单");
        await me.Say("是");
        (await me.Say($"修改订单 {order.Number.Spoken}")).ShouldContain("没有找到这个订单");
        (await me.Say("修改订单")).ShouldStartWith("现在没有可以修改的订单。");
    }

    [Fact]
    public async Task The_appointment_is_moved_by_a_number()
    {
        var me = new Sender(gateway.App);
        var order = (await me.Orders()).Order;
        await me.Say("我的订单");
        var asked = await me.Say("改时间 1");
        asked.ShouldStartWith($"订单 {order.Number.Spoken} 现在约的是明天 13:00-15:00。改到什么时候？请回复数字：\n1. 今天 ");
        asked.ShouldNotContain("\n2. 明天 13:00");
        (await me.Say("1")).ShouldStartWith($"改好了：订单 {order.Number.Spoken} 改为今天 ");
        (await me.Show(order.Id)).Order.Slot!.From.ShouldBeLessThan(me.Slot(0));
        (await me.Show(order.Id)).Steps.Count(s => s.Action == OrderAction.Reschedule).ShouldBe(1);
    }

    [Fact]
    public async Task The_last_place_of_a_slot_is_told_before_it_is_chosen()
    {
        await using var app = await CourierApp.Start(new() { Demo = true, Settings = new Dictionary<string, string> { ["Orders:Slots:Capacity"] = "2" } });
        var (me, other) = (new Sender(app), new Sender(app));
        await me.Orders(hour: 13);
        await other.Orders(hour: 11);
        var asked = await me.Say("改时间");
        asked.ShouldContain("明天 11:00-13:00（只剩一个名额）");
        asked.Split("只剩").Length.ShouldBe(2, asked);
    }

    [Fact]
    public async Task What_is_brought_to_an_outlet_has_no_appointment_to_move()
    {
        var me = new Sender(gateway.App);
        (await me.Say("改上门时间")).ShouldStartWith("现在没有可以改上门时间的订单");
        (await me.Say("取消寄件")).ShouldStartWith("现在没有可以取消的订单");
    }

    [Theory]
    [InlineData("取消")]
    [InlineData("是")]
    [InlineData("不")]
    [InlineData("取消订阅会员")]
    [InlineData("能取消吗")]
    public async Task These_are_no_wish_about_an_order(string words)
    {
        var me = new Sender(gateway.App);
        await me.Orders();
        (await me.Say(words)).ShouldNotContain("要取消订单");
    }

    [Fact]
    public async Task Nobody_sees_or_changes_the_orders_of_others()
    {
        var (me, other) = (new Sender(gateway.App), new Sender(gateway.App));
        var order = (await me.Orders()).Order;
        (await other.Say("我的订单")).ShouldNotContain(order.Number.Spoken);
        (await other.Say($"取消订单 {order.Number.Spoken}")).ShouldContain("没有找到这个订单");
    }
}
