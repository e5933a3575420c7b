using System.Net;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Network;

namespace Courier.MiniProgramApi.Tests;

/// <summary>Orders whose parcel is brought: what counters and lockers call, signed, and what the customer sees.</summary>
public sealed class HandingParcelsIn(ApiApp app) : IClassFixture<ApiApp>
{
    private static readonly object From = Contact("王小明", "13700001111", "浙江省", "杭州市", "西湖区"), To = Contact("李小雷", "13800002222", "上海市", "上海市", "浦东新区");

    [Fact]
    public async Task A_counter_takes_a_parcel_in_by_its_code_and_the_customer_sees_what_its_weight_costs()
    {
        await app.App.Get<Db>().InTransaction(tx => tx.InsertRows("network_outlets",
            ["code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "services", "max_weight_g"],
            [["HZ001", "文三路网点", "330106", "文三路 2 号", 30.27, 120.15, "08:00-20:00", "", "send|pickup", 30_000]], ifAbsent: true));
        var me = await app.ACustomer();
        var placed = await Place(me, new { kind = "outlet", sender = From, recipient = To, goods = Goods, quoteId = await AQuote("outlet"), product = "standard", outletCode = "HZ001" });
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        var (id, code) = (placed.Json.GetProperty("id").GetString()!, placed.Json.GetProperty("dropOffCode").GetString()!);
        placed.Json.GetProperty("dropOffText").GetString().ShouldBe("courier:drop-off:" + code);
        var intake = ApiApp.Json(new { weightGrams = 3600, realNameToken = "token", inspected = true });

        (await Accept(code, intake, secret: "another-secret-of-nobody")).ShouldBeRefused(HttpStatusCode.Unauthorized, "outlet.signature_invalid");
        (await Accept(code, intake, key: "nobody")).ShouldBeRefused(HttpStatusCode.Unauthorized, "outlet.signature_invalid");
        (await Accept(code, intake, skew: 301)).ShouldBeRefused(HttpStatusCode.Unauthorized, "outlet.signature_invalid");
        (await Accept(code, intake, key: "first-key", secret: ApiApp.Secret)).ShouldBeRefused(HttpStatusCode.Unauthorized, "outlet.signature_invalid"); // a core is no counter
        (await Accept("00000000", intake)).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
        (await Accept(code, "{")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.json_invalid");
        (await Accept(code, ApiApp.Json(new { weightGrams = 0, inspected = true }))).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await Accept(code, ApiApp.Json(new { weightGrams = 3600, realNameToken = "token", inspected = false }))).ShouldBeRefused(HttpStatusCode.Conflict, "order.not_inspected");

        (await Accept(code, ApiApp.Json(new { weightGrams = 3600, realNameToken = "token", inspected = true, code = "00000000" }))).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");

        var accepted = await Accept(code, ApiApp.Json(new { weightGrams = 3600, realNameToken = "token", inspected = true, code }));
        accepted.Status.ShouldBe(HttpStatusCode.OK, accepted.Text);
        (await Accept(code, intake)).Json.GetProperty("version").GetInt64().ShouldBe(accepted.Json.GetProperty("version").GetInt64(), "again: the same");
        var shown = (await ApiApp.Send(me, HttpMethod.Get, $"orders/{id}")).Json;
        shown.GetProperty("status").GetString().ShouldBe("picked_up");
        var settlement = shown.GetProperty("shipments")[0].GetProperty("settlement");
        var difference = settlement.GetProperty("differenceFen").GetInt64();
        difference.ShouldBeGreaterThan(0);
        settlement.GetProperty("reason").GetString().ShouldNotBeNull().ShouldStartWith("下单填写 1 公斤，实际称重 3.6 公斤");
        shown.GetProperty("dueFen").GetInt64().ShouldBe(shown.GetProperty("totalFen").GetInt64() + difference);
    }

    [Fact]
    public async Task A_counter_that_guesses_codes_is_stopped()
    {
        var counter = new ApiApp { Settings = new Dictionary<string, string> { ["Limits:AddressMissesPerHour"] = "3" } };
        await counter.InitializeAsync();
        try
        {
            var intake = ApiApp.Json(new { weightGrams = 3600, realNameToken = "token", inspected = true });
            for (var i = 0; i < 3; i++) (await Accept($"1000000{i}", intake, at: counter)).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
            (await Accept("10000003", intake, at: counter)).ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_many_misses");
        }
        finally
        {
            await counter.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_locker_opens_by_the_code_and_reports_what_was_done()
    {
        await ALocker();
        var me = await app.ACustomer();
        var placed = await Place(me, new { kind = "locker", sender = From, recipient = To, goods = Goods, quoteId = await AQuote("locker"), product = "standard", lockerCode = "HZL001", cellSize = "S" });
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        var (id, cell) = (placed.Json.GetProperty("id").GetString()!, placed.Json.GetProperty("cell"));
        var (number, code) = (cell.GetProperty("number").GetInt32(), cell.GetProperty("openCode").GetString()!);

        var again = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/cell", new { });
        again.Json.GetProperty("cell").GetProperty("openCode").GetString().ShouldBe(code);
        (await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, $"orders/{id}/cell", new { })).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/cell", new { lockerCode = "?" })).ShouldBeRefused(HttpStatusCode.BadRequest, "locker.unknown");
        var unknown = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/cell", new { lockerCode = "NOSUCH1" });
        unknown.ShouldBeRefused(HttpStatusCode.BadRequest, "locker.unknown");
        (unknown.Json.GetProperty("field").GetString(), unknown.Json.GetProperty("title").GetString()).ShouldBe(("lockerCode", "没有找到这个快递柜"));
        (await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, $"orders/{id}/cell", new { lockerCode = "NOSUCH1" })).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");

        (await Device("open", new { code }, secret: "another-secret-of-nobody")).ShouldBeRefused(HttpStatusCode.Unauthorized, "device.signature_invalid");
        (await Device("open", new { code }, skew: -301)).ShouldBeRefused(HttpStatusCode.Unauthorized, "device.signature_invalid");
        (await Device("open", new { })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        var wrong = await Device("open", new { code = "0" + code });
        wrong.ShouldBeRefused(HttpStatusCode.Conflict, "locker.code_wrong");
        wrong.Json.GetProperty("triesLeft").GetInt32().ShouldBeGreaterThan(0);
        var opened = (await Device("open", new { code })).Json;
        (opened.GetProperty("cell").GetInt32(), opened.GetProperty("action").GetString(), opened.GetProperty("size").GetString()).ShouldBe((number, "store", "S"));

        var stored = new { reports = new[] { new { id = "d1", cell = number, @event = "stored" } } };
        (await Device("reports", stored)).Json.GetProperty("accepted").GetInt32().ShouldBe(1);
        (await Device("reports", stored)).Json.GetProperty("duplicates").GetInt32().ShouldBe(1);
        (await Device("reports", new { reports = Array.Empty<object>() })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await Device("reports", new { reports = new[] { new { id = "d2", cell = number, @event = "repaired" } } })).Json.GetProperty("rejected")[0].GetProperty("code").GetString().ShouldBe("cell.not_allowed");
        await app.App.Settle();
        var deposited = (await ApiApp.Send(me, HttpMethod.Get, $"orders/{id}")).Json;
        (deposited.GetProperty("status").GetString(), deposited.GetProperty("cell").GetProperty("openCode").GetString()).ShouldBe(("deposited", ""));
        (await Device("open", new { code })).ShouldBeRefused(HttpStatusCode.Conflict, "locker.code_wrong");
        for (var i = 0; i < 3; i++) (await Device("open", new { code = "9" + code })).ShouldBeRefused(HttpStatusCode.Conflict, "locker.code_wrong");
        (await Device("open", new { code = "9" + code })).ShouldBeRefused(HttpStatusCode.Conflict, "locker.code_locked");
        (await Device("open", new { code })).ShouldBeRefused(HttpStatusCode.Conflict, "locker.code_locked");
    }

    private static readonly object Goods = new { kind = "clothing", name = "毛衣", weightGrams = 1000 };

    private Task<Answer> Accept(string code, string body, string key = "counter", string secret = ApiApp.CounterSecret, long skew = 0, ApiApp? at = null) =>
        (at ?? app).Signed($"/api/outlet/v1/orders/{code}/accept", body, key, secret, skew);

    private Task<Answer> Device(string path, object body, string secret = ApiApp.LockerSecret, long skew = 0) => app.Signed("/api/device/v1/" + path, ApiApp.Json(body), "locker", secret, skew);

    private Task ALocker() => app.App.Get<Db>().InTransaction(tx => RegisterLockers.Execute(tx, app.App.Clock,
        [new NewLocker(LockerCode.Parse("HZL001"), "文三路快递柜", "330106", "文三路 3 号", 30.27, 120.15, DailyHours.Parse("00:00-24:00"), "", "", 24, 2, 1, 1)], default));

    private async Task<string> AQuote(string pickup)
    {
        var quote = await app.Send(HttpMethod.Post, "quotes", new
        {
            from = new { province = "浙江省", city = "杭州市", district = "西湖区" }, to = new { province = "上海市", city = "上海市", district = "浦东新区" },
            goods = new { kind = "clothing", weightGrams = 1000 }, pickup,
        });
        quote.Status.ShouldBe(HttpStatusCode.OK, quote.Text);
        return quote.Json.GetProperty("quoteId").GetString()!;
    }

    private Task<Answer> Place(HttpClient me, object body) => ApiApp.Send(me, HttpMethod.Post, "orders", body, app.NewNumber());

    private static object Contact(string name, string phone, string province, string city, string district) => new { name, phone, province, city, district, detail = "文三路 1 号" };
}
