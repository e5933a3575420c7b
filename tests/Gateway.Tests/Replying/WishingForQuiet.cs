using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;
using Courier.WechatGateway.Replies;

namespace Courier.Gateway.Tests.Replying;

/// <summary>Customers change by their own words what they are told; sentences about something else are left to others.</summary>
public sealed class WishingForQuiet(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private CourierApp App => gateway.App;

    [Theory]
    [InlineData("退订")]
    [InlineData("TD")]
    [InlineData("td")]
    [InlineData("取消订阅")]
    [InlineData("退订通知")]
    [InlineData("关闭推送")]
    [InlineData("不要通知")]
    [InlineData("退订物流通知")]
    [InlineData("我要退订延误提醒")]
    [InlineData("退订短信")]
    [InlineData("退订物流")]
    [InlineData("恢复通知")]
    [InlineData("开启物流通知")]
    [InlineData("打开短信")]
    [InlineData("免打扰22:00-8:00")]
    [InlineData("免打扰时段22点到7点")]
    [InlineData("关闭免打扰")]
    [InlineData("默认免打扰")]
    [InlineData("通知设置")]
    [InlineData("退订所有短信")]
    [InlineData("退订物流通知和公告")]
    [InlineData("关掉推送")]
    [InlineData("把通知关")]
    [InlineData("通知都关掉")]
    [InlineData("不要通知我")]
    [InlineData("我不想再收到通知")]
    [InlineData("别发短信")]
    [InlineData("STOP")]
    [InlineData("unsubscribe")]
    [InlineData("把通知打开")]
    public void These_are_wishes(string words) => PushWishes.Wish.Read(words).ShouldNotBeNull();

    [Theory]
    [InlineData("免打扰晚上10点到早上8点", "22:00-08:00")]
    [InlineData("免打扰中午12点到下午3点", "12:00-15:00")]
    [InlineData("免打扰22:30-次日早上7:00", "22:30-07:00")]
    [InlineData("免打扰下午2点到4点", "14:00-16:00")]
    [InlineData("免打扰下午2点到次日4点", "14:00-04:00")]
    [InlineData("免打扰凌晨12点到早上7点", "00:00-07:00")]
    [InlineData("免打扰晚上12点到早上7点", "00:00-07:00")]
    [InlineData("免打扰晚上8点到12点", "20:00-24:00")]
    [InlineData("免打扰24:00-7:00", "00:00-07:00")]
    [InlineData("免打扰22点半到7点", "22:30-07:00")]
    [InlineData("免打扰10点到早上8点", "22:00-08:00")]
    [InlineData("免打扰中午12点到2点", "12:00-14:00")]
    [InlineData("免打扰晚上十点到早上八点", "22:00-08:00")]
    [InlineData("免打扰二十二点三十分到七点一刻", "22:30-07:15")]
    [InlineData("晚上10点到早上8点别打扰我", "22:00-08:00")]
    [InlineData("每天22:00-8:00免打扰", "22:00-08:00")]
    public void The_time_of_day_is_read_as_people_say_it(string words, string hours) => PushWishes.Wish.Read(words)!.Done(NotificationPreferences.Default).ShouldContain($" {hours} ");

    [Theory]
    [InlineData("怎么退订会员")]
    [InlineData("退订会员")]
    [InlineData("退订是什么意思")]
    [InlineData("取消订单")]
    [InlineData("关闭")]
    [InlineData("取消")]
    [InlineData("恢复")]
    [InlineData("订阅")]
    [InlineData("你们会通知我吗")]
    [InlineData("不要通知收件人")]
    [InlineData("免打扰25:00-8:00")]
    [InlineData("短信")]
    [InlineData("取消快递")]
    [InlineData("不要包裹")]
    [InlineData("怎么退订")]
    [InlineData("不要提醒我取件")]
    public void These_are_none(string words) => PushWishes.Wish.Read(words).ShouldBeNull();

    [Fact]
    public async Task Unsubscribing_is_confirmed_tells_what_still_comes_and_can_be_undone()
    {
        var person = Pushes.ToOfficial(App);
        var answer = await person.Say("退订");
        answer.ShouldContain("已退订");
        answer.ShouldContain("人工客服的回复");
        answer.ShouldContain("恢复通知");
        answer.ShouldContain("公告通知关，短信也不发");
        (await Wishes(person)).KindsOff.ShouldBe(NotificationPreferences.Switchable, ignoreOrder: true);
        (await person.Say("恢复物流通知")).ShouldContain("物流通知开，延误预警关");
        (await person.Say("恢复通知")).ShouldContain("已恢复");
        (await Wishes(person)).KindsOff.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("退订，谢谢", "已退订快件通知")]
    [InlineData("请帮我退订", "已退订快件通知")]
    [InlineData("把通知关了", "已退订快件通知")]
    [InlineData("我不想再收到通知了", "已退订快件通知")]
    [InlineData("退訂", "已退订快件通知")]
    [InlineData("退订物流通知和公告", "已退订物流通知、公告通知")]
    [InlineData("退订所有短信", "不再给您发通知短信")]
    [InlineData("退订全部短信", "回复“恢复短信”")]
    [InlineData("不要再给我发短信", "不再给您发通知短信")]
    [InlineData("别发短信了", "不再给您发通知短信")]
    public async Task A_wish_in_other_words_is_fulfilled_with_the_way_back(string words, string expected)
    {
        var answer = await Pushes.ToOfficial(App).Say(words);
        answer.ShouldContain(expected);
        answer.ShouldContain("想恢复请回复“恢复");
    }

    [Theory]
    [InlineData("怎么退订")]
    [InlineData("如何关闭通知？")]
    [InlineData("请问怎么关掉短信呢")]
    [InlineData("可以退订吗？")]
    public async Task Who_asks_how_is_told_how_and_nothing_changes(string words)
    {
        var person = Pushes.ToOfficial(App);
        (await person.Say(words)).ShouldStartWith("不想收通知，回复“退订”就行");
        (await Wishes(person)).ShouldBe(NotificationPreferences.Default);
    }

    [Fact]
    public async Task Short_messages_are_not_promised_to_who_wants_nothing()
    {
        var person = Pushes.ToOfficial(App);
        await person.Say("退订");
        (await person.Say("恢复短信")).ShouldContain("现在还是什么都不会发；想收到请再回复“恢复通知”");
        (await person.Say("恢復通知")).ShouldContain("已恢复快件通知");
        (await person.Say("恢复短信")).ShouldContain("会用短信告诉您");
    }

    [Theory]
    [InlineData("免打扰 0:00-24:00")]
    [InlineData("免打扰 8点到8点")]
    [InlineData("全天免打扰")]
    public async Task A_whole_day_is_refused_with_the_way_to_unsubscribe(string words)
    {
        var person = Pushes.ToOfficial(App);
        (await person.Say(words)).ShouldContain("免打扰不能是一整天");
        (await Wishes(person)).QuietHours.ShouldBeNull();
    }

    [Fact]
    public async Task Quiet_hours_are_set_by_a_sentence()
    {
        var person = Pushes.ToOfficial(App);
        (await person.Say("免打扰 22：00-8：00")).ShouldContain("22:00-08:00");
        (await Wishes(person)).QuietHours!.Text.ShouldBe("22:00-08:00");
        (await person.Say("关闭免打扰")).ShouldContain("免打扰未设置");
        (await person.Say("关闭短信")).ShouldContain("短信关");
        (await person.Say("打开短信")).ShouldContain("短信开");
        (await person.Say("通知设置")).ShouldContain("可以回复");
    }

    [Theory]
    [InlineData("免打扰 晚上")]
    [InlineData("免打扰")]
    [InlineData("怎么设置免打扰")]
    [InlineData("免打扰 25:00-8:00")]
    public async Task Who_says_no_time_that_can_be_read_is_told_how_to_write_it(string words)
    {
        var person = Pushes.ToOfficial(App);
        (await person.Say(words)).ShouldContain("例如：免打扰 22:00-8:00");
        (await Wishes(person)).QuietHours.ShouldBeNull("nothing was changed");
    }

    [Theory]
    [InlineData("别再给我发消息了")]
    [InlineData("不要再发了")]
    public async Task Enough_is_said_in_other_words_and_taken_back_in_one(string words)
    {
        var person = Pushes.ToOfficial(App);
        (await person.Say("恢复")).ShouldNotContain("已恢复", Case.Sensitive, "nothing to recover");
        (await person.Say(words)).ShouldContain("已退订");
        (await Wishes(person)).KindsOff.ShouldBe(NotificationPreferences.Switchable, ignoreOrder: true);
        (await person.Say("恢复")).ShouldContain("已恢复");
        (await Wishes(person)).KindsOff.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("不要再发货了")]
    [InlineData("别发了")]
    [InlineData("不要再发短信给收件人")]
    public void Who_speaks_of_something_else_is_not_unsubscribed(string words) => PushWishes.Wish.ReadLoosely(words).ShouldBeNull();

    private async Task<NotificationPreferences> Wishes(Pushes person)
    {
        var customer = await RecogniseCustomer.Execute(App.Get<Db>(), App.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(person.OpenId), null), default);
        return await CustomerPreferences.Of(App.Get<Db>(), customer, default);
    }
}
