using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

public class PlayingTheWorld
{
    static readonly TimeSpan Beat = TimeSpan.FromHours(1);

    [Fact]
    public async Task Parcels_travel_by_themselves_in_the_rhythm_of_the_day()
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(options => options.Beat = Beat, clock);
        var waybills = new List<string>();
        for (var i = 0; i < 30; i++) waybills.Add(await app.NewParcel());

        await Pass(app, clock, TimeSpan.FromDays(16), Beat);

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
    public async Task At_a_thousand_times_the_speed_a_parcel_arrives_within_twenty_minutes()
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(options => options.Beat = TimeSpan.FromSeconds(10), clock);
        var waybill = await app.NewParcel(new { from = "杭州", to = "北京" });
        await app.Posted("/speed", new { factor = 1000 });

        await Pass(app, clock, TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(10));

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

        await Pass(app, clock, TimeSpan.FromDays(5), Beat);
        (await app.Get("/state"))["worldTime"]!.GetValue<DateTimeOffset>().ShouldBe(paused);
        app.Product.Events.ShouldBeEmpty();

        await app.Posted("/play", new { });
        await Pass(app, clock, TimeSpan.FromDays(2), Beat);
        app.Product.Events.ShouldNotBeEmpty();
    }

    /// <summary>
    /// Time passes beat by beat; after each the world has caught up and the product knows all of it. A longer jump could
    /// fall between signing a request and checking it.
    /// </summary>
    static async Task Pass(WorldApp app, FakeClock clock, TimeSpan all, TimeSpan piece)
    {
        for (var passed = TimeSpan.Zero; passed < all; passed += piece)
        {
            clock.Advance(piece);
            await Wait.Until(app.HasCaughtUp, "the world catches up");
        }
    }
}
