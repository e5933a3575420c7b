using System.Net;
using System.Text.Json;
using Courier.Kernel;

namespace Courier.MiniProgramApi.Tests;

public sealed class AskingBeforePacking(ApiApp api) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task A_hundred_goods_have_a_verdict_and_what_may_be_sent_has_advice_a_box_and_a_price()
    {
        var goods = Goods();
        goods.Count.ShouldBeGreaterThanOrEqualTo(100);
        var wrong = new List<string>();
        foreach (var (words, verdict, air, box) in goods)
        {
            api.App.Clock.Advance(TimeSpan.FromSeconds(2)); // guests are counted by the minute
            var answer = await Ask(words);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            if (Seen(answer.Json) is var seen && seen != (verdict, air, box)) wrong.Add($"{words}: {seen} instead of {(verdict, air, box)}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_example_is_the_price_of_the_suggested_box_between_the_places_asked_for()
    {
        var answer = (await Ask("12瓶白酒", "&from=宜宾&to=北京")).Json;
        var box = answer.GetProperty("box");
        (box.GetProperty("code").GetString(), box.GetProperty("parcels").GetInt64(), box.GetProperty("parcelGrams").GetInt64()).ShouldBe(("wine_6", 2, 7500));
        var example = answer.GetProperty("example");
        (example.GetProperty("from").GetString(), example.GetProperty("to").GetString()).ShouldBe(("四川省宜宾市", "北京市"));
        var parcel = example.GetProperty("parcelFen").GetInt64();
        example.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("fen").GetInt64()).ShouldBe(parcel);
        example.GetProperty("totalFen").GetInt64().ShouldBe(2 * parcel);
        answer.GetProperty("packing").GetString()!.ShouldContain("气柱袋");

        var quote = await api.Send(HttpMethod.Post, "quotes", new
        {
            from = new { city = "宜宾" }, to = new { city = "北京" }, packaging = "wine_6",
            goods = new
            {
                kind = answer.GetProperty("kind").GetString(), weightGrams = 7500, lengthMm = box.GetProperty("lengthMm").GetInt64(), widthMm = box.GetProperty("widthMm").GetInt64(), heightMm = box.GetProperty("heightMm").GetInt64(),
            },
        });
        quote.Json.GetProperty("options")[0].GetProperty("totalFen").GetInt64().ShouldBe(parcel);
    }

    [Fact]
    public async Task What_is_not_known_is_said_so_with_general_advice()
    {
        var answer = (await Ask("一朵云彩")).Json;
        (answer.GetProperty("verdict").GetString(), answer.GetProperty("byAir").ValueKind, answer.GetProperty("box").ValueKind).ShouldBe(("unknown", JsonValueKind.Null, JsonValueKind.Null));
        answer.GetProperty("reason").GetString()!.ShouldContain("一朵云彩");
        answer.GetProperty("packing").GetString()!.ShouldContain("缓冲");
    }

    [Theory]
    [InlineData("", "", "q")]
    [InlineData("红酒", "&from=月球", "from")]
    [InlineData("红酒", "&to=广东省", "to")]
    public async Task A_wrong_field_is_named(string q, string more, string field)
    {
        var answer = await Ask(q, more);
        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        answer.Json.GetProperty("field").GetString().ShouldBe(field);
    }

    private Task<Answer> Ask(string words, string more = "") => api.Send(HttpMethod.Get, $"goods/advice?q={Uri.EscapeDataString(words)}{more}");

    private static (string? Verdict, string Air, string Box) Seen(JsonElement answer)
    {
        var box = answer.GetProperty("box");
        if (box.ValueKind == JsonValueKind.Object)
        {
            answer.GetProperty("packing").GetString()!.Length.ShouldBeGreaterThan(10);
            answer.GetProperty("example").GetProperty("parcelFen").GetInt64().ShouldBeGreaterThan(0);
        }
        return (
            answer.GetProperty("verdict").GetString(), answer.GetProperty("byAir").ValueKind == JsonValueKind.True ? "yes" : "no",
            box.ValueKind == JsonValueKind.Object ? box.GetProperty("code").GetString()! : "");
    }

    private static List<(string Words, string Verdict, string Air, string Box)> Goods()
    {
        using var stream = typeof(AskingBeforePacking).Assembly.GetManifestResourceStream("goods-advice.csv")!;
        using var reader = new StreamReader(stream);
        return [.. Csv.Read(reader).Select(r => (r["words"], r["verdict"], r["air"], r["box"]))];
    }
}
