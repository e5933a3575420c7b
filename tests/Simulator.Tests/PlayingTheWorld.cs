using System.Text.Json.Nodes;
using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

public class PlayingTheWorld
{
    static readonly TimeSpan Beat = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Parcels_travel_by_themselves_in_the_rhythm_of_the_day()
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(options => options.Beat = Beat, clock);
        var waybills = new List<string>();
        for (var i = 0; i < 30; i++) waybills.Add(await app.NewParcel());

        await Pass(app, clock, TimeSpan.FromDays(16), TimeSpan.FromHours(1));

        foreach (var waybill in waybills)
        {
            var events = app.Product.EventsOf(waybill);
            MovingAParcel.Status(events[^1]).ShouldBeOneOf("signed", "returned", "lost", "cancelled");
            events.ShouldAllBe(event_ => ReceivingProduct.Time(event_) <= clock.GetUtcNow());
            foreach (var out_ in events.Where(event_ => MovingAParcel.Status(event_) == "out_for_delivery"))
                ReceivingProduct.Time(out_).ToOffset(TimeSpan.FromHours(8)).Hour.ShouldBeInRange(8, 17);
        }
        app.Product.Events.ShouldContain(event_ => ReceivingProduct.Text(event_, "code").StartsWith("kuaidi100:", StringComparison.Ordinal));
        app.Product.Events.ShouldContain(event_ => ReceivingProduct.Text(event_, "text").Contains("派件员") && ReceivingProduct.Text(event_, "operator") != "");
        app.Product.BadSignatures.ShouldBe(0);
    }

    [Fact]
    public async Task At_a_thousand_times_the_speed_a_parcel_arrives_within_ten_minutes()
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(options => options.Beat = TimeSpan.FromSeconds(1), clock);
        var waybill = await app.NewParcel(new { from = "杭州", to = "北京" });
        await app.Posted("/speed", new { factor = 1000 });

        await Pass(app, clock, TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(20));

        var events = app.Product.EventsOf(waybill);
        MovingAParcel.Status(events[^1]).ShouldBeOneOf("signed", "returned", "lost", "cancelled");
        events.ShouldAllBe(event_ => ReceivingProduct.Time(event_) <= clock.GetUtcNow().AddSeconds(1));
    }

    [Fact]
    public async Task A_paused_world_stands_still_and_goes_on_where_it_was()
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(options => options.Beat = Beat, clock);
        await app.NewParcel();
        await app.Posted("/pause", new { });
        var paused = (await app.Get("/state"))["worldTime"]!.GetValue<DateTimeOffset>();

        await Pass(app, clock, TimeSpan.FromDays(5), TimeSpan.FromHours(12));
        (await app.Get("/state"))["worldTime"]!.GetValue<DateTimeOffset>().ShouldBe(paused);
        app.Product.Events.ShouldBeEmpty();

        await app.Posted("/play", new { });
        await Pass(app, clock, TimeSpan.FromDays(2), TimeSpan.FromHours(1));
        app.Product.Events.ShouldNotBeEmpty();
    }

    /// <summary>Time passes in pieces; after each the world has caught up and the product knows all of it.</summary>
    static async Task Pass(WorldApp app, FakeClock clock, TimeSpan all, TimeSpan piece)
    {
        for (var passed = TimeSpan.Zero; passed < all; passed += piece)
        {
            clock.Advance(piece);
            await Wait.Until(async () => await HasCaughtUp(app, clock), "the world catches up");
        }
    }

    static async Task<bool> HasCaughtUp(WorldApp app, FakeClock clock)
    {
        var state = await app.Get("/state");
        if (state["waiting"]!.GetValue<int>() > 0) return false;
        if (!state["playing"]!.GetValue<bool>()) return true;
        var world = state["worldTime"]!.GetValue<DateTimeOffset>();
        return (await app.Parcels()).All(parcel => parcel["next"] is not { } next || next["due"]!.GetValue<DateTimeOffset>() > world);
    }
}
