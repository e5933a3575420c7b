using Courier.Services.Network.Codes;

namespace Courier.Services.Tests.Network;

public sealed class FindingCodesInMessages
{
    private const string Station = "【菜鸟驿站】您的圆通包裹已到科苑店，请凭12-3-4567到科苑店领取", Locker = "【丰巢】您的中通快递已到望江家园快递柜，取件码83442190，请及时领取";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)); // a Monday

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
        string.Join('|', PastedCodes.Read(text, Now).Select(c => c.Code)).ShouldBe(codes);

    [Fact]
    public void The_place_may_stand_in_another_line_than_the_code()
    {
        var read = PastedCodes.Read(Station + "\n【丰巢】您的中通快递已到望江家园快递柜\n取件码83442190", Now);
        read.Select(c => (c.Code, c.Place, c.Carrier)).ShouldBe([("12-3-4567", "科苑店", "圆通"), ("83442190", "望江家园快递柜", "中通")]);
    }

    [Fact]
    public void No_more_than_twenty_are_read() =>
        PastedCodes.Read(string.Join('\n', Enumerable.Range(10, 30).Select(i => $"取件码：{i}-3-4567")), Now).Count.ShouldBe(PastedCodes.Most);

    [Fact]
    public void Waybill_and_free_time_are_read_from_each_message_of_its_own()
    {
        var read = PastedCodes.Read("【圆通速递】您的快递YT7712345678901已到科苑店，取货码13-4-3448，18小时内免费\n" + Locker, Now);
        read.Select(c => (c.Code, c.Waybill, c.FreeUntil)).ShouldBe([("13-4-3448", "YT7712345678901", Now.AddHours(18)), ("83442190", "", null)]);
    }
}
