using System.Net;
using System.Text.Json;

namespace Courier.MiniProgramApi.Tests;

/// <summary>What was quoted is what the order costs, line by line, for each way of handing over.</summary>
public sealed class OrderingAtTheQuotedPrice : IAsyncLifetime
{
    private static readonly object From = new { province = "广东省", city = "深圳市", district = "南山区" }, To = new { province = "上海市", city = "上海市", district = "浦东新区" };

    private readonly ApiApp _app = new() { Demo = true };

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("door")]
    [InlineData("locker")]
    [InlineData("outlet")]
    public async Task A_light_a_large_and_an_insured_parcel_cost_what_each_product_was_quoted_for(string way)
    {
        var me = await _app.ACustomer();
        var codes = new HashSet<string>();
        foreach (var (goods, declared) in new (object, long?)[]
        {
            (new { kind = "clothing", weightGrams = 900 }, null),
            (new { kind = "clothing", weightGrams = 900, lengthMm = 300, widthMm = 250, heightMm = 200 }, null),
            (new { kind = "clothing", weightGrams = 2600 }, 300_000),
        })
        {
            var quote = await ApiApp.Send(me, HttpMethod.Post, "quotes", new { from = From, to = To, goods, insuredFen = declared, pickup = way, at = way == "door" ? Slot : (DateTimeOffset?)null });
            quote.Status.ShouldBe(HttpStatusCode.OK, quote.Text);
            foreach (var option in quote.Json.GetProperty("options").EnumerateArray().Take(2))
            {
                var order = await ApiApp.Send(me, HttpMethod.Post, "orders", Order(way, goods, declared, quote.Json.GetProperty("quoteId").GetString()!, option.GetProperty("product").GetString()!));
                order.Status.ShouldBe(HttpStatusCode.Created, order.Text);
                var parcel = order.Json.GetProperty("shipments")[0];
                order.Json.GetProperty("totalFen").GetInt64().ShouldBe(option.GetProperty("totalFen").GetInt64());
                Lines(parcel).ShouldBe(Lines(option));
                Lines(parcel).Sum(l => l.Fen).ShouldBe(option.GetProperty("totalFen").GetInt64());
                codes.UnionWith(Lines(parcel).Select(l => l.Code));
            }
        }
        codes.ShouldContain("further", "the large parcel is charged by its volume");
        codes.ShouldContain("insurance");
        codes.Contains("drop_off").ShouldBe(way != "door");
    }

    [Theory]
    [InlineData("outlet", 900, null, "another way of handing over")]
    [InlineData("door", 1900, null, "another weight")]
    [InlineData("door", 900, 100L, "another value")]
    public async Task An_order_that_differs_from_its_quote_is_refused(string way, int grams, long? declared, string difference)
    {
        var me = await _app.ACustomer();
        var quote = await ApiApp.Send(me, HttpMethod.Post, "quotes", new { from = From, to = To, goods = new { kind = "clothing", weightGrams = 900 }, insuredFen = 300_000, pickup = "door", at = Slot });
        var order = Order(way, new { kind = "clothing", weightGrams = grams }, declared ?? 300_000, quote.Json.GetProperty("quoteId").GetString()!, "standard");
        var refused = await ApiApp.Send(me, HttpMethod.Post, "orders", order);
        refused.ShouldBeRefused(HttpStatusCode.Conflict, "order.quote_mismatch");
        refused.Text.ShouldNotBeEmpty(difference);
    }

    private DateTimeOffset Slot => new(_app.App.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date.AddDays(1).AddHours(13), TimeSpan.FromHours(8));

    private object Order(string way, object goods, long? declared, string quote, string product) => new
    {
        kind = way, sender = Contact("王小明", "13700001111", "广东省", "深圳市", "南山区", "粤海街道科苑路8号"), recipient = Contact("李小雷", "13800002222", "上海市", "上海市", "浦东新区", "世纪大道 2 号"),
        goods, declaredFen = declared, quoteId = quote, product, slot = way == "door" ? Slot : (DateTimeOffset?)null,
        lockerCode = way == "locker" ? "SZL001" : null, outletCode = way == "outlet" ? "SZ001" : null,
    };

    private static object Contact(string name, string phone, string province, string city, string district, string detail) => new { name, phone, province, city, district, detail };

    private static List<(string Code, long Fen)> Lines(JsonElement of) =>
        [.. of.GetProperty("lines").EnumerateArray().Select(l => (l.GetProperty("code").GetString()!, l.GetProperty("fen").GetInt64()))];
}
