using System.Net;
using System.Text.Json;
using Courier.Services.Network;
using Courier.Kernel.Data;

namespace Courier.MiniProgramApi.Tests;

public sealed class KeepingPickupCodes(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task A_code_is_kept_once_fetched_taken_back_and_deleted()
    {
        var me = await app.ACustomer();
        var kept = await ApiApp.Send(me, HttpMethod.Post, "codes", new { code = "12-3-4567", place = "菜鸟驿站科苑店", carrier = "圆通" });
        kept.Status.ShouldBe(HttpStatusCode.Created, kept.Text);
        var id = kept.Json.GetProperty("added")[0].GetProperty("id").GetString();
        (await ApiApp.Send(me, HttpMethod.Post, "codes", new { code = "12-3-4567 ", place = "菜鸟驿站 科苑店" })).Status.ShouldBe(HttpStatusCode.OK);
        (await Codes(me)).ShouldBe(["12-3-4567"]);
        (await ApiApp.Send(me, HttpMethod.Post, $"codes/{id}/fetched", new { })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Codes(me)).ShouldBeEmpty();
        (await Codes(me, "fetched")).ShouldBe(["12-3-4567"]);
        (await ApiApp.Send(me, HttpMethod.Post, $"codes/{id}/fetched", new { fetched = false })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Codes(me)).ShouldBe(["12-3-4567"]);
        var stranger = await app.ACustomer();
        (await ApiApp.Send(stranger, HttpMethod.Post, $"codes/{id}/fetched", new { })).ShouldBeRefused(HttpStatusCode.NotFound, "code.unknown");
        (await ApiApp.Send(stranger, HttpMethod.Delete, $"codes/{id}")).ShouldBeRefused(HttpStatusCode.NotFound, "code.unknown");
        (await ApiApp.Send(me, HttpMethod.Delete, $"codes/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Codes(me)).ShouldBeEmpty();
        (await ApiApp.Send(me, HttpMethod.Post, "codes", new { code = "" })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await ApiApp.Send(me, HttpMethod.Get, "codes?state=moon")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
    }

    [Fact]
    public async Task A_pasted_text_gives_all_its_codes_and_those_that_are_there_are_told_apart()
    {
        var me = await app.ACustomer();
        const string First = "【菜鸟驿站】您的圆通包裹已到科苑店，请凭12-3-4567到科苑店领取。";
        var one = await ApiApp.Send(me, HttpMethod.Post, "codes", new { text = First });
        one.Status.ShouldBe(HttpStatusCode.Created, one.Text);
        one.Json.GetProperty("known").GetArrayLength().ShouldBe(0);
        var added = one.Json.GetProperty("added")[0];
        (added.GetProperty("code").GetString(), added.GetProperty("carrier").GetString(), added.GetProperty("source").GetString()).ShouldBe(("12-3-4567", "圆通", "text"));
        var both = await ApiApp.Send(me, HttpMethod.Post, "codes", new { text = First + "\n【丰巢】您的中通快递已到望江家园快递柜\n取件码 83442190，请及时领取" });
        both.Status.ShouldBe(HttpStatusCode.Created, both.Text);
        (both.Json.GetProperty("added")[0].GetProperty("code").GetString(), both.Json.GetProperty("known")[0].GetProperty("code").GetString()).ShouldBe(("83442190", "12-3-4567"));
        (await ApiApp.Send(me, HttpMethod.Post, "codes", new { text = First })).Status.ShouldBe(HttpStatusCode.OK);
        (await Codes(me)).ShouldBe(["12-3-4567", "83442190"], ignoreOrder: true);
        (await ApiApp.Send(me, HttpMethod.Post, "codes", new { text = "您的验证码是 123456，请勿泄露" })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await ApiApp.Send(me, HttpMethod.Post, "codes", new { text = new string('长', 2001) })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
    }

    [Fact]
    public async Task The_family_sees_each_others_codes_until_somebody_leaves()
    {
        var (mother, son, stranger) = (await app.ACustomer(), await app.ACustomer(), await app.ACustomer());
        await ApiApp.Send(mother, HttpMethod.Post, "codes", new { code = "A-1", place = "驿站" });
        app.App.Clock.Advance(TimeSpan.FromMinutes(1)); // what is of the same millisecond has no order
        await ApiApp.Send(son, HttpMethod.Post, "codes", new { code = "B-2", place = "驿站" });
        var token = (await ApiApp.Send(mother, HttpMethod.Post, "family/invites", new { name = "妈妈" })).Json.GetProperty("token").GetString();
        app.App.Clock.Advance(TimeSpan.FromMinutes(1));
        var joined = await ApiApp.Send(son, HttpMethod.Post, "family/accept", new { token, name = "儿子" });
        joined.Json.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("name").GetString()).ShouldBe(["妈妈", "儿子"]);
        (await ApiApp.Send(stranger, HttpMethod.Post, "family/accept", new { token })).ShouldBeRefused(HttpStatusCode.NotFound, "family.invite_unknown");
        (await Codes(mother)).ShouldBe(["A-1", "B-2"]);
        var seen = (await ApiApp.Send(son, HttpMethod.Get, "codes")).Json.GetProperty("items")[0];
        (seen.GetProperty("owner").GetProperty("name").GetString(), seen.GetProperty("owner").GetProperty("isMe").GetBoolean()).ShouldBe(("妈妈", false));
        (await ApiApp.Send(son, HttpMethod.Post, $"codes/{seen.GetProperty("id").GetString()}/fetched", new { })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Codes(mother)).ShouldBe(["B-2"]);
        var members = (await ApiApp.Send(mother, HttpMethod.Get, "family")).Json.GetProperty("members");
        (await ApiApp.Send(son, HttpMethod.Delete, $"family/members/{members[0].GetProperty("id").GetString()}")).ShouldBeRefused(HttpStatusCode.NotFound, "family.member_unknown");
        (await ApiApp.Send(mother, HttpMethod.Delete, "family")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Codes(mother)).ShouldBeEmpty();
        (await Codes(son)).ShouldBe(["B-2"]);
        (await ApiApp.Send(son, HttpMethod.Get, "family")).Json.GetProperty("members")[0].GetProperty("isOwner").GetBoolean().ShouldBeTrue("the one who is left takes over");
        (await ApiApp.Send(mother, HttpMethod.Delete, "family")).ShouldBeRefused(HttpStatusCode.NotFound, "family.none");
    }

    [Fact]
    public async Task Members_who_give_no_name_are_told_apart_by_the_end_of_their_number()
    {
        var phone = app.NewPhone();
        var (first, second) = (await app.ACustomer(phone), await app.ACustomer());
        var token = (await ApiApp.Send(first, HttpMethod.Post, "family/invites", new { })).Json.GetProperty("token").GetString();
        var joined = await ApiApp.Send(second, HttpMethod.Post, "family/accept", new { token, name = "\u202e儿\u202c子" });
        joined.Json.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("name").GetString()).ShouldBe([$"尾号{phone[^4..]}的家人", "儿子"], ignoreOrder: true);
    }

    [Fact]
    public async Task Own_parcels_that_wait_are_in_the_wallet_until_they_are_signed_for_and_the_shortest_free_time_comes_first()
    {
        await app.App.Get<Db>().InTransaction(tx => RegisterLockers.Execute(tx, app.App.Clock,
            [new NewLocker(LockerCode.Parse("W001"), "等候快递柜", "330102", "某路", 30.2, 120.1, Courier.Services.Calendars.DailyHours.Parse("00:00-24:00"), "", "", 24, 1, 1, 1)], default));
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        await ApiApp.Send(me, HttpMethod.Post, "codes", new { code = "C-3", place = "别处" });
        var parcel = await app.AParcel(recipient: phone);
        await app.Post("routes", ApiApp.Json(new
        {
            events = new[] { new { id = $"in-{parcel}", waybill = parcel, code = "in_locker", time = app.Time(-60), city = "杭州市", place = "等候快递柜", text = "已放入快递柜，取件码 8-2443，请及时领取" } },
        }));
        var first = (await ApiApp.Send(me, HttpMethod.Get, "codes")).Json.GetProperty("items")[0];
        (first.GetProperty("source").GetString(), first.GetProperty("code").GetString(), first.GetProperty("waybill").GetString()).ShouldBe(("parcel", "8-2443", parcel));
        first.GetProperty("hoursLeft").GetInt32().ShouldBeInRange(22, 23);
        first.GetProperty("latitude").GetDouble().ShouldBe(30.2);
        (await Codes(me)).ShouldBe(["8-2443", "C-3"]);
        await app.Events(app.Event(parcel, "signed", text: "已签收"));
        (await Codes(me)).ShouldBe(["C-3"]);
    }

    [Fact]
    public async Task Free_time_and_waybill_of_a_pasted_text_are_shown_and_sorted_by_and_a_parcel_of_ones_own_stands_once()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        await ApiApp.Send(me, HttpMethod.Post, "codes", new { text = "【妈妈驿站】您的包裹已到百花店，取件码5-1-1111，请及时领取\n【圆通速递】您的快递YT7712345678901已到科苑店，取货码13-4-3448，18小时内免费" });
        var items = (await ApiApp.Send(me, HttpMethod.Get, "codes")).Json.GetProperty("items");
        items.EnumerateArray().Select(i => i.GetProperty("code").GetString()).ShouldBe(["13-4-3448", "5-1-1111"]);
        (items[0].GetProperty("waybill").GetString(), items[0].GetProperty("source").GetString()).ShouldBe(("YT7712345678901", "text"));
        items[0].GetProperty("hoursLeft").GetInt32().ShouldBeInRange(17, 18);
        var parcel = await app.AParcel(recipient: phone);
        await ApiApp.Send(me, HttpMethod.Post, "codes", new { text = $"您的快递{parcel}已到科苑店，取货码14-1-0001" });
        await app.Events(app.Event(parcel, "in_station", text: "已到驿站，取件码 14-1-0001"));
        (await ApiApp.Send(me, HttpMethod.Get, "codes")).Json.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("code").GetString() == "14-1-0001")
            .ShouldHaveSingleItem().GetProperty("source").GetString().ShouldBe("parcel");
    }

    private static async Task<List<string?>> Codes(HttpClient who, string state = "open") =>
        [.. (await ApiApp.Send(who, HttpMethod.Get, $"codes?state={state}")).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString())];
}
