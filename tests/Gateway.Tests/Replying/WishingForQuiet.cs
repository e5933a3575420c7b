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
    public void These_are_wishes(string words) => PushWishes.Wish.Read(words).ShouldNotBeNull();

    [Theory]
    [InlineData("免打扰晚上10点到早上8点", "22:00-08:00")]
    [InlineData("免打扰中午12点到下午3点", "12:00-15:00")]
    [InlineData("免打扰22:30-次日早上7:00", "22:30-07:00")]
    public void The_time_of_day_is_read_as_people_say_it(string words, string hours) => PushWishes.Wish.Read(words)!.Done.ShouldContain(hours);

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
