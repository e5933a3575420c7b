namespace Courier.Gateway.Tests.Ordering;

/// <summary>Goods that may be sent are answered with how to pack them, in which box, and what it costs.</summary>
public sealed class AskingHowToPack(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    [Theory]
    [InlineData("两瓶红酒怎么寄")]
    [InlineData("能寄两瓶红酒吗")]
    public async Task Packing_box_and_price_follow_the_verdict(string words)
    {
        var answer = await new Sender(gateway.App).Say(words);
        answer.ShouldContain("有条件可以寄");
        answer.ShouldMatch("\n包装：.+\n箱子：.+厘米.+\n价格例子：.+元（含箱子）\n点开下单：\nhttp[^\n]+/app/#/pages/send/send\\?goods=");
    }

    [Fact]
    public async Task What_is_forbidden_gets_no_advice()
    {
        var answer = await new Sender(gateway.App).Say("打火机能寄吗");
        answer.ShouldContain("【打火机】不能寄");
        answer.ShouldNotContain("包装：");
    }

    [Fact]
    public async Task What_nobody_knows_to_pack_keeps_its_verdict() => (await new Sender(gateway.App).Say("量子纠缠仪能寄吗")).ShouldNotContain("箱子：");
}
