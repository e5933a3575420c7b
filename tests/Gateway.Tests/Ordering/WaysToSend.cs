using Courier.Kernel;
using Courier.Services.Addresses;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>寄件, by word, number and menu.</summary>
public sealed class WaysToSend(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    [Theory]
    [InlineData("寄件")]
    [InlineData("我要寄件")]
    [InlineData("寄快递")]
    [InlineData("7")]
    [InlineData("回复7")]
    public async Task The_three_ways_are_shown_with_links_that_fill_the_form(string words)
    {
        var answer = await new Sender(gateway.App).Say(words);
        foreach (var way in new[] { "door", "locker", "outlet" }) answer.ShouldMatch($"\nhttp[^\n]+/app/#/pages/send/send\\?pickup={way}\n");
        answer.ShouldContain("/app/#/pages/products/products");
        answer.ShouldContain("禁止寄递");
        answer.ShouldContain("实名");
    }

    [Fact]
    public async Task Who_has_a_usual_address_is_told_when_a_courier_can_come()
    {
        var me = new Sender(gateway.App);
        await me.LivesInShenzhen();
        (await me.Say("寄件")).ShouldMatch(@"【上门取件】您的默认寄件地址（深圳市南山区）最早(今天|明天) \d\d:\d\d-\d\d:\d\d可以上门");
    }

    [Fact]
    public async Task Who_has_a_usual_address_is_told_the_outlets_near_it()
    {
        var me = new Sender(gateway.App);
        (await me.Say("寄件")).ShouldNotContain("离您的默认寄件地址近的");
        await me.LivesInShenzhen();
        (await me.Say("寄件")).ShouldMatch(@"凭寄件码交寄。离您的默认寄件地址近的：\n· [^\n]+（\d\d:\d\d-\d\d:\d\d，[^\n]*深圳市南山区[^\n]+）\n");
    }

    [Fact]
    public async Task Where_no_courier_comes_it_is_said()
    {
        var me = new Sender(gateway.App);
        await Courier.Services.Addresses.Book.KeepAddress.Execute(gateway.App.Get<Kernel.Data.Db>(), gateway.App.Get<Kernel.Data.DataKeys>(), gateway.App.Clock, await me.Customer(),
            new ContactAddress("索朗", Phone.Parse("13700001112"), null, new PostalAddress("西藏自治区", "那曲市", "双湖县", "", "措折罗玛镇1号")), null, defaultSend: true, defaultReceive: false, default);
        (await me.Say("寄件")).ShouldContain("您的默认寄件地址（那曲市双湖县）暂不支持上门");
    }

    [Fact]
    public async Task The_menu_answers_it_too()
    {
        var me = new Sender(gateway.App);
        (await me.Chat.Tell(me.Chat.EventXml("CLICK", "<EventKey>send</EventKey>"))).ShouldStartWith("寄快递有三种方式");
        (await me.Chat.Tell(me.Chat.EventXml("CLICK", "<EventKey>my_orders</EventKey>"))).ShouldStartWith("您现在没有正在办理的寄件订单");
    }

    [Fact]
    public async Task The_guidance_names_it()
    {
        var guidance = await new Sender(gateway.App).Say("帮助");
        guidance.ShouldContain("回复 7");
        guidance.ShouldContain("寄快递");
        guidance.ShouldContain("运费");
    }
}
