using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Tests.Addresses;

public sealed class ReadingPickupTexts
{
    [Fact]
    public void Our_cases_are_read_rightly()
    {
        var rows = Cases.Of("pickup_cases.jsonl");
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            var (raw, expect) = (row.GetProperty("raw").GetString()!, row.GetProperty("expect"));
            var read = PickupText.Read(raw);
            var right = (read?.Code ?? "") == expect.GetProperty("code").GetString() && (read?.Carrier ?? PickupText.CarrierIn(raw)) == expect.GetProperty("carrier").GetString()
                && (!expect.TryGetProperty("place", out var place) || read?.Place == place.GetString());
            if (!right) wrong.Add($"{raw} → {read?.Code} | {read?.Place} | {read?.Carrier}");
        }
        rows.Count.ShouldBeGreaterThanOrEqualTo(40);
        wrong.Count.ShouldBeLessThanOrEqualTo(rows.Count / 20, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("【菜鸟驿站】您有3个包裹，凭取件码 8-2-3012、8-2-3015，9-1-2001 到文三路店领取", "8-2-3012 8-2-3015 9-1-2001")]
    [InlineData("取件码123456和654321，请到驿站领取", "123456 654321")]
    [InlineData("取件码8-2-3012，2026-11-22前领取", "8-2-3012")]
    [InlineData("取件码123456，13800001111", "123456")]
    [InlineData("取件码8-2-3012、8-2-3012", "8-2-3012")]
    public void Each_code_of_a_message_is_read(string text, string codes)
    {
        var read = PickupText.ReadAll(text);
        string.Join(' ', read.Select(n => n.Code)).ShouldBe(codes);
        read.Select(n => (n.Place, n.Carrier)).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("您的验证码是 123456，请勿泄露")]
    [InlineData("晚上一起吃饭吗")]
    public void A_text_without_a_pickup_code_is_none(string text) => PickupText.Read(text).ShouldBeNull();

    [Fact]
    public void A_code_is_not_written_to_logs() => PickupText.Read("取件码 24-4-3882")!.ToString().ShouldNotContain("3882");
}
