using System.Text.Json.Nodes;
using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

public class LivingInTheDemoWorld
{
    static readonly string[] AllStatuses =
    [
        "registered", "picked_up", "departed", "arrived", "out_for_delivery", "in_locker", "in_station", "signed", "delivery_failed", "held",
        "refused", "returning", "returned", "damaged", "lost", "redirected", "cancelled",
    ];

    static void Demo(SimulatorOptions options) => (options.Demo, options.Beat) = (true, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(10)]
    [InlineData(3)]
    public async Task It_begins_with_400_parcels_in_all_states_whatever_the_hour(int hour)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 22, hour, 0, 0, TimeSpan.FromHours(8)));
        await using var app = await WorldApp.Start(Demo, clock);
        await Told(app);

        var parcels = await app.Parcels();

        parcels.Count.ShouldBe(400);
        parcels.Select(parcel => Text(parcel, "status")).Distinct().ShouldBe(AllStatuses, ignoreOrder: true);
        parcels.Count(parcel => parcel["live"]!.GetValue<bool>() && !parcel["done"]!.GetValue<bool>()).ShouldBe(40);
        app.Product.Waybills.Count.ShouldBe(400);
        app.Product.Events.Count.ShouldBe(parcels.Sum(parcel => parcel["events"]!.GetValue<int>()));
        app.Product.EventBatches.ShouldAllBe(batch => batch.Count <= 1000);
        app.Product.UnknownWaybills.ShouldBe(0);
        app.Product.Events.ShouldAllBe(event_ => ReceivingProduct.Time(event_) <= clock.GetUtcNow());
    }

    [Fact]
    public async Task Every_demo_customer_sends_and_receives_several_parcels_in_several_states()
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(Demo, clock);
        await Told(app);
        var parcels = await app.Parcels();

        foreach (var phone in Enumerable.Range(1, 12).Select(n => $"138000000{n:00}"))
        {
            var mine = parcels.Where(parcel => Text(parcel, "recipientPhone") == phone).ToList();
            mine.Count.ShouldBeGreaterThanOrEqualTo(4, phone);
            mine.Select(parcel => Text(parcel, "status")).Distinct().Count().ShouldBeGreaterThanOrEqualTo(3, phone);
            parcels.Count(parcel => Text(parcel, "senderPhone") == phone).ShouldBeGreaterThanOrEqualTo(2, phone);
        }
    }

    [Fact]
    public async Task The_same_seed_replays_the_same_day_and_another_seed_another()
    {
        var one = await World(seed: 7);
        var same = await World(seed: 7);
        var other = await World(seed: 8);

        same.ShouldBe(one);
        other.ShouldNotBe(one);
    }

    [Fact]
    public async Task A_restart_does_not_plant_a_second_world()
    {
        var clock = new FakeClock();
        var app = await WorldApp.Start(Demo, clock);
        await Told(app);
        var before = (await app.Parcels()).Select(parcel => Text(parcel, "waybill")).ToList();
        await app.DisposeAsync();

        await using var again = await WorldApp.Start(Demo, clock, app.Directory, app.Product);

        (await again.Parcels()).Select(parcel => Text(parcel, "waybill")).ShouldBe(before, ignoreOrder: true);
        var batches = app.Product.EventBatches.Count;
        (await again.Get("/state"))["waiting"]!.GetValue<int>().ShouldBe(0);
        app.Product.EventBatches.Count.ShouldBe(batches);
    }

    [Fact]
    public async Task About_forty_parcels_stay_on_their_way()
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(options => { Demo(options); options.Beat = TimeSpan.FromDays(1); }, clock);
        await Told(app);

        for (var day = 0; day < 6; day++)
        {
            clock.Sleep(TimeSpan.FromDays(1));
            await Wait.Until(async () => await app.HasCaughtUp() && await FortyAreKnown(app), "forty are on their way and told");
        }

        app.Product.Waybills.Count.ShouldBeGreaterThan(440);
    }

    [Fact]
    public async Task All_twelve_follow_and_every_other_one_binds_the_phone_with_the_code_from_the_text()
    {
        await using var app = await WorldApp.Start(FollowedDemo, phones: new PhonePlatform { FailNext = 1 });

        await Wait.Until(() => app.Phones.Bound.Count == 6, "six phones are bound");

        app.Phones.Followed.Distinct().Count().ShouldBe(12);
        app.Phones.Said.Count.ShouldBe(12);
        app.Phones.Said.ShouldContain(("oDemo0001SandboxPersonOfCour", "绑定手机 13800000001"));
    }

    [Fact]
    public async Task Nobody_follows_or_binds_twice_after_a_restart()
    {
        var app = await WorldApp.Start(FollowedDemo);
        await Wait.Until(() => app.Phones.Bound.Count == 6, "six phones are bound");
        await app.DisposeAsync();

        await using var again = await WorldApp.Start(FollowedDemo, directory: app.Directory, product: app.Product, phones: app.Phones);
        var waybill = await again.NewParcel();
        await again.Posted($"/parcels/{waybill}/advance", new { to = "signed" });

        app.Phones.Said.Count.ShouldBe(12);
        app.Phones.Followed.Count.ShouldBe(12);
    }

    static void FollowedDemo(SimulatorOptions options) =>
        (options.Demo, options.DemoAppId, options.DemoParcels, options.LiveParcels) = (true, "wx-demo", 12, 0);

    static async Task<string> World(int seed)
    {
        var clock = new FakeClock();
        await using var app = await WorldApp.Start(options => { Demo(options); options.Seed = seed; options.DemoParcels = 60; }, clock);
        await Told(app);
        return string.Join('\n', app.Product.Events.Select(event_ => event_.ToJsonString()).Order(StringComparer.Ordinal));
    }

    static Task Told(WorldApp app) => Wait.Until(async () => (await app.Get("/state")) is var state
        && state["parcels"]!.GetValue<int>() > 0 && state["waiting"]!.GetValue<int>() == 0
        && app.Product.Waybills.Count == state["parcels"]!.GetValue<int>(), "the product knows the whole world");

    static async Task<bool> FortyAreKnown(WorldApp app) => (await app.Get("/state")) is var state
        && state["live"]!.GetValue<int>() == 40 && app.Product.Waybills.Count == state["parcels"]!.GetValue<int>();

    static string Text(JsonNode node, string field) => ReceivingProduct.Text(node, field);
}
