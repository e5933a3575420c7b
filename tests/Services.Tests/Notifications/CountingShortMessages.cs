using Courier.Services.Notifications;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Notifications;

public sealed class CountingShortMessages
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void Seventy_characters_are_one_and_longer_ones_have_parts_of_sixty_seven(int characters, int segments) =>
        SmsText.Segments(new string('字', characters)).ShouldBe(segments);

    [Fact]
    public void A_short_message_has_its_signature_and_asks_for_no_answer_in_the_chat() =>
        SmsText.Of("您的快件 CY1 这次没有派送成功。\n想改时间或改地址，请回复“人工”。\n时间：11月22日 09:30", "【快递】").ShouldBe("【快递】您的快件 CY1 这次没有派送成功。时间：11月22日 09:30。");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_warning_as_a_short_message_offers_no_choices(bool mayRedirect)
    {
        var promised = new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.FromHours(8));
        var late = new ParcelLateExpected("p", WaybillNumber.Parse("CR1234567890128"), promised, "预计11月25日 14:00–18:00 送达", "", 3, 1);
        var text = SmsText.Of(WarningNotice.Text(late, mayRedirect), "【快递】");
        text.ShouldBe("【快递】抱歉，您的快件 CR1234567890128 可能赶不上承诺的时间（11月24日 18:00 前）。目前预计11月25日 14:00–18:00 送达。");
    }

    [Fact]
    public void Of_several_changes_a_template_tells_the_most_important_and_the_number_of_the_others()
    {
        var keys = new ParcelTemplateKeys();
        var values = new Dictionary<string, string> { ["thing4"] = "近江柜", ["thing5"] = "取件码 2443" };
        ParcelNotice.WithMore(values, keys, 2)!["thing4"].ShouldBe("另有2件更新；近江柜");
        ParcelNotice.WithMore(new Dictionary<string, string>(values) { ["thing5"] = "请留意" }, keys, 2)!["thing5"].ShouldBe("另有2件更新；请留意");
        ParcelNotice.WithMore(new Dictionary<string, string> { ["thing5"] = "取件码2443 近江柜" }, keys, 2)!["thing5"].ShouldBe("取件码2443 另有2件更新；近江柜");
        ParcelNotice.WithMore(values, keys, 0).ShouldBeSameAs(values);
    }
}
