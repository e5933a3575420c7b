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

    [Fact]
    public async Task A_slot_that_costs_something_else_than_the_time_that_was_quoted_is_refused_with_its_own_price()
    {
        var me = await _app.ACustomer();
        var goods = new { kind = "clothing", weightGrams = 900 };
        var night = await ApiApp.Send(me, HttpMethod.Post, "quotes", new { from = From, to = To, goods, pickup = "door", at = Slot.AddHours(10.5) });
        Lines(night.Json.GetProperty("options")[0]).Select(l => l.Code).ShouldContain("night");
        var refused = await ApiApp.Send(me, HttpMethod.Post, "orders", Order("door", goods, null, night.Json.GetProperty("quoteId").GetString()!, "standard"));
        refused.ShouldBeRefused(HttpStatusCode.Conflict, "order.quote_mismatch");
        refused.Json.GetProperty("title").GetString()!.ShouldContain("时段");
        var fresh = refused.Json.GetProperty("quote");
        var option = fresh.GetProperty("options").EnumerateArray().Single(o => o.GetProperty("product").GetString() == "standard");
        Lines(option).Select(l => l.Code).ShouldNotContain("night");
        var placed = await ApiApp.Send(me, HttpMethod.Post, "orders", Order("door", goods, null, fresh.GetProperty("quoteId").GetString()!, "standard"));
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        placed.Json.GetProperty("totalFen").GetInt64().ShouldBe(option.GetProperty("totalFen").GetInt64());
    }

    [Fact]
    public async Task What_must_not_fly_is_not_flown_under_another_kind()
    {
        var me = await _app.ACustomer();
        object Goods(string? name) => new { kind = "daily", name, weightGrams = 900 };
        async Task<JsonElement> Quote(string? name) =>
            (await ApiApp.Send(me, HttpMethod.Post, "quotes", new { from = From, to = To, goods = Goods(name), pickup = "door", at = Slot })).Json;
        static IEnumerable<string?> Products(JsonElement quote) => quote.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("product").GetString());
        Task<Answer> Ordered(string name, JsonElement quote, string product)
        {
            var order = System.Text.Json.Nodes.JsonNode.Parse(ApiApp.Json(Order("door", Goods(name), null, quote.GetProperty("quoteId").GetString()!, product)))!;
            order["goodsConfirmed"] = true;
            return ApiApp.Send(me, HttpMethod.Post, "orders", order.ToJsonString());
        }

        var unnamed = await Quote(null);
        Products(unnamed).ShouldContain("express");
        foreach (var name in new[] { "充电宝", "香水", "移动电源" })
        {
            (await Ordered(name, unnamed, "express")).ShouldBeRefused(HttpStatusCode.Conflict, "order.goods_not_by_air");
            var named = await Quote(name);
            Products(named).ShouldNotContain("express");
            named.GetProperty("unavailable").EnumerateArray().Single(u => u.GetProperty("product").GetString() == "express").GetProperty("reason").GetString()!.ShouldContain("航空");
        }
        (await Ordered("毛巾", unnamed, "express")).Status.ShouldBe(HttpStatusCode.Created);
        var id = (await Ordered("香水", await Quote("香水"), "standard")).Json.GetProperty("id").GetString();
        var byAir = new { shipment = new { quoteId = unnamed.GetProperty("quoteId").GetString(), product = "express" } };
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", byAir)).ShouldBeRefused(HttpStatusCode.Conflict, "order.goods_not_by_air");
    }

    [Theory]
    [InlineData("outlet", "HZ001")]
    [InlineData("locker", "HZL001")]
    public async Task What_is_brought_is_brought_where_the_price_holds_from(string way, string place)
    {
        var me = await _app.ACustomer();
        var goods = new { kind = "clothing", weightGrams = 900 };
        var quote = (await ApiApp.Send(me, HttpMethod.Post, "quotes", new { from = From, to = To, goods, pickup = way })).Json.GetProperty("quoteId").GetString()!;
        var order = System.Text.Json.Nodes.JsonNode.Parse(ApiApp.Json(Order(way, goods, null, quote, "standard")))!;
        order[way + "Code"] = place;
        (await ApiApp.Send(me, HttpMethod.Post, "orders", order.ToJsonString())).ShouldBeRefused(HttpStatusCode.Conflict, "order.place_elsewhere");
        if (way != "locker") return;
        var placed = await ApiApp.Send(me, HttpMethod.Post, "orders", Order(way, goods, null, quote, "standard"));
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        var id = placed.Json.GetProperty("id").GetString();
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/cell", new { lockerCode = place })).ShouldBeRefused(HttpStatusCode.Conflict, "order.place_elsewhere");
        (await ApiApp.Send(me, HttpMethod.Get, $"orders/{id}")).Json.GetProperty("cell").GetProperty("openCode").GetString().ShouldNotBeNullOrEmpty("the cell is kept");
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
