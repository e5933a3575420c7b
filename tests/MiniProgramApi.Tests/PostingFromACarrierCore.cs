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
