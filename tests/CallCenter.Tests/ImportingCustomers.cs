using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Testing;

namespace Courier.CallCenter.Tests;

/// <summary>Operators see what comes from other systems and decide; what agents put right goes back to them.</summary>
public sealed class ImportingCustomers : IAsyncLifetime
{
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await CourierApp.Start(new()
    {
        Demo = true,
        Settings = new Dictionary<string, string>
        {
            ["Customers:Imports:0:Name"] = "crm", ["Customers:Imports:0:Folder"] = "crm-inbox", ["Customers:Imports:0:Schedule"] = "0 0 3 * * ?",
            ["Customers:Imports:1:Name"] = "erp", ["Customers:Imports:1:Url"] = "/no/such/file.csv", ["Customers:Imports:1:Schedule"] = "0 0 4 * * ?",
            ["Webhooks:1:Folder"] = "to-crm", ["Webhooks:1:Key"] = "crm", ["Webhooks:1:Events:0"] = "customer.corrected.v1",
        },
    });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_run_by_hand_is_shown_with_its_report_quality_and_trend()
    {
        using var browser = await SignedIn("operator");
        await Import(browser, "id,姓名,手机,城市\nC1,张三,13800000001,杭州市\nC2,=1+1,,\n");
        var run = (await Desk.Get(browser, "/imports?source=crm")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (run.GetProperty("state").GetString(), run.GetProperty("new").GetInt64(), run.GetProperty("rejected").GetInt64(), run.GetProperty("byHand").GetBoolean()).ShouldBe(("done", 1, 1, true));
        var id = run.GetProperty("id").GetString();
        (await Desk.Get(browser, $"/imports/{id}")).GetProperty("rows").GetInt64().ShouldBe(2);
        var rejected = (await Desk.Get(browser, $"/imports/{id}/lines?outcome=rejected")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (rejected.GetProperty("row").GetInt64(), rejected.GetProperty("column").GetString()).ShouldBe((3, "姓名"));
        var first = await Desk.Get(browser, $"/imports/{id}/lines?limit=1");
        (await Desk.Get(browser, $"/imports/{id}/lines?limit=1&cursor={first.GetProperty("next").GetString()}")).GetProperty("items")[0].GetProperty("row").GetInt64().ShouldBe(3);
        using var report = await browser.GetAsync($"/api/desk/v1/imports/{id}/report");
        Encoding.UTF8.GetString(await report.Content.ReadAsByteArrayAsync()).ShouldContain("3,姓名,单元格里是公式,,,拒绝");

        var source = (await Desk.Get(browser, "/imports/sources")).GetProperty("items").EnumerateArray().First();
        (source.GetProperty("name").GetString(), source.GetProperty("kind").GetString(), source.GetProperty("wanted").GetBoolean()).ShouldBe(("crm", "folder", false));
        source.GetProperty("lastRun").GetProperty("quality").GetProperty("validity").GetDouble().ShouldBe(50);
        (await Desk.Get(browser, "/imports/sources/crm/trend")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("rows").GetInt64().ShouldBe(2);
        (await Desk.Get(browser, "/imports/sources/crm/worst")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("externalId").GetString().ShouldBe("C1");
        (await Desk.Code(await browser.PostAsync("/api/desk/v1/imports/sources/nobody/run", null), HttpStatusCode.NotFound)).ShouldNotBeNull();
        (await Desk.Json(await browser.GetAsync($"/api/desk/v1/imports/{id}/lines?outcome=strange"), HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("outcome");
        (await browser.GetAsync("/api/desk/v1/imports/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_agent_puts_a_field_right_the_other_system_hears_of_it_and_an_operator_decides_the_conflict()
    {
        using var browser = await SignedIn("operator");
        await Import(browser, "id,姓名,手机\nC7,张三,13800000007\n");
        var customer = (await Desk.Get(browser, "/imports/sources/crm/worst")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("customer").GetString();

        using var agent = await SignedIn("agent1001");
        var path = $"/api/desk/v1/customers/{customer}/fields";
        (await Desk.Json(await agent.PutAsJsonAsync(path + "/name", new { value = "张山" }), HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("reason");
        (await Desk.Json(await agent.PutAsJsonAsync(path + "/name", new { value = " ", reason = "客户来电" }), HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("value");
        (await Desk.Code(await agent.PutAsJsonAsync(path + "/phone", new { value = "none", reason = "客户来电" }), HttpStatusCode.Conflict)).ShouldBe("customer.field_invalid");
        (await agent.PutAsJsonAsync(path + "/age", new { value = "7", reason = "客户来电" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await agent.PutAsJsonAsync($"/api/desk/v1/customers/{new string('0', 32)}/fields/name", new { value = "张山", reason = "客户来电" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await agent.PutAsJsonAsync(path + "/name", new { value = "张山", reason = "客户来电" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var record = await Desk.Get(agent, $"/customers/{customer}/fields");
        record.GetProperty("fields").EnumerateArray().Select(f => (f.GetProperty("field").GetString(), f.GetProperty("value").GetString(), f.GetProperty("origin").GetString(), f.GetProperty("source").GetString()))
            .ShouldBe([("name", "张山", "agent", ""), ("phone", "138****0007", "import", "crm")]);
        record.GetProperty("systems").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe("C7");

        await _app.Settle();
        var told = JsonDocument.Parse(await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(_app.DataDirectory, "to-crm"), "*customer.corrected.v1*").ShouldHaveSingleItem())).RootElement;
        told.GetProperty("event").GetString().ShouldBe("customer.corrected.v1");
        var data = told.GetProperty("data");
        (data.GetProperty("field").GetString(), data.GetProperty("value").GetString(), data.GetProperty("saidBy").GetString(), data.GetProperty("systems")[0].GetProperty("id").GetString()).ShouldBe(("name", "张山", "agent", "C7"));

        await Import(browser, "id,姓名,手机\nC7,张叁,13800000007\n");
        var conflict = (await Desk.Get(browser, "/imports/conflicts?source=crm")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (conflict.GetProperty("ours").GetString(), conflict.GetProperty("theirs").GetString(), conflict.GetProperty("oursBy").GetString()).ShouldBe(("张山", "张叁", "agent"));
        var decide = $"/api/desk/v1/imports/conflicts/{conflict.GetProperty("id").GetString()}";
        (await Desk.Json(await browser.PostAsJsonAsync(decide, new { take = "both", reason = "x" }), HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("take");
        (await Desk.Json(await browser.PostAsJsonAsync(decide, new { take = "ours" }), HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("reason");
        (await browser.PostAsJsonAsync(decide, new { take = "theirs", reason = "身份证" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.PostAsJsonAsync(decide, new { take = "theirs", reason = "身份证" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await CustomerFields.Find(_app.Get<Db>(), _app.Get<DataKeys>(), CustomerId.Parse(customer!), CustomerField.Name, default))!.Value.ShouldBe("张叁");
        (await CustomerAccesses.Of(_app.Get<Db>(), CustomerId.Parse(customer!), default)).Select(a => (a.Role, a.What)).ShouldBe([("agent", LookedAtWhat.Record), ("operator", LookedAtWhat.Record)], ignoreOrder: true);
    }

    [Fact]
    public async Task An_address_that_gives_nothing_is_seen_until_it_works()
    {
        using var browser = await SignedIn("supervisor");
        (await browser.PostAsync("/api/desk/v1/imports/sources/erp/run", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _app.RunJob("customers.import");
        var source = (await Desk.Get(browser, "/imports/sources")).GetProperty("items").EnumerateArray().Last();
        (source.GetProperty("failure").GetString(), source.GetProperty("failures").GetInt64()).ShouldBe(("HTTP 404", 1));
        source.GetProperty("lastRun").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private async Task Import(HttpClient browser, string content)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_app.DataDirectory, "crm-inbox")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "customers.csv"), content);
        (await browser.PostAsync("/api/desk/v1/imports/sources/crm/run", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        for (var look = 0; look < 2; look++)
        {
            await _app.RunJob("customers.import");
            _app.Clock.Advance(TimeSpan.FromSeconds(15));
        }
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    private async Task<HttpClient> SignedIn(string name)
    {
        var browser = _app.NewClient(cookies: true);
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        (await Desk.SignIn(browser, name, "demo" + name)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return browser;
    }
}
