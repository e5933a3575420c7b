using Courier.Services.Network.Codes;

namespace Courier.Services.Tests.Network;

public sealed class FindingCodesInMessages
{
    private const string Station = "【菜鸟驿站】您的圆通包裹已到科苑店，请凭12-3-4567到科苑店领取", Locker = "【丰巢】您的中通快递已到望江家园快递柜，取件码83442190，请及时领取";

    [Theory]
    [InlineData(Station, "12-3-4567")]
    [InlineData(Station + "\n" + Locker, "12-3-4567|83442190")]
    [InlineData(Station + "\r\n\r\n" + Locker + "\n", "12-3-4567|83442190")]
    [InlineData(Station + Locker, "12-3-4567|83442190")]
    [InlineData("您的包裹已到科苑店\n取件码：12-3-4567\n您的包裹已到科苑店\n取件码：12-3-4568", "12-3-4567|12-3-4568")]
    [InlineData(Station + "\n" + Station, "12-3-4567")]
    [InlineData("您的验证码是 123456，请勿泄露\n晚上一起吃饭吗", "")]
    [InlineData("", "")]
    [InlineData("【【【\n【", "")]
    public void Each_message_of_a_pasted_text_gives_its_code(string text, string codes) =>
        string.Join('|', PastedCodes.Read(text).Select(c => c.Code)).ShouldBe(codes);

    [Fact]
    public void The_place_may_stand_in_another_line_than_the_code()
    {
        var read = PastedCodes.Read(Station + "\n【丰巢】您的中通快递已到望江家园快递柜\n取件码83442190");
        read.Select(c => (c.Code, c.Place, c.Carrier)).ShouldBe([("12-3-4567", "科苑店", "圆通"), ("83442190", "望江家园快递柜", "中通")]);
    }

    [Fact]
    public void No_more_than_twenty_are_read() =>
        PastedCodes.Read(string.Join('\n', Enumerable.Range(10, 30).Select(i => $"取件码：{i}-3-4567"))).Count.ShouldBe(PastedCodes.Most);
}
