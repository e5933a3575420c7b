using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Replies;

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
    [InlineData("1！", "")]
    [InlineData("1?", "")]
    [InlineData("1~", "")]
    [InlineData("(1)", "")]
    [InlineData("（1）", "")]
    [InlineData("【1】", "")]
    [InlineData("“1”", "")]
    [InlineData("回复：1", "")]
    [InlineData("请回复1", "")]
    [InlineData("我选1", "")]
    [InlineData("01", "")]
    [InlineData("1️⃣", "")]
    [InlineData("1，谢谢", "")]
    [InlineData("第1个", "")]
    [InlineData("回复1查询", "")]
    [InlineData("1个包裹没到", "个包裹没到")]
    [InlineData("001", null)]
    [InlineData("0123", null)]
    [InlineData("12", null)]
    [InlineData("1A", null)]
    [InlineData("1.5公斤寄北京", null)]
    [InlineData("1-3天能到吗", null)]
    [InlineData("1:30能送到吗", null)]
    [InlineData("1.13800000000", "13800000000")]
    [InlineData("21", null)]
    [InlineData("第1", null)]
    public void A_number_is_read_as_people_send_it(string text, string? rest) =>
        (Row("1", KeywordMatch.Number) with { Guide = "回复1查询快递" }).RestOf(Ask.Plain(text)).ShouldBe(rest);

    [Theory]
    [InlineData((int)KeywordMatch.Exact, "人工", "人工", true)]
    [InlineData((int)KeywordMatch.Exact, "人工", "人工！", true)]
    [InlineData((int)KeywordMatch.Exact, "人工", "人工智能", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "快点给我转人工啊", true)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "人工", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "不要转人工", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "先别给我转人工", false)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "能不能转人工", true)]
    [InlineData((int)KeywordMatch.Contains, "要人工", "不要人工", false)]
    [InlineData((int)KeywordMatch.Contains, "要人工", "我不要人工服务", false)]
    [InlineData((int)KeywordMatch.Contains, "人工客服", "不需要人工客服", false)]
    [InlineData((int)KeywordMatch.Contains, "要人工", "不需要人工客服", false)]
    [InlineData((int)KeywordMatch.Contains, "找人工", "先不找人工", false)]
    [InlineData((int)KeywordMatch.Contains, "要人工", "不要机器人，我要人工", true)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "要不要转人工", true)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "怎么不给我转人工", true)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "特别需要转人工", true)]
    [InlineData((int)KeywordMatch.Contains, "转人工", "先不转人工……算了，转人工吧", true)]
    [InlineData((int)KeywordMatch.Exact, "?", "？", true)]
    [InlineData((int)KeywordMatch.Exact, "人工", "?", false)]
    [InlineData((int)KeywordMatch.Prefix, "核对", "核对 CY1", true)]
    [InlineData((int)KeywordMatch.Prefix, "核对", "我要核对", false)]
    [InlineData((int)KeywordMatch.Exact, "help", "HELP", true)]
    public void The_kinds_of_match(int kind, string word, string text, bool matches) =>
        (Row(word, (KeywordMatch)kind).RestOf(Ask.Plain(text)) is not null).ShouldBe(matches);

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

    [Fact]
    public void A_text_that_repeats_itself_is_read_in_no_time()
    {
        var again = string.Concat(Enumerable.Repeat("需要", 2000));
        Politeness.Without($"1 {string.Concat(Enumerable.Repeat("拜托了", 2000))}x").ShouldEndWith("x");
        Row("人工", KeywordMatch.Contains).RestOf($"不{again}x人工").ShouldNotBeNull();
        Row("人工", KeywordMatch.Contains).RestOf($"不{again}人工").ShouldBeNull();
    }
}
