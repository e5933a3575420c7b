using System.Net;
using System.Text.Json.Nodes;
using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

public class MovingAParcel
{
    static readonly Dictionary<string, string> OtherBooks = new()
    {
        ["kuaidi100:103"] = "picked_up", ["kuaidi100:1002"] = "departed", ["kuaidi100:301"] = "signed", ["kuaidi100:204"] = "delivery_failed",
        ["kuaidi100:208"] = "held", ["kuaidi100:203"] = "refused", ["kuaidi100:209"] = "damaged", ["wechat:100001"] = "picked_up",
        ["wechat:300002"] = "out_for_delivery", ["wechat:300003"] = "signed",
        ["wechat:300004"] = "delivery_failed", ["wechat:400002"] = "held", ["wechat:400001"] = "cancelled",
    };

    [Fact]
    public async Task A_new_parcel_is_registered_with_the_wished_parties_under_a_number_of_our_own_form()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);

        var waybill = await app.NewParcel(new { recipientPhone = "13800000001", senderPhone = "13800000002", from = "杭州", to = "深圳市" });

        var registered = app.Product.Waybills.ShouldHaveSingleItem();
        waybill.ShouldMatch("^CY[0-9]{13}$");
        Luhn.Holds(waybill[2..]).ShouldBeTrue(waybill);
        ReceivingProduct.Text(registered, "waybill").ShouldBe(waybill);
        ReceivingProduct.Text(registered, "product").ShouldBe("standard");
        ReceivingProduct.Text(registered["recipient"]!, "phone").ShouldBe("13800000001");
        ReceivingProduct.Text(registered["recipient"]!, "city").ShouldBe("深圳市");
        ReceivingProduct.Text(registered["sender"]!, "phone").ShouldBe("13800000002");
        ReceivingProduct.Text(registered["sender"]!, "district").ShouldNotBeEmpty();
        registered["weightGrams"]!.GetValue<int>().ShouldBeGreaterThan(0);
        app.Product.BadSignatures.ShouldBe(0);
    }

    [Fact]
    public async Task Two_hundred_parcels_have_different_numbers_with_right_check_digits()
    {
        await using var app = await WorldApp.Start(options => { options.Plays = false; options.WaybillPrefix = "KD"; });

        var waybills = new List<string>();
        for (var i = 0; i < 200; i++) waybills.Add(await app.NewParcel());

        waybills.ShouldBeUnique();
        waybills.ShouldAllBe(waybill => waybill.StartsWith("KD", StringComparison.Ordinal) && Luhn.Holds(waybill.Substring(2)));
    }

    [Fact]
    public async Task One_step_at_a_time_leads_to_the_end_and_each_is_told_at_once()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        var waybill = await app.NewParcel(new { from = "上海", to = "成都" });

        var told = 0;
        while (!(await app.Get("/parcels/" + waybill))["parcel"]!["done"]!.GetValue<bool>())
        {
            await app.Posted($"/parcels/{waybill}/advance", new { });
            app.Product.EventsOf(waybill).Count.ShouldBe(++told);
        }

        told.ShouldBeGreaterThan(0);
        app.Product.EventsOf(waybill).Select(ReceivingProduct.Time).ShouldBeUnique();
        (await app.Post($"/parcels/{waybill}/advance", new { })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("picked_up")]
    [InlineData("departed")]
    [InlineData("arrived")]
    [InlineData("out_for_delivery")]
    [InlineData("in_locker")]
    [InlineData("in_station")]
    [InlineData("signed")]
    [InlineData("delivery_failed")]
    [InlineData("held")]
    [InlineData("refused")]
    [InlineData("returning")]
    [InlineData("returned")]
    [InlineData("damaged")]
    [InlineData("lost")]
    [InlineData("redirected")]
    [InlineData("cancelled")]
    public async Task Every_status_can_be_reached_by_hand(string status)
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        var waybill = await app.NewParcel();

        var row = await app.Posted($"/parcels/{waybill}/advance", new { to = status });

        row["status"]!.GetValue<string>().ShouldBe(status);
        row["waiting"]!.GetValue<int>().ShouldBe(0);
        Status(app.Product.EventsOf(waybill)[^1]).ShouldBe(status);
    }

    [Fact]
    public async Task Fate_can_be_changed_on_the_way_more_than_once()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        var waybill = await app.NewParcel();

        foreach (var status in new[] { "out_for_delivery", "delivery_failed", "redirected", "in_locker", "refused", "returning", "out_for_delivery", "signed" })
            (await app.Posted($"/parcels/{waybill}/advance", new { to = status }))["status"]!.GetValue<string>().ShouldBe(status);

        var seen = app.Product.EventsOf(waybill).Select(Status).ToList();
        seen.Zip(seen.Skip(1)).ShouldAllBe(pair => pair.First != pair.Second || pair.First == "departed" || pair.First == "arrived");
    }

    [Fact]
    public async Task A_parcel_on_its_way_back_is_turned_round_by_a_redirection()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        var waybill = await app.NewParcel();
        await app.Posted($"/parcels/{waybill}/advance", new { to = "returning" });

        await app.Posted($"/parcels/{waybill}/advance", new { to = "signed" });

        app.Product.EventsOf(waybill).Select(Status).TakeLast(4).ShouldBe(["returning", "redirected", "out_for_delivery", "signed"]);
    }

    [Fact]
    public async Task People_and_ways_differ_from_parcel_to_parcel()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        for (var i = 0; i < 60; i++) await app.NewParcel();

        var recipients = app.Product.Waybills.Select(waybill => waybill["recipient"]!).ToList();

        recipients.Select(party => ReceivingProduct.Text(party, "phone")).Distinct().Count().ShouldBeGreaterThan(55);
        recipients.Select(party => ReceivingProduct.Text(party, "name")).Distinct().Count().ShouldBeGreaterThan(50);
        recipients.GroupBy(party => ReceivingProduct.Text(party, "city")).Max(city => city.Count()).ShouldBeLessThan(10);
    }

    [Theory]
    [InlineData("signed", "lost")]
    [InlineData("picked_up", "cancelled")]
    [InlineData("picked_up", "registered")]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string from, string to)
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        var waybill = await app.NewParcel();
        await app.Posted($"/parcels/{waybill}/advance", new { to = from });

        (await app.Post($"/parcels/{waybill}/advance", new { to })).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        (await app.Get("/parcels/" + waybill))["parcel"]!["status"]!.GetValue<string>().ShouldBe(from);
    }

    [Fact]
    public async Task Wrong_wishes_are_refused()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        var waybill = await app.NewParcel(new { waybill = "SF1234567890123" });

        waybill.ShouldBe("SF1234567890123");
        (await app.Post("/parcels", new { waybill })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await app.Post("/parcels", new { waybill = "a b" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Post("/parcels", new { from = "亚特兰蒂斯" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Post("/parcels/CY0000000000000/advance", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Post($"/parcels/{waybill}/advance", new { to = "teleported" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Post($"/parcels/{waybill}/advance", new { steps = 0 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Post("/speed", new { factor = 1001 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Post("/faults", new { sms = "melted" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_page_and_its_parts_are_served()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);

        (await app.Http.GetStringAsync("/simulator")).ShouldContain("模拟世界");
        (await app.Http.GetStringAsync("/simulator/page.js")).ShouldContain("前进一步");
        (await app.Http.GetAsync("/simulator/page.css")).Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    /// <summary>The status that the contract gives a code, also for the code books of others.</summary>
    internal static string Status(JsonNode event_) =>
        ReceivingProduct.Text(event_, "code") is var code && OtherBooks.TryGetValue(code, out var status) ? status : code;
}
