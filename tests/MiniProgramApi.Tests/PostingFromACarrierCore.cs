using System.Net;
using System.Text.Json;
using Courier.Kernel.Data;

namespace Courier.MiniProgramApi.Tests;

public sealed class PostingFromACarrierCore(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task Registered_waybills_and_posted_routes_show_up_at_the_look_up()
    {
        var number = await app.AParcel(recipient: "13800007788");
        var posted = await app.Events(app.Event(number, "picked_up", 1), app.Event(number, "kuaidi100:5", 3, "派件员 13912345678 派送中"), app.Event(number, "departed", 2));
        posted.Status.ShouldBe(HttpStatusCode.OK);
        posted.Text.ShouldBe("""{"accepted":3,"duplicates":0,"rejected":[]}""");

        var parcel = (await app.Send(HttpMethod.Post, "parcels/lookup", new { waybills = new[] { number }, phoneTail = "7788" })).Json.GetProperty("parcels")[0];
        parcel.GetProperty("status").GetString().ShouldBe("out_for_delivery");
        parcel.GetProperty("updatedAt").GetString().ShouldBe(app.Time(3));
        parcel.GetProperty("routes").EnumerateArray().Select(r => r.GetProperty("status").GetString()).ShouldBe(["out_for_delivery", "departed", "picked_up"]);
        parcel.GetProperty("routes")[0].GetProperty("text").GetString().ShouldBe("派件员 139****5678 派送中");
    }

    [Fact]
    public async Task Entries_are_rejected_one_by_one_with_index_code_and_message()
    {
        var number = await app.AParcel();
        var right = app.Event(number, "picked_up");
        var body = $$"""{"events":[{{ApiApp.Json(right)}},17,{"id":5},{"id":"a","waybill":"{{number}}","code":"flown","time":"{{app.Time()}}"},{{ApiApp.Json(app.Event(app.NewNumber(), "signed"))}},{{ApiApp.Json(right)}}]}""";
        var answer = await app.Post("routes", body);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json.GetProperty("accepted").GetInt32().ShouldBe(1);
        answer.Json.GetProperty("duplicates").GetInt32().ShouldBe(1);
        answer.Json.GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("index").GetInt32(), r.GetProperty("code").GetString()))
            .ShouldBe([(1, "event.malformed"), (2, "event.malformed"), (3, "event.code_unknown"), (4, "waybill.unknown")]);
        answer.Json.GetProperty("rejected").EnumerateArray().ShouldAllBe(r => r.GetProperty("message").GetString()!.Length > 0);
    }

    [Theory]
    [InlineData("phone", "sender.phone_invalid")]
    [InlineData("masked", "sender.masked")]
    [InlineData("name", "sender.name_invalid")]
    [InlineData("missing", "sender.missing")]
    [InlineData("number", "waybill.invalid")]
    [InlineData("promise", "waybill.promise_invalid")]
    [InlineData("weight", "weight.invalid")]
    [InlineData("malformed", "waybill.malformed")]
    public async Task A_waybill_that_cannot_be_taken_says_why(string fault, string code)
    {
        var right = ApiApp.Json(ApiApp.Waybill(app.NewNumber()));
        var wrong = fault switch
        {
            "phone" => right.Replace("13700001111", "12345", StringComparison.Ordinal),
            "masked" => right.Replace("13700001111", "137****1111", StringComparison.Ordinal),
            "name" => right.Replace("王小明", " ", StringComparison.Ordinal),
            "missing" => right.Replace("\"sender\"", "\"from\"", StringComparison.Ordinal),
            "number" => right.Replace("CY", "号", StringComparison.Ordinal),
            "promise" => right.Replace("2026-11-24T18:00:00+08:00", "明天", StringComparison.Ordinal),
            "weight" => right.Replace("\"weightGrams\":800", "\"weightGrams\":-1", StringComparison.Ordinal),
            _ => "[]",
        };
        var answer = await app.Post("waybills", $$"""{"waybills":[{{wrong}},{{ApiApp.Json(ApiApp.Waybill(app.NewNumber()))}}]}""");
        answer.Json.GetProperty("accepted").GetInt32().ShouldBe(1, answer.Text);
        answer.Json.GetProperty("rejected")[0].GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Any_wrong_signature_is_refused_alike()
    {
        var body = ApiApp.Json(new { events = Array.Empty<object>() });
        (await app.Post("routes", body)).Status.ShouldBe(HttpStatusCode.OK);
        Answer[] refusals =
        [
            await app.Post("routes", body, key: "nobody"), await app.Post("routes", body, secret: "another-secret-of-the-core"), await app.Post("routes", body, signature: ""),
            await app.Post("routes", body, signature: new string('0', 64)), await app.Post("routes", body, skewSeconds: 301), await app.Post("routes", body, skewSeconds: -301),
            await app.Post("routes", body, key: "second-key"), await app.Post("waybills", body, secret: ""),
        ];
        foreach (var refusal in refusals) refusal.ShouldBeRefused(HttpStatusCode.Unauthorized, "carrier.signature_invalid");
        refusals.Select(r => r.Text.Replace(r.Json.GetProperty("traceId").GetString()!, "", StringComparison.Ordinal)).Distinct().ShouldHaveSingleItem();
        (await app.Send(HttpMethod.Post, "../../carrier/routes", new { events = Array.Empty<object>() })).ShouldBeRefused(HttpStatusCode.Unauthorized, "carrier.signature_invalid");
    }

    [Fact]
    public async Task The_secret_before_and_a_clock_that_is_five_minutes_off_are_accepted()
    {
        var body = ApiApp.Json(new { events = Array.Empty<object>() });
        (await app.Post("routes", body, secret: ApiApp.Previous)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.Post("routes", body, skewSeconds: 300)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.Post("routes", body, skewSeconds: -300)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_core_moves_only_waybills_that_it_registered_itself()
    {
        var number = await app.AParcel();
        var foreign = await app.Post("routes", ApiApp.Json(new { events = new[] { app.Event(number, "signed") } }), "second-key", "secret-of-the-second-core");
        var missing = await app.Post("routes", ApiApp.Json(new { events = new[] { app.Event(app.NewNumber(), "signed") } }), "second-key", "secret-of-the-second-core");
        foreign.Text.ShouldBe(missing.Text);
        foreign.Json.GetProperty("rejected")[0].GetProperty("code").GetString().ShouldBe("waybill.unknown");
    }

    [Fact]
    public async Task More_than_a_thousand_entries_or_four_megabytes_are_refused_and_a_thousand_are_taken()
    {
        var number = await app.AParcel();
        var events = Enumerable.Range(0, 1001).Select(i => app.Event(number, "departed", i)).ToArray();
        (await app.Events(events)).ShouldBeRefused(HttpStatusCode.RequestEntityTooLarge, "carrier.batch_too_large");
        (await app.Post("routes", new string(' ', 4 * 1024 * 1024 + 1))).ShouldBeRefused(HttpStatusCode.RequestEntityTooLarge, "carrier.batch_too_large");
        (await app.Events(events[1..])).Json.GetProperty("accepted").GetInt32().ShouldBe(1000);
    }

    [Fact]
    public async Task A_courier_sees_what_the_recipient_agreed_to_for_this_address_and_size()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        var parcel = await app.AParcel(recipient: phone);
        var (home, parents) = (await Kept("世纪大道2号"), await Kept("张杨路 500 号"));
        foreach (var consent in new object[]
        {
            new { kind = "locker", given = true }, new { kind = "locker", size = "L", given = false }, new { kind = "front_door", addressId = home, given = true },
            new { kind = "neighbour", addressId = parents, given = true }, new { kind = "to_door", size = "S", given = false },
        })
            (await ApiApp.Send(me, HttpMethod.Post, "consents", consent)).Status.ShouldBe(HttpStatusCode.OK);

        (await Wishes(new { waybill = parcel })).ShouldBe(
            ["to_door True law s", "locker True given l", "station False never_asked ", "front_door True given ", "neighbour False never_asked "]);
        (await Wishes(new { waybill = parcel, size = "L" })).ShouldBe(
            ["to_door True law ", "locker False withdrawn ", "station False never_asked ", "front_door True given ", "neighbour False never_asked "]);

        var directed = await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/delivery", new { kind = "neighbour", place = "3幢502张阿姨" });
        directed.Status.ShouldBe(HttpStatusCode.OK, directed.Text);
        (await Wishes(new { waybill = parcel }))[4].ShouldBe("neighbour True chosen ");

        async Task<string> Kept(string detail) => (await ApiApp.Send(me, HttpMethod.Post, "addresses",
            new { name = "李小雷", phone, province = "上海市", city = "上海市", district = "浦东新区", detail })).Json.GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task A_deposit_without_consent_is_blocked_and_the_same_attempt_is_logged_once()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        var (parcel, foreign) = (await app.AParcel(recipient: phone), app.NewNumber());
        var body = ApiApp.Json(new
        {
            deposits = new object[]
            {
                new { id = "d-1" + parcel, waybill = parcel, way = "locker", size = "M", place = "SHL001", by = "courier:17" }, new { id = "d-2", waybill = parcel, way = "roof", by = "courier:17" },
                new { id = "d-3", waybill = parcel, way = "locker" }, new { id = "d-4", waybill = foreign, way = "locker", by = "courier:17" },
                new { id = "d-5" + parcel, waybill = parcel, way = "to_door", by = "courier:17" },
            },
        });
        var answer = await app.Post("deposits", body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Json.GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("index").GetInt32(), r.GetProperty("code").GetString()))
            .ShouldBe([(1, "deposit.way_unknown"), (2, "deposit.by_invalid"), (3, "waybill.unknown")]);
        answer.Json.GetProperty("deposits").EnumerateArray().Select(d => (d.GetProperty("allowed").GetBoolean(), d.GetProperty("ground").GetString())).ShouldBe([(false, "never_asked"), (true, "law")]);
        (await app.Post("deposits", body)).Text.ShouldBe(answer.Text);
        await ApiApp.Send(me, HttpMethod.Post, "consents", new { kind = "locker", given = true });
        (await app.Post("deposits", body)).Text.ShouldBe(answer.Text, "that attempt was answered");
        (await app.Post("deposits", body.Replace("d-1", "d-6", StringComparison.Ordinal))).Json.GetProperty("deposits")[0].GetProperty("ground").GetString().ShouldBe("given");
        (await app.App.Get<Db>().First<long>("select count(*) from customers_deposits where waybill = @parcel", new { parcel })).ShouldBe(3);
        (await app.App.Get<Db>().First<long>("select count(*) from outbox_messages where name = 'customer.deposit_blocked.v1' and aggregate = @a", new { a = "deposit:" + parcel })).ShouldBe(1);
    }

    [Fact]
    public async Task Another_core_learns_nothing_of_a_parcels_wishes()
    {
        var parcel = await app.AParcel();
        var body = ApiApp.Json(new { parcels = new[] { new { waybill = parcel } } });
        var answer = await app.Post("deliveries", body, "second-key", "secret-of-the-second-core");
        answer.Json.GetProperty("parcels").GetArrayLength().ShouldBe(0);
        answer.Json.GetProperty("rejected")[0].GetProperty("code").GetString().ShouldBe("waybill.unknown");
        (await app.Post("deliveries", body, secret: "another-secret-of-the-core")).ShouldBeRefused(HttpStatusCode.Unauthorized, "carrier.signature_invalid");
        (await app.Post("deliveries", ApiApp.Json(new { parcels = new object[] { new { waybill = parcel, size = "XL" }, 5 } }))).Json.GetProperty("rejected").EnumerateArray()
            .Select(r => r.GetProperty("code").GetString()).ShouldBe(["size.invalid", "delivery.malformed"]);
    }

    private async Task<List<string>> Wishes(object question)
    {
        var answer = await app.Post("deliveries", ApiApp.Json(new { parcels = new[] { question } }));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var ways = answer.Json.GetProperty("parcels")[0].GetProperty("ways").EnumerateArray().ToList();
        ways.ShouldAllBe(w => w.GetProperty("text").GetString()!.Length > 5);
        return [.. ways.Select(w => $"{w.GetProperty("way").GetString()} {w.GetProperty("allowed").GetBoolean()} {w.GetProperty("ground").GetString()} {string.Join(',', w.GetProperty("exceptSizes").EnumerateArray().Select(s => s.GetString()))}")];
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"events\":{}}")]
    [InlineData("null")]
    public async Task A_body_that_is_no_batch_is_refused(string body) =>
        (await app.Post("routes", body)).ShouldBeRefused(HttpStatusCode.BadRequest, "request.json_invalid");

    [Fact]
    public async Task The_endpoints_are_described()
    {
        var document = JsonDocument.Parse(await app.App.Http.GetStringAsync("/openapi/v1.json")).RootElement.GetProperty("paths");
        foreach (var path in new[] { "/api/carrier/routes", "/api/carrier/waybills", "/api/customer/v1/session/wechat", "/api/customer/v1/parcels/lookup" })
            document.GetProperty(path).GetProperty("post").GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(path);
    }
}
