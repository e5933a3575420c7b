using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Courier.CallCenter.Tests;

public sealed class ChangingPrices(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task A_price_goes_from_a_file_to_customers_over_two_persons_and_back()
    {
        using var author = await desk.SignedIn("operator");
        using var second = await desk.SignedIn("supervisor");
        var live = await Live(author);
        var prices = await Text(await author.GetAsync($"/api/desk/v1/rates/{live}/files/prices"));
        var before = await Price();
        var dearer = prices.Replace("standard,区内,1000,14,", "standard,区内,1000,15.50,");

        var wrong = await Send(author, "", new { name = "涨价", files = new[] { File("rates_prices.csv", prices.Replace("standard,区内,1000,14,", "standard,区内,1000,abc,")) } });
        wrong.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        var fault = wrong.GetProperty("faults").EnumerateArray().Single();
        (fault.GetProperty("file").GetString(), fault.GetProperty("cell").GetString(), fault.GetProperty("column").GetString()).ShouldBe(("rates_prices.csv", "D4", "first_yuan"));

        var preview = await Send(author, "/preview", new { files = new[] { File("prices.csv", dearer) } });
        var change = preview.GetProperty("changes").EnumerateArray().Single();
        (change.GetProperty("row").GetString(), change.GetProperty("cells")[0].GetProperty("after").GetString()).ShouldBe(("standard 区内", "15.50"));
        (await Names(author)).ShouldNotContain("涨价");

        var id = (await Send(author, "", new { name = "涨价", files = new[] { File("prices.csv", dearer) } })).GetProperty("id").GetString()!;
        (await Desk.Get(author, $"/rates/{id}/changes")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Refused(author, $"/{id}/replay", new { }, HttpStatusCode.Conflict)).ShouldBe("rates.not_checked");
        (await Refused(second, $"/{id}/publish", new { }, HttpStatusCode.Conflict)).ShouldBe("rates.not_checked");
        await Done(author, $"/{id}/check", new { });
        (await Refused(second, $"/{id}/publish", new { }, HttpStatusCode.Conflict)).ShouldBe("rates.not_replayed");
        (await Desk.Code(await author.GetAsync($"/api/desk/v1/rates/{id}/replay"), HttpStatusCode.NotFound)).ShouldBe("request.not_found");
        (await Send(author, $"/{id}/replay", new { })).GetProperty("notCarried").GetInt32().ShouldBe(0);
        (await Desk.Get(second, $"/rates/{id}/replay")).GetProperty("bands").GetArrayLength().ShouldBe(9);
        (await Refused(author, $"/{id}/publish", new { }, HttpStatusCode.Conflict)).ShouldBe("rates.same_person");
        (await Refused(second, $"/{id}/publish", new { from = desk.App.Clock.GetUtcNow().AddDays(-1) }, HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");

        await Done(second, $"/{id}/publish", new { from = desk.App.Clock.GetUtcNow().AddMinutes(10) });
        (await Price()).ShouldBe(before);
        var entry = (await Card(second, id)).GetProperty("publications")[0].GetProperty("id").GetString();
        desk.App.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Price()).ShouldBe(before + 150);
        (await Live(second)).ShouldBe(id);
        (await Refused(second, $"/publications/{entry}/withdraw", new { reason = "太晚" }, HttpStatusCode.Conflict)).ShouldBe("rates.begun");
        (await Refused(second, $"/{id}/restore", new { reason = "再来" }, HttpStatusCode.Conflict)).ShouldBe("rates.already_live");
        (await Refused(second, $"/{live}/restore", new { reason = " " }, HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        await Done(author, $"/{live}/restore", new { reason = "价格有误" });
        (await Price()).ShouldBe(before);

        using var admin = await desk.SignedIn("admin");
        (await Desk.Get(admin, $"/audit?subject=rate_card:{live}")).GetProperty("items")[0].GetProperty("reason").GetString()!.ShouldEndWith("价格有误");
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused()
    {
        using var someone = await desk.SignedIn("operator");
        (await Refused(someone, "", new { name = "", files = new[] { File("prices.csv", "x") } }, HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        (await Refused(someone, "", new { name = "空", files = Array.Empty<object>() }, HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        (await Refused(someone, "", new { name = "坏", files = new[] { new { name = "prices.csv", content = "not base64!" } } }, HttpStatusCode.BadRequest)).ShouldNotBeNull();
        var same = await Text(await someone.GetAsync($"/api/desk/v1/rates/{await Live(someone)}/files/tiers"));
        (await Refused(someone, "", new { name = "原样", files = new[] { File("tiers.csv", same) } }, HttpStatusCode.Conflict)).ShouldBe("rates.nothing_changed");
        var none = new string('0', 32);
        foreach (var path in new[] { "check", "replay", "discard", "publish" })
            (await Refused(someone, $"/{none}/{path}", new { reason = "没有" }, HttpStatusCode.NotFound)).ShouldBe("request.not_found");
        (await Refused(someone, $"/publications/{none}/withdraw", new { reason = "没有" }, HttpStatusCode.NotFound)).ShouldBe("request.not_found");
        (await someone.GetAsync($"/api/desk/v1/rates/{none}/changes")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await someone.GetAsync($"/api/desk/v1/rates/{await Live(someone)}/files/secrets")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_draft_is_given_up_and_cannot_come_back()
    {
        using var someone = await desk.SignedIn("operator");
        var tiers = await Text(await someone.GetAsync($"/api/desk/v1/rates/{await Live(someone)}/files/tiers"));
        var id = (await Send(someone, "", new { name = "金卡九折", files = new[] { File("tiers.csv", tiers.Replace("gold,金卡会员,5", "gold,金卡会员,10")) } })).GetProperty("id").GetString();
        await Done(someone, $"/{id}/discard", new { reason = "弄错了" });
        (await Refused(someone, $"/{id}/check", new { }, HttpStatusCode.Conflict)).ShouldBe("rates.discarded");
        (await Refused(someone, $"/{id}/restore", new { reason = "还要" }, HttpStatusCode.Conflict)).ShouldBe("rates.discarded");
    }

    private async Task<long> Price()
    {
        using var answer = await desk.App.Http.PostAsJsonAsync("/api/customer/v1/quotes", new
        {
            from = new { province = "浙江省", city = "杭州市" }, to = new { province = "上海市", city = "上海市" }, goods = new { kind = "文件", weightGrams = 500 },
        });
        return (await Desk.Json(answer)).GetProperty("options").EnumerateArray().Single(o => o.GetProperty("product").GetString() == "standard").GetProperty("totalFen").GetInt64();
    }

    private static object File(string name, string text) => new { name, content = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) };

    private static async Task<string> Text(HttpResponseMessage answer)
    {
        using (answer) return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
    }

    private static async Task<IReadOnlyList<JsonElement>> Cards(HttpClient browser) => [.. (await Desk.Get(browser, "/rates?limit=100")).GetProperty("items").EnumerateArray()];

    private static async Task<IReadOnlyList<string?>> Names(HttpClient browser) => [.. (await Cards(browser)).Select(c => c.GetProperty("name").GetString())];

    private static async Task<string> Live(HttpClient browser) => (await Cards(browser)).Single(c => c.GetProperty("live").GetBoolean()).GetProperty("id").GetString()!;

    private static async Task<JsonElement> Card(HttpClient browser, string id) => (await Cards(browser)).Single(c => c.GetProperty("id").GetString() == id);

    private static async Task<JsonElement> Send(HttpClient browser, string path, object body) => await Desk.Json(await browser.PostAsJsonAsync("/api/desk/v1/rates" + path, body));

    private static async Task Done(HttpClient browser, string path, object body)
    {
        using var answer = await browser.PostAsJsonAsync("/api/desk/v1/rates" + path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string?> Refused(HttpClient browser, string path, object body, HttpStatusCode status)
    {
        using var answer = await browser.PostAsJsonAsync("/api/desk/v1/rates" + path, body);
        return await Desk.Code(answer, status);
    }
}
