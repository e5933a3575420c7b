using System.Net;
using Courier.Kernel.Data;

namespace Courier.MiniProgramApi.Tests;

public sealed class SteeringAParcel : IAsyncLifetime
{
    private readonly ApiApp _app = new() { Demo = true }; // lockers and outlets to choose from

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_recipient_asks_for_a_locker_changes_their_mind_and_takes_it_back()
    {
        var phone = _app.NewPhone();
        var parcel = await _app.AParcel(recipient: phone);
        await _app.Events(_app.Event(parcel, "picked_up", -60));
        var me = await _app.ACustomer(phone);
        var asked = await Ask(me, parcel, new { kind = "locker", place = "HZL001" });
        asked.Status.ShouldBe(HttpStatusCode.OK, asked.Text);
        (await Ask(me, parcel, new { kind = "locker", place = "HZL001" })).Text.ShouldBe(asked.Text, "the same again changes nothing");
        (await _app.App.Get<Db>().Query<string>("select ground from customers_deposits where waybill = @parcel and kind = 'locker' and place = 'HZL001' and is_allowed = 1", new { parcel }))
            .ShouldBe(["chosen"], "the recipient's choice is kept as evidence, once");
        var hold = await Ask(me, parcel, new { kind = "hold" });
        hold.Json.GetProperty("state").GetString().ShouldBe("asked");
        (await ApiApp.Send(me, HttpMethod.Get, $"parcels/{parcel}/delivery")).Json.GetProperty("asked").GetProperty("kind").GetString().ShouldBe("hold");
        var undone = await ApiApp.Send(me, HttpMethod.Delete, $"parcels/{parcel}/delivery");
        undone.Json.GetProperty("state").GetString().ShouldBe("undone");
    }

    [Fact]
    public async Task What_the_core_has_done_cannot_be_taken_back_and_what_comes_too_late_is_refused()
    {
        var phone = _app.NewPhone();
        var parcel = await _app.AParcel(recipient: phone);
        await _app.Events(_app.Event(parcel, "picked_up", -60));
        var me = await _app.ACustomer(phone);
        await Ask(me, parcel, new { kind = "locker", place = "HZL001" });
        await _app.Events(_app.Event(parcel, "redirected", -30));
        (await ApiApp.Send(me, HttpMethod.Delete, $"parcels/{parcel}/delivery")).ShouldBeRefused(HttpStatusCode.Conflict, "parcel.direction_taken");
        await _app.Events(_app.Event(parcel, "out_for_delivery", -10));
        (await Ask(me, parcel, new { kind = "hold" })).ShouldBeRefused(HttpStatusCode.Conflict, "parcel.direction_not_allowed");
    }

    [Fact]
    public async Task Others_see_and_steer_nothing_and_a_recipient_does_not_intercept()
    {
        var phone = _app.NewPhone();
        var parcel = await _app.AParcel(recipient: phone);
        await _app.Events(_app.Event(parcel, "picked_up", -60));
        var stranger = await _app.ACustomer(_app.NewPhone());
        (await Ask(stranger, parcel, new { kind = "hold" })).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await ApiApp.Send(stranger, HttpMethod.Get, $"parcels/{parcel}/delivery")).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await ApiApp.Send(stranger, HttpMethod.Post, $"parcels/{parcel}/correct", new { name = "周梅" })).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        var me = await _app.ACustomer(phone);
        (await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/intercept", new { })).ShouldBeRefused(HttpStatusCode.Conflict, "parcel.direction_not_allowed");
        (await Ask(me, parcel, new { kind = "intercept" })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/correct", new { name = "周梅" })).Status.ShouldBe(HttpStatusCode.OK);
        var alone = await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/correct", new { extension = "0021" });
        alone.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        alone.Json.GetProperty("field").GetString().ShouldBe("extension", "it belongs to a number");
        var recipient = new { name = "韩梅", phone = "18400001234", extension = "0021", province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路 1 号" };
        (await Ask(me, parcel, new { kind = "other_address", recipient })).Json.GetProperty("detail").GetProperty("recipient").GetProperty("extension").GetString().ShouldBe("0021");
        (await Ask(me, parcel, new { kind = "other_address", recipient = recipient with { extension = "12a" } })).Json.GetProperty("field").GetString().ShouldBe("recipient.extension");
    }

    [Fact]
    public async Task Only_places_regions_and_times_that_there_are_can_be_asked_for()
    {
        var phone = _app.NewPhone();
        var parcel = await _app.AParcel(recipient: phone);
        await _app.Events(_app.Event(parcel, "picked_up", -60));
        var me = await _app.ACustomer(phone);
        await Wrong(new { kind = "locker", place = "不存在的柜子" }, "place");
        await Wrong(new { kind = "station", place = "不存在的网点" }, "place");
        await Wrong(new { kind = "locker" }, "place");
        var recipient = new { name = "韩梅", phone = "18400001234", province = "火星", city = "火星", district = "x", detail = "文三路 1 号" };
        await Wrong(new { kind = "other_address", recipient }, "recipient.province");
        await Wrong(new { kind = "other_address", recipient = recipient with { province = "浙江省", city = "杭州市", district = "南山区" } }, "recipient.district");
        var today = new DateTimeOffset(_app.App.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date, TimeSpan.FromHours(8));
        await Wrong(Time(24 + 3, 24 + 5), "from");
        await Wrong(Time(24 + 9, 240 + 12), "until");
        await Wrong(Time(24 + 9, 24 + 9), "until");
        await Wrong(Time(24 + 20, 24 + 22), "until");
        await Wrong(Time((15 * 24) + 9, (15 * 24) + 12), "from");
        await Wrong(Time(-24 + 9, -24 + 12), "from");
        (await ApiApp.Send(me, HttpMethod.Get, $"parcels/{parcel}/delivery")).Text.ShouldNotContain("火星");

        (await Ask(me, parcel, Time(24 + 9, 24 + 12))).Status.ShouldBe(HttpStatusCode.OK);
        (await Ask(me, parcel, new { kind = "locker", place = "望江家园南门快递柜" })).Json.GetProperty("detail").GetProperty("place").GetString().ShouldBe("HZL001", "the carrier gets the code");
        (await Ask(me, parcel, new { kind = "station", place = "hz001" })).Json.GetProperty("detail").GetProperty("place").GetString().ShouldBe("HZ001");
        var moved = await Ask(me, parcel, new { kind = "other_address", recipient = recipient with { province = "浙江", city = "杭州", district = "西湖" } });
        moved.Json.GetProperty("detail").GetProperty("recipient").GetProperty("district").GetString().ShouldBe("西湖区");

        object Time(int from, int until) => new { kind = "other_time", from = today.AddHours(from), until = today.AddHours(until) };
        async Task Wrong(object body, string field)
        {
            var answer = await Ask(me, parcel, body);
            answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
            answer.Json.GetProperty("field").GetString().ShouldBe(field);
        }
    }

    [Fact]
    public async Task Who_was_told_that_it_will_be_late_chooses_what_happens_and_may_take_it_back()
    {
        var phone = _app.NewPhone();
        var parcel = await _app.AParcel(recipient: phone);
        await _app.Events(_app.Event(parcel, "picked_up", -60));
        var me = await _app.ACustomer(phone);
        (await Choose(me, parcel, "wait")).ShouldBeRefused(HttpStatusCode.Conflict, "parcel.not_late");
        (await ApiApp.Send(me, HttpMethod.Get, $"parcels/{parcel}")).Text.ShouldNotContain("redirect");
        await _app.App.Get<Db>().InTransaction(tx => tx.Execute(
            """
            insert into parcels_warnings (parcel_id, customer_id, warned_at, open_until)
            select p.id, c.customer_id, @now, @until from parcels_parcels p join customers_phones c on c.phone_hash = p.recipient_phone_hash where p.waybill = @parcel
            """, new { parcel, now = _app.App.Clock.GetUtcNow(), until = _app.App.Clock.GetUtcNow().AddHours(24) }));

        (await Choose(await _app.ACustomer(_app.NewPhone()), parcel, "wait")).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await Choose(me, parcel, "person")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await Choose(me, parcel, "refund_rule")).Json.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("彻底延误");
        var ways = (await Choose(me, parcel, "redirect")).Json.GetProperty("delivery").GetProperty("possible").EnumerateArray().Select(w => w.GetString()).ToList();
        ways.ShouldBe(["other_time", "hold", "other_address", "locker", "station", "neighbour", "correct"]);
        (await Ask(me, parcel, new { kind = "hold" })).Status.ShouldBe(HttpStatusCode.OK);
        (await Choose(me, parcel, "wait")).ShouldBeRefused(HttpStatusCode.Conflict, "parcel.not_late"); // it is answered
        (await ApiApp.Send(me, HttpMethod.Delete, $"parcels/{parcel}/delivery")).Status.ShouldBe(HttpStatusCode.OK);
        await _app.Events(_app.Event(parcel, "out_for_delivery", -5));
        (await Choose(me, parcel, "redirect")).ShouldBeRefused(HttpStatusCode.Conflict, "parcel.direction_not_allowed");
        (await Choose(me, parcel, "wait")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<Answer> Choose(HttpClient me, string parcel, string choice) => ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/lateness", new { choice });

    private static Task<Answer> Ask(HttpClient me, string parcel, object body) => ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/delivery", body);
}
