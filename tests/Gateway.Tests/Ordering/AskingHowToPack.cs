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

    [Theory]
    [InlineData("寄手机多少钱", "【手机】有条件可以寄")]
    [InlineData("寄衣服多少钱", "【衣服】可以寄")]
    [InlineData("寄一箱苹果多少钱", "【水果】有条件可以寄")]
    public async Task Who_asks_what_it_costs_hears_the_verdict_and_is_asked_where_to(string words, string verdict)
    {
        var sender = new Sender(gateway.App);
        var answer = await sender.Say(words);
        answer.ShouldStartWith(verdict);
        answer.ShouldEndWith("要寄到哪里呢？直接回复城市，例如：北京。也可以一次说全：运费 深圳 北京 3kg");
        (await sender.Say("北京")).ShouldStartWith("从哪里寄出呢？");
    }

    [Fact]
    public async Task Who_names_several_goods_and_a_place_hears_of_all_and_is_asked_only_for_what_is_missing()
    {
        var answer = await new Sender(gateway.App).Say("我要寄笔记本电脑和充电宝去北京多少钱");
        answer.ShouldContain("【笔记本电脑】有条件可以寄");
        answer.ShouldContain("【充电宝】有条件可以寄");
        answer.ShouldContain("\n\n从哪里寄出呢？");
    }
}
