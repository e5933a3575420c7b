using Courier.Kernel.Data;
using Courier.Services.Network.Codes;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>Pickup codes in the chat: pasted messages are kept, listed with what the family has, and marked as fetched.</summary>
public sealed class CollectingPickupCodes(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    private const string Sms = "【菜鸟驿站】您的圆通快递已到文三路店，请凭取件码8-2-3012及时领取。", Other = "【丰巢】您有中通快递已放入望江家园丰巢柜，取件码 83920175，24小时内免费。";

    [Fact]
    public async Task A_pasted_message_is_kept_and_answered_with_the_wallet()
    {
        var me = new Sender(gateway.App);
        var answer = await me.Say(Sms);
        answer.ShouldStartWith("已收好这个取件码。\n待取的快递（按免费保管时间排序）：\n1. 8-2-3012　");
        answer.ShouldContain("圆通");
        answer.ShouldContain("/app/#/pages/codes/codes");
        (await me.Say(Sms)).ShouldStartWith("这个取件码已经收好了。\n");
        var both = await me.Say(Other);
        both.ShouldContain("8-2-3012");
        both.ShouldContain("83920175");
    }

    [Fact]
    public async Task The_same_message_with_a_new_end_of_the_free_time_is_said_to_count()
    {
        var me = new Sender(gateway.App);
        await me.Say("【妈妈驿站】您的包裹已到百花店，取件码5-1-1111，18小时内免费");
        (await me.Say("【妈妈驿站】您的包裹已到百花店，取件码5-1-1111，18小时内免费")).ShouldStartWith("这个取件码已经收好了。");
        (await me.Say("【妈妈驿站】您的包裹已到百花店，取件码5-1-1111，请于明天20:00前取件免费")).ShouldStartWith("这个取件码之前已收好，免费保管时间按新的记。");
    }

    [Fact]
    public async Task Several_codes_of_what_was_pasted_are_all_kept_and_said()
    {
        var me = new Sender(gateway.App);
        var answer = await me.Say("【菜鸟驿站】您有2个包裹已到文三路店，请凭取件码8-2-3012、8-2-3015及时领取。" + Other);
        answer.ShouldStartWith("已收好 3 个取件码：8-2-3012、8-2-3015、83920175。\n待取的快递");
        answer.ShouldContain("\n3. ");
        (await me.Say("【菜鸟驿站】您有2个包裹已到文三路店，请凭取件码8-2-3012、8-2-4001及时领取。")).ShouldStartWith("已收好 1 个取件码：8-2-4001；另外 1 个之前已收好。\n");
    }

    [Fact]
    public async Task One_that_was_fetched_goes_from_the_list()
    {
        var me = new Sender(gateway.App);
        await me.Say(Sms);
        await me.Say(Other);
        var listed = await me.Say("取件码");
        var first = listed.Split('\n').Single(l => l.StartsWith("1. ", StringComparison.Ordinal));
        var answer = await me.Say("已取 1");
        answer.ShouldStartWith("好的，已记下取走了。\n");
        answer.ShouldNotContain(first[3..].Split('　')[0]);
        (await me.Say("取走了1")).ShouldContain("现在没有待取的快递");
    }

    [Fact]
    public async Task One_that_was_fetched_may_be_named_by_its_code()
    {
        var me = new Sender(gateway.App);
        await me.Say(Sms);
        (await me.Say("已取 9-9-9999")).ShouldStartWith("待取的快递里没有取件码 9-9-9999。\n");
        (await me.Say("已取 8-2-3012")).ShouldStartWith("好的，已记下取走了。\n");
        (await me.Say("取件码")).ShouldNotContain("8-2-3012");
    }

    [Theory]
    [InlineData("取件码")]
    [InlineData("我的取件码")]
    [InlineData("9")]
    public async Task Who_has_none_is_told_how_to_collect_them(string words) => (await new Sender(gateway.App).Say(words)).ShouldStartWith("现在没有待取的快递。");

    [Fact]
    public async Task The_familys_codes_bear_their_names()
    {
        var (me, mother) = (new Sender(gateway.App), new Sender(gateway.App));
        var (db, keys) = (gateway.App.Get<Db>(), gateway.App.Get<DataKeys>());
        var invite = await Family.Invite(db, keys, gateway.App.Clock, await me.Customer(), "小明", default);
        await Family.Accept(db, keys, gateway.App.Clock, await mother.Customer(), invite.Token, "妈妈", default);
        await mother.Say(Sms);
        (await me.Say("取件码")).ShouldContain("（妈妈的）");
        (await mother.Say("取件码")).ShouldNotContain("（妈妈的）");
        (await me.Say("已取 1")).ShouldStartWith("好的，已记下取走了。");
        (await mother.Say("取件码")).ShouldStartWith("现在没有待取的快递。");
    }

    [Theory]
    [InlineData("取件码8-2-3012打不开柜子怎么办")]
    [InlineData("您的验证码是 482910，5 分钟内有效，请勿告诉他人。")]
    [InlineData("取件码是多少")]
    [InlineData("8-2-3012")]
    public async Task These_are_no_message_with_a_code(string text) => (await new Sender(gateway.App).Say(text)).ShouldNotContain("已收好");
}
