using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>Where parcels may be left, as people say it in the chat.</summary>
public sealed class DecidingWhereParcelsGo(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    [Theory]
    [InlineData("不要放快递柜", ConsentKind.Locker, false)]
    [InlineData("以后别给我放丰巢了", ConsentKind.Locker, false)]
    [InlineData("快递不要再放驿站了！", ConsentKind.Station, false)]
    [InlineData("别把我的快递扔门口", ConsentKind.FrontDoor, false)]
    [InlineData("不要交给邻居", ConsentKind.Neighbour, false)]
    [InlineData("可以放门口", ConsentKind.FrontDoor, true)]
    [InlineData("同意放快递柜。", ConsentKind.Locker, true)]
    [InlineData("放门口就行", ConsentKind.FrontDoor, true)]
    [InlineData("放驿站也可以", ConsentKind.Station, true)]
    public void These_decide(string words, ConsentKind kind, bool isGiven) =>
        ConsentWishes.Read(Kernel.HalfWidth.Of(words)).ShouldBe(new ConsentDecision(kind, null, null, isGiven));

    [Theory]
    [InlineData("可以放门口吗")]
    [InlineData("为什么放快递柜")]
    [InlineData("快递柜")]
    [InlineData("我的快递放门口丢了")]
    [InlineData("谁让你们放驿站的")]
    [InlineData("放快递柜")]
    [InlineData("不要")]
    [InlineData("可以放物业吗")]
    public void These_decide_nothing(string words) => ConsentWishes.Read(words).ShouldBeNull();

    [Fact]
    public async Task It_is_kept_as_evidence_and_told_and_can_be_changed()
    {
        var me = new Sender(gateway.App);
        var db = gateway.App.Get<Db>();
        (await me.Say("不要放快递柜")).ShouldStartWith("记下了：以后您的快件不放快递柜");
        var held = (await Consents.Of(db, await me.Customer(), default)).ShouldHaveSingleItem();
        (held.Kind, held.IsGiven, held.Channel).ShouldBe((ConsentKind.Locker, false, ConsentChannel.Chat));
        (await Consents.Allows(db, await me.Customer(), null, null, ConsentKind.Locker, default)).IsAllowed.ShouldBeFalse();
        (await me.Say("可以放快递柜")).ShouldStartWith("记下了：" + ConsentWordings.Of(ConsentKind.Locker));
        (await Consents.Allows(db, await me.Customer(), null, null, ConsentKind.Locker, default)).IsAllowed.ShouldBeTrue();
    }
}
