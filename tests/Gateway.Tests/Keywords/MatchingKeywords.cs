using Courier.Kernel;
using Courier.WechatGateway.Keywords;

namespace Courier.Gateway.Tests.Keywords;

public sealed class MatchingKeywords
{
    [Theory]
    [InlineData("1", "")]
    [InlineData("１", "")]
    [InlineData("1。", "")]
    [InlineData("1.", "")]
    [InlineData("回复1", "")]
    [InlineData("回复 1", "")]
    [InlineData("按1", "")]
    [InlineData("1 CY1234567890128", "CY1234567890128")]
    [InlineData("1，CY1234567890128", "CY1234567890128")]
    [InlineData("1+CY1234567890128", "CY1234567890128")]
    [InlineData("12", null)]
    [InlineData("1A", null)]
    [InlineData("21", null)]
    [InlineData("第1", null)]
    public void A_number_is_read_as_people_send_it(string text, string? rest) =>
        Row("1", KeywordMatch.Number).RestOf(HalfWidth.Of(text).Trim()).ShouldBe(rest);

    [Theory]
    [InlineData((int)KeywordMatch.Exact, "人工", "人工", true)]
    [InlineData((int)KeywordMatch.Exact, "人工", "人工！", true)]
    [InlineData((int)KeywordMatch.Exact, "人工", "人工智能", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "快点给我转人工啊", true)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "人工", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "不要转人工", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "先别给我转人工", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "能不能转人工", true)]
    [InlineData((int)KeywordMatch.Exact, "?", "？", true)]
    [InlineData((int)KeywordMatch.Exact, "人工", "?", false)]
    [InlineData((int)KeywordMatch.Prefix, "核对", "核对 CY1", true)]
    [InlineData((int)KeywordMatch.Prefix, "核对", "我要核对", false)]
    [InlineData((int)KeywordMatch.Exact, "help", "HELP", true)]
    public void The_kinds_of_match(int kind, string word, string text, bool matches) =>
        (Row(word, (KeywordMatch)kind).RestOf(HalfWidth.Of(text).Trim()) is not null).ShouldBe(matches);

    [Theory]
    [InlineData("08:00-20:00", 10, true)]
    [InlineData("08:00-20:00", 20, false)]
    [InlineData("08:00-20:00", 7, false)]
    [InlineData("22:00-06:00", 23, true)]
    [InlineData("22:00-06:00", 5, true)]
    [InlineData("22:00-06:00", 12, false)]
    [InlineData("20:00-24:00", 23, true)]
    [InlineData("", 3, true)]
    public void A_keyword_holds_in_its_hours_in_China(string hours, int hour, bool holds) =>
        (Row("x", KeywordMatch.Exact) with { Hours = hours }).IsValid(new DateTimeOffset(2026, 11, 22, hour, 0, 0, TimeSpan.FromHours(8))).ShouldBe(holds);

    [Fact]
    public void A_keyword_holds_between_its_dates()
    {
        var day = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.FromHours(8));
        var row = Row("双十二", KeywordMatch.Exact) with { ValidFrom = day, ValidUntil = day.AddDays(1) };
        row.IsValid(day.AddTicks(-1)).ShouldBeFalse();
        row.IsValid(day).ShouldBeTrue();
        row.IsValid(day.AddDays(1)).ShouldBeFalse();
    }

    private static Keyword Row(string word, KeywordMatch match) => new()
    {
        Id = "1", Word = word, MatchKind = match, Command = "human",
    };
}
