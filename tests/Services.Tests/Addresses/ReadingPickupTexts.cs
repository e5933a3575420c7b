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
    [InlineData("")]
    [InlineData("您的验证码是 123456，请勿泄露")]
    [InlineData("晚上一起吃饭吗")]
    public void A_text_without_a_pickup_code_is_none(string text) => PickupText.Read(text).ShouldBeNull();

    [Fact]
    public void A_code_is_not_written_to_logs() => PickupText.Read("取件码 24-4-3882")!.ToString().ShouldNotContain("3882");
}
