using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

public class TellingTheProduct
{
    [Fact]
    public async Task A_refused_batch_is_sent_again_with_the_same_ids()
    {
        await using var app = await WorldApp.Start();
        var waybill = await app.NewParcel();
        app.Product.RefuseNext = 2;

        var row = await app.Posted($"/parcels/{waybill}/advance", new { to = "arrived" });
        row["waiting"]!.GetValue<int>().ShouldBeGreaterThan(0);
        await Wait.Until(() => app.Product.EventsOf(waybill).Count >= 3, "the batch is accepted");

        var batches = app.Product.EventBatches.ToList();
        batches.Count.ShouldBeGreaterThanOrEqualTo(3);
        batches[1].ShouldBe(batches[0]);
        batches[2].ShouldBe(batches[0]);
        await Wait.Until(async () => (await app.Get("/state"))["waiting"]!.GetValue<int>() == 0, "nothing waits");
        (await app.Get("/state"))["trouble"].ShouldBeNull();
    }

    [Fact]
    public async Task Couriers_on_their_round_see_where_each_parcel_may_be_left()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        var (atHome, onRound) = (await app.NewParcel(), await app.NewParcel());
        await app.Posted($"/parcels/{onRound}/advance", new { to = "out_for_delivery" });
        var wishes = (await app.Get("/wishes"))["parcels"]!.AsObject();
        wishes[onRound]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("送货上门可以");
        wishes.ContainsKey(atHome).ShouldBeFalse();

        await app.Posted("/faults", new { carrier = "down" });
        (await app.Get("/wishes"))["parcels"].ShouldBeNull("nobody knows");
    }

    [Fact]
    public async Task What_happens_while_the_line_is_cut_arrives_when_it_is_mended()
    {
        await using var app = await WorldApp.Start();
        await app.Posted("/faults", new { carrier = "down" });
        var waybill = await app.NewParcel();
        await app.Posted($"/parcels/{waybill}/advance", new { to = "out_for_delivery" });
        app.Product.Waybills.ShouldBeEmpty();

        await app.Posted("/faults", new { carrier = "up" });

        await Wait.Until(() => app.Product.EventsOf(waybill) is [.., var last] && MovingAParcel.Status(last) == "out_for_delivery", "all of it arrives");
        app.Product.UnknownWaybills.ShouldBe(0);
    }

    [Fact]
    public async Task An_event_that_the_product_rejects_is_shown_and_not_sent_for_ever()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        app.Product.RejectedCode = "lost";
        var waybill = await app.NewParcel();

        var row = await app.Posted($"/parcels/{waybill}/advance", new { to = "lost" });

        row["rejected"]!.GetValue<int>().ShouldBe(1);
        row["waiting"]!.GetValue<int>().ShouldBe(0);
        app.Product.EventsOf(waybill).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_waybill_that_the_product_refuses_does_not_hold_up_the_others()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        app.Product.BadWaybillPrefix = "BAD";
        await app.Posted("/faults", new { carrier = "down" });
        var good = new List<string>();
        for (var i = 0; i < 5; i++) good.Add(await app.NewParcel());
        await app.NewParcel(new { waybill = "BAD-123456" });
        await app.Posted("/faults", new { carrier = "up" });

        good.Add(await app.NewParcel());

        app.Product.Waybills.Select(waybill => ReceivingProduct.Text(waybill, "waybill")).ShouldBe(good, ignoreOrder: true);
        (await app.Get("/parcels/BAD-123456"))["parcel"]!["rejection"]!.GetValue<string>().ShouldContain("400");
    }

    [Fact]
    public async Task An_event_for_which_the_product_refuses_the_batch_does_not_hold_up_the_others()
    {
        await using var app = await WorldApp.Start(options => options.Plays = false);
        app.Product.BadCode = "damaged";
        await app.Posted("/faults", new { carrier = "down" });
        var good = new List<string>();
        for (var i = 0; i < 3; i++) good.Add(await app.NewParcel());
        var bad = await app.NewParcel();
        await app.Posted($"/parcels/{bad}/advance", new { to = "damaged" });
        foreach (var waybill in good) await app.Posted($"/parcels/{waybill}/advance", new { to = "in_locker" });
        await app.Posted("/faults", new { carrier = "up" });

        await app.NewParcel(); // the next telling takes everything along

        foreach (var waybill in good)
            await Wait.Until(() => app.Product.EventsOf(waybill) is [.., var last] && MovingAParcel.Status(last) == "in_locker", "the others arrive");
        await Wait.Until(async () => (await app.Get("/state"))["waiting"]!.GetValue<int>() == 0, "nothing waits");
        app.Product.Events.ShouldNotContain(event_ => ReceivingProduct.Text(event_, "code") == "damaged");
    }

    [Fact]
    public async Task A_stop_in_the_middle_loses_nothing()
    {
        var first = await WorldApp.Start(options => options.Plays = false);
        var told = await first.NewParcel();
        await first.Posted($"/parcels/{told}/advance", new { to = "picked_up" });
        await first.Posted("/faults", new { carrier = "down" });
        var untold = await first.NewParcel();
        await first.Posted($"/parcels/{told}/advance", new { to = "in_locker" });
        await first.Posted($"/parcels/{untold}/advance", new { to = "damaged" });
        var before = (await first.Get("/parcels/" + untold)).ToJsonString();
        // What lies on the disk at this moment is what a killed process leaves, here with a line torn by the crash.
        var left = WorldApp.NewDirectory();
        File.Copy(Path.Combine(first.Directory, "simulator.jsonl"), Path.Combine(left, "simulator.jsonl"));
        await File.AppendAllTextAsync(Path.Combine(left, "simulator.jsonl"), """{"kind":"parcel","key":"CY1","val""");

        await using var second = await WorldApp.Start(directory: left, product: first.Product);

        (await second.Get("/parcels/" + untold))["plan"]!.ToJsonString().ShouldBe(System.Text.Json.Nodes.JsonNode.Parse(before)!["plan"]!.ToJsonString());
        await Wait.Until(() => first.Product.EventsOf(untold) is [.., var last] && MovingAParcel.Status(last) == "damaged", "the untold parcel arrives");
        await Wait.Until(() => first.Product.EventsOf(told) is [.., var last] && MovingAParcel.Status(last) == "in_locker", "the rest of the told one arrives");
        first.Product.EventsOf(told).Select(event_ => ReceivingProduct.Text(event_, "id")).ShouldBeUnique();
        await first.DisposeAsync();
    }
}
