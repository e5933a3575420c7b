using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;

namespace Courier.Gateway.Tests.Replying;

public sealed class WhenAPersonAnswers(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private readonly Pushes _me = Pushes.ToOfficial(gateway.App);

    private CourierApp App => gateway.App;

    [Theory]
    [InlineData("人工")]
    [InlineData("0")]
    [InlineData("转人工")]
    [InlineData("我要找人工客服")]
    [InlineData("人工！")]
    public async Task The_wish_for_a_person_opens_a_conversation_with_a_number(string text)
    {
        var answer = await Pushes.ToOfficial(App).Say(text);
        answer.ShouldMatch(@"C\d{8}-\d+");
        answer.ShouldContain("退出人工");
    }

    [Theory]
    [InlineData("我上周三寄出去的包裹到现在还停在杭州转运中心没有任何动静，打了好几次电话都没有人接，里面是给老人的药，真的非常着急，已经等了整整五天了，麻烦马上帮我转人工客服处理")]
    [InlineData("我要转人工，包裹三天没动静了，问了网点说不知道，问了快递员也说不知道，打电话一直占线，到底是丢了还是怎么了，能不能给我一个准确的说法，我急着要用里面的东西")]
    [InlineData("轉人工")]
    public async Task However_long_the_wish_is_it_is_heard(string text)
    {
        var person = Pushes.ToOfficial(App);
        (await person.Say(text)).ShouldMatch(@"C\d{8}-\d+");
        (await App.Get<Db>().First<long>("select count(*) from conversations_conversations where topic = @text", new { text })).ShouldBe(1);
    }

    [Theory]
    [InlineData("不要人工")]
    [InlineData("我不要人工服务")]
    [InlineData("不需要人工客服")]
    [InlineData("先不找人工")]
    public async Task Who_wants_nobody_gets_nobody_and_is_still_answered(string text)
    {
        var person = Pushes.ToOfficial(App);
        (await person.Say(text)).ShouldNotMatch(@"C\d{8}-\d+");
        (await person.Say("帮助")).ShouldContain("回复 1");
    }

    [Fact]
    public async Task The_name_of_a_command_is_a_word_like_any_other_when_it_is_typed()
    {
        await _me.Say("人工");
        (await _me.Say("human")).ShouldBeEmpty();
        (await _me.Say("leave_human")).ShouldBeEmpty();
        (await Transcript()).Select(m => m.Text).ShouldContain("human");
        (await _me.Tell(_me.EventXml("CLICK", "<EventKey>leave_human</EventKey>"))).ShouldContain("自助");
    }

    [Fact]
    public async Task The_bot_is_silent_then_and_keeps_what_is_said_for_the_person()
    {
        await _me.Say("人工");
        (await _me.Say("我的快递三天没动了")).ShouldBeEmpty();
        (await _me.Tell(_me.Xml("image", "<PicUrl>http://x/y</PicUrl><MediaId>m9</MediaId><MsgId>31</MsgId>"))).ShouldBeEmpty();
        (await _me.Tell(_me.EventXml("CLICK", "<EventKey>guidance</EventKey>"))).ShouldBeEmpty();
        (await _me.Tell(_me.EventXml("SCAN", "<EventKey>wb_CY1234567890128</EventKey><Ticket>t</Ticket>"))).ShouldBeEmpty();
        var said = await Transcript();
        said.ShouldContain(m => m.Kind == "scan" && m.Text == "wb_CY1234567890128");
        said.ShouldContain(m => m.Kind == "text" && m.Text == "我的快递三天没动了");
        said.ShouldContain(m => m.Kind == "image" && m.MediaId == "m9");
    }

    [Fact]
    public async Task A_repeated_callback_is_kept_once_though_the_memory_is_gone()
    {
        await _me.Say("人工");
        await _me.Say("在吗，急", msgId: 77);
        App.Clock.Advance(TimeSpan.FromMinutes(5)); // the answer is forgotten, as after a crash
        await _me.Say("在吗，急", msgId: 77);
        (await Transcript()).Count(m => m.Text == "在吗，急").ShouldBe(1);
    }

    [Fact]
    public async Task Who_waits_hears_the_place_in_the_queue_and_can_go_back_to_the_bot()
    {
        await _me.Say("人工");
        (await _me.Say("人工")).ShouldMatch(@"C\d{8}-\d+");
        (await _me.Say("退出人工")).ShouldContain("自助");
        (await _me.Say("帮助")).ShouldContain("回复 1");
        (await _me.Say("退出人工")).ShouldContain("没有人工会话");
    }

    [Fact]
    public async Task Wishes_about_pushes_are_heeded_and_kept_for_the_person_too()
    {
        await _me.Say("人工");
        (await _me.Say("退订")).ShouldContain("已退订");
        (await _me.Say("免打扰 22:00-8:00")).ShouldContain("22:00-08:00");
        (await _me.Say("通知设置")).ShouldContain("可以回复");
        (await _me.Say("怎么退订会员")).ShouldBeEmpty("something else: the person will answer");
        var customer = await RecogniseCustomer.Execute(App.Get<Db>(), App.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(_me.OpenId), null), default);
        var wishes = await CustomerPreferences.Of(App.Get<Db>(), customer, default);
        wishes.KindsOff.ShouldNotBeEmpty();
        wishes.QuietHours!.Text.ShouldBe("22:00-08:00");
        (await Transcript()).Select(m => m.Text).Where(t => t.Length > 0).ShouldBe(["退订", "免打扰 22:00-8:00", "通知设置", "怎么退订会员"], ignoreOrder: false);
    }

    private async Task<IReadOnlyList<ConversationMessage>> Transcript()
    {
        var db = App.Get<Db>();
        var customer = await RecogniseCustomer.Execute(db, App.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(_me.OpenId), null), default);
        var conversation = (await CurrentConversation.Of(db, customer, default))!;
        return await ReadTranscript.Execute(db, App.Get<DataKeys>(), conversation.Id, 0, 100, default);
    }
}
