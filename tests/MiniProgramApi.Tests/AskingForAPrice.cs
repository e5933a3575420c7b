using System.Net;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Rates;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.MiniProgramApi.Tests;

public sealed class AskingForAPrice(ApiApp api) : IClassFixture<ApiApp>
{
    private static object Body(string toProvince = "上海市", string toCity = "上海市", object? goods = null, string? pickup = "door", object? extra = null) => new
    {
        from = new { province = "浙江省", city = "杭州市", district = "西湖区" }, to = new { province = toProvince, city = toCity, district = "" },
        goods = goods ?? new { kind = "clothing", weightGrams = 2600, lengthMm = 400, widthMm = 300, heightMm = 200 }, insuredFen = 300_000, codFen = 0, pickup, extra,
    };

    [Fact]
    public async Task A_guest_sees_each_product_line_by_line_and_an_order_finds_the_same_price()
    {
        var answer = await api.Send(HttpMethod.Post, "quotes", Body());
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var options = answer.Json.GetProperty("options").EnumerateArray().ToList();
        options.Select(o => o.GetProperty("product").GetString()).ShouldBe(["standard", "express", "economy", "heavy"]);
        foreach (var option in options)
            option.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("fen").GetInt64()).ShouldBe(option.GetProperty("totalFen").GetInt64());

        var standard = options[0];
        (standard.GetProperty("totalFen").GetInt64(), standard.GetProperty("listFen").GetInt64(), standard.GetProperty("chargeableGrams").GetInt64(), standard.GetProperty("volumetricGrams").GetInt64())
            .ShouldBe((1400 + 900 + 1500, 3800, 4000, 4000));
        standard.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("code").GetString()).ShouldBe(["first", "further", "insurance"]);
        standard.GetProperty("promisedBy").GetString().ShouldBe("2026-11-24T12:00:00+08:00");
        answer.Json.GetProperty("validUntil").GetDateTimeOffset().ShouldBe(api.App.Clock.GetUtcNow().AddMinutes(30));

        var kept = await Quotes.Find(api.App.Services.GetRequiredService<Db>(), QuoteId.Parse(answer.Json.GetProperty("quoteId").GetString()!), default);
        kept.ShouldNotBeNull().Of("standard")!.TotalFen.ShouldBe(3800);
    }

    [Fact]
    public async Task Without_a_time_the_courier_is_expected_in_the_next_slot_and_what_is_brought_now()
    {
        var slots = await api.Send(HttpMethod.Get, "slots?province=浙江省&city=杭州市&district=西湖区");
        var next = slots.Json.GetProperty("next").GetProperty("from").GetDateTimeOffset();
        (await At("door")).ShouldBe(next);
        (await At(null)).ShouldBe(next);
        (await At("outlet")).ShouldBe(api.App.Clock.GetUtcNow());

        async Task<DateTimeOffset> At(string? pickup)
        {
            var answer = await api.Send(HttpMethod.Post, "quotes", Body(pickup: pickup));
            return (await Quotes.Find(api.App.Services.GetRequiredService<Db>(), QuoteId.Parse(answer.Json.GetProperty("quoteId").GetString()!), default)).ShouldNotBeNull().Request.At;
        }
    }

    [Fact]
    public async Task What_is_called_cheaper_is_the_price_when_it_is_asked_for()
    {
        var answer = await api.Send(HttpMethod.Post, "quotes", Body());
        var ways = answer.Json.GetProperty("options").EnumerateArray().SelectMany(o => o.GetProperty("cheaper").EnumerateArray().Select(w => (Now: o.GetProperty("totalFen").GetInt64(), Way: w))).ToList();
        ways.Select(w => w.Way.GetProperty("kind").GetString()).Distinct().Order().ShouldBe(["drop_off", "other_product", "smaller_box"]);
        foreach (var (now, way) in ways)
        {
            way.GetProperty("why").GetString()!.ShouldContain("可省");
            var again = await api.Send(HttpMethod.Post, "quotes", way.GetProperty("request").GetRawText());
            var total = again.Json.GetProperty("options").EnumerateArray().Single(o => o.GetProperty("product").GetString() == way.GetProperty("product").GetString()).GetProperty("totalFen").GetInt64();
            total.ShouldBe(way.GetProperty("totalFen").GetInt64());
            (now - total).ShouldBe(way.GetProperty("savingFen").GetInt64());
            total.ShouldBeLessThan(now);
        }
    }

    [Fact]
    public async Task Tomorrow_is_named_when_today_costs_more()
    {
        var tonight = new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.FromHours(8));
        var answer = await api.Send(HttpMethod.Post, "quotes", new
        {
            from = new { province = "浙江", city = "杭州" }, to = new { province = "上海" }, goods = new { kind = "书", weightGrams = 900 }, at = tonight,
        });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var standard = answer.Json.GetProperty("options")[0];
        standard.GetProperty("totalFen").GetInt64().ShouldBe(2200);
        standard.GetProperty("cheaper").EnumerateArray().Single(w => w.GetProperty("kind").GetString() == "tomorrow").GetProperty("totalFen").GetInt64().ShouldBe(1400);
    }

    [Fact]
    public async Task What_a_product_does_not_carry_is_told()
    {
        var answer = await api.Send(HttpMethod.Post, "quotes", Body(goods: new { kind = "酒", weightGrams = 1500 }));
        answer.Json.GetProperty("options").EnumerateArray().ShouldNotContain(o => o.GetProperty("product").GetString() == "express");
        answer.Json.GetProperty("unavailable").EnumerateArray().Single().GetProperty("reason").GetString().ShouldBe("走航空运输，不能寄液体类物品");
    }

    [Fact]
    public async Task What_nobody_carries_is_refused() =>
        (await api.Send(HttpMethod.Post, "quotes", Body(goods: new { kind = "other", weightGrams = 900_000 }))).ShouldBeRefused(HttpStatusCode.Conflict, "quote.not_carried");

    [Theory]
    [InlineData("""{}""", "goods")]
    [InlineData("""{"goods":{"weightGrams":1},"to":{"city":"深圳市"}}""", "from")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"}}""", "to")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"},"to":{"province":"广东省"}}""", "to.city")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"},"to":{"province":"大清","city":"x"}}""", "to.province")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"province":"浙江省","city":"深圳市"},"to":{"city":"深圳市"}}""", "from.city")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市","district":"西湖区"},"to":{"city":"深圳市"}}""", "from.district")]
    [InlineData("""{"goods":{"weightGrams":0},"from":{"city":"深圳市"},"to":{"city":"深圳市"}}""", "goods.weightGrams")]
    [InlineData("""{"goods":{},"from":{"city":"深圳市"},"to":{"city":"深圳市"}}""", "goods.weightGrams")]
    [InlineData("""{"goods":{"weightGrams":9223372036854775807},"from":{"city":"深圳市"},"to":{"city":"深圳市"}}""", "goods.weightGrams")]
    [InlineData("""{"goods":{"weightGrams":1,"lengthMm":10},"from":{"city":"深圳市"},"to":{"city":"深圳市"}}""", "goods.lengthMm")]
    [InlineData("""{"goods":{"weightGrams":1,"lengthMm":10,"widthMm":-1,"heightMm":1},"from":{"city":"深圳市"},"to":{"city":"深圳市"}}""", "goods.widthMm")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"},"to":{"city":"深圳市"},"insuredFen":-1}""", "insuredFen")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"},"to":{"city":"深圳市"},"codFen":100000001}""", "codFen")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"},"to":{"city":"深圳市"},"pickup":"drone"}""", "pickup")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"},"to":{"city":"深圳市"},"packaging":"a very long name of a box"}""", "packaging")]
    [InlineData("""{"goods":{"weightGrams":1},"from":{"city":"深圳市"},"to":{"city":"深圳市"},"at":"2020-01-01T00:00:00Z"}""", "at")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var answer = await api.Send(HttpMethod.Post, "quotes", body);
        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        answer.Json.GetProperty("field").GetString().ShouldBe(field);
    }

    [Theory]
    [InlineData("""{"goods":{"weightGrams":"heavy"}}""")]
    [InlineData("""[]""")]
    [InlineData("""{"goods":""")]
    public async Task A_body_that_is_none_is_refused(string body) => (await api.Send(HttpMethod.Post, "quotes", body)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_repeated_key_is_the_same_quote()
    {
        using var customer = await api.ACustomer();
        var first = await ApiApp.Send(customer, HttpMethod.Post, "quotes", Body(), "quote-key-1");
        var second = await ApiApp.Send(customer, HttpMethod.Post, "quotes", Body(), "quote-key-1");
        second.Json.GetProperty("quoteId").GetString().ShouldBe(first.Json.GetProperty("quoteId").GetString());
    }

    [Fact]
    public async Task Each_product_has_a_page_with_promise_example_limits_and_the_link_to_order()
    {
        var list = await api.Send(HttpMethod.Get, "products");
        list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
        var products = list.Json.GetProperty("items").EnumerateArray().ToList();
        products.Select(p => p.GetProperty("code").GetString()).ShouldBe(["standard", "express", "economy", "heavy"]);
        foreach (var listed in products)
        {
            var code = listed.GetProperty("code").GetString();
            var page = (await api.Send(HttpMethod.Get, "products/" + code)).Json;
            JsonElement.DeepEquals(page, listed).ShouldBeTrue();
            page.GetProperty("introduction").GetString()!.Length.ShouldBeGreaterThan(30);
            page.GetProperty("promise").GetString()!.ShouldContain("天");
            page.GetProperty("limits").GetProperty("maxGrams").GetInt64().ShouldBeGreaterThan(0);
            page.GetProperty("orderLink").GetString()!.ShouldEndWith("?product=" + code);
            var example = page.GetProperty("example");
            example.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("fen").GetInt64()).ShouldBe(example.GetProperty("totalFen").GetInt64());
        }
        products[0].GetProperty("example").GetProperty("totalFen").GetInt64().ShouldBe(1400);
    }

    [Fact]
    public async Task A_product_that_is_none_is_not_found() => (await api.Send(HttpMethod.Get, "products/sledge")).ShouldBeRefused(HttpStatusCode.NotFound, "product.unknown");
}
