using System.Net;
using Courier.Http.Clients;

namespace Courier.MiniProgramApi.Tests;

/// <summary>Who asks too often, or guesses, waits; whose app is too old updates it.</summary>
public sealed class LimitingCallers
{
    private static Dictionary<string, string> Tight(params (string Name, string Value)[] more) => new(more.Select(m => KeyValuePair.Create(m.Name, m.Value)));

    [Fact]
    public async Task A_customer_is_limited_over_all_endpoints_and_devices_and_others_are_not()
    {
        await using var app = await Started(("Limits:CustomerPerMinute", "5"));
        var (me, other) = (await app.Api.ACustomer(), await app.Api.ACustomer());
        for (var i = 0; i < 5; i++) (await ApiApp.Send(me, HttpMethod.Get, i % 2 == 0 ? "session" : "codes")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await ApiApp.Send(me, HttpMethod.Get, "addresses");
        refused.ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_often");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await ApiApp.Send(me, HttpMethod.Get, "products")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_often");
        (await ApiApp.Send(other, HttpMethod.Get, "session")).Status.ShouldBe(HttpStatusCode.OK);
        app.Api.App.Clock.Advance(refused.Headers.RetryAfter.Delta.Value);
        (await ApiApp.Send(me, HttpMethod.Get, "session")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_device_is_limited_whoever_signs_in_on_it()
    {
        await using var app = await Started(("Limits:DevicePerMinute", "3"));
        using var device = Device(app, "device-0001");
        for (var i = 0; i < 3; i++) (await ApiApp.Send(device, HttpMethod.Get, "products")).Status.ShouldBe(HttpStatusCode.OK);
        (await ApiApp.Send(device, HttpMethod.Get, "products")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_often");
        using var another = Device(app, "device-0002");
        (await ApiApp.Send(another, HttpMethod.Get, "products")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_is_limited_by_what_a_known_proxy_says_and_by_nobody_elses_word()
    {
        await using var app = await Started(("Limits:AddressPerMinute", "3"));
        for (var i = 0; i < 3; i++) (await From(app, $"203.0.113.{i}")).Status.ShouldBe(HttpStatusCode.OK);
        (await From(app, "203.0.113.9")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_often");

        await using var behind = await Started(("Limits:AddressPerMinute", "3"), ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"));
        for (var i = 0; i < 9; i++) (await From(behind, $"203.0.113.{i}")).Status.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 3; i++) (await From(behind, $"2001:db8:1:1::{i}")).Status.ShouldBe(HttpStatusCode.OK);
        (await From(behind, "2001:db8:1:1:ffff::7")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_often"); // one household has a whole /64
        (await From(behind, "2001:db8:1:2::7")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_names_numbers_that_show_nothing_is_stopped_for_the_hour_and_asks_on_for_other_things()
    {
        await using var app = await Started(("Limits:MissesPerHour", "20"));
        var me = await app.Api.ACustomer();
        (await LookUp(app, me, 12)).Status.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 8; i++) (await ApiApp.Send(me, HttpMethod.Get, $"parcels/{app.Api.NewNumber()}")).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await LookUp(app, me, 1)).ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_many_misses");
        (await ApiApp.Send(me, HttpMethod.Post, "family/accept", new { token = "guess" })).ShouldBeRefused(HttpStatusCode.TooManyRequests, "request.too_many_misses");
        (await ApiApp.Send(me, HttpMethod.Get, "session")).Status.ShouldBe(HttpStatusCode.OK);
        (await LookUp(app, await app.Api.ACustomer(), 1)).Status.ShouldBe(HttpStatusCode.OK);
        app.Api.App.Clock.Advance(TimeSpan.FromHours(1));
        (await LookUp(app, me, 1)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_found_costs_nothing()
    {
        await using var app = await Started(("Limits:MissesPerHour", "2"));
        var phone = app.Api.NewPhone();
        var (me, parcel) = (await app.Api.ACustomer(phone), await app.Api.AParcel(recipient: phone));
        for (var i = 0; i < 10; i++) (await ApiApp.Send(me, HttpMethod.Post, "parcels/lookup", new { waybills = new[] { parcel } })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_version_that_is_too_old_is_sent_to_update_and_may_only_ask_about_that()
    {
        await using var app = await Started(("App:Releases:0:Platform", "mp-weixin"), ("App:Releases:0:Minimum", "1.2.0"), ("App:Releases:0:Latest", "1.5.0"), ("App:Releases:0:News", "寄件更快了"));
        using var old = Named(app, "mp-weixin/1.1.9");
        var refused = await ApiApp.Send(old, HttpMethod.Get, "products");
        refused.ShouldBeRefused((HttpStatusCode)426, "app.upgrade_required");
        refused.Json.GetProperty("minimum").GetString().ShouldBe("1.2.0");
        (await Version(old)).ShouldBe(("upgrade_required", "1.5.0"));
        using var served = Named(app, "mp-weixin/1.2.0");
        (await ApiApp.Send(served, HttpMethod.Get, "products")).Status.ShouldBe(HttpStatusCode.OK);
        (await Version(served)).ShouldBe(("upgrade_recommended", "1.5.0"));
        using var browser = Named(app, "h5/0.1.0");
        (await ApiApp.Send(browser, HttpMethod.Get, "products")).Status.ShouldBe(HttpStatusCode.OK, "no release is named for browsers");
        using var nonsense = Named(app, "mp-weixin");
        (await ApiApp.Send(nonsense, HttpMethod.Get, "products")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await app.Api.Send(HttpMethod.Get, "app/version")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await app.Api.Send(HttpMethod.Get, "app/version?platform=mp-weixin&version=x")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
    }

    [Fact]
    public void A_new_version_reaches_a_growing_share_of_devices_and_who_has_it_keeps_it()
    {
        var devices = Enumerable.Range(0, 2_000).Select(i => $"device-{i:d5}").ToList();
        HashSet<string> Reached(int percent) => [.. devices.Where(d => Gate(percent).Of("mp-weixin", new AppVersion(1, 4, 0), d).Latest is not null)];
        var (none, few, more, all) = (Reached(0), Reached(10), Reached(40), Reached(100));
        none.ShouldBeEmpty();
        few.Count.ShouldBeInRange(140, 260);
        more.Count.ShouldBeInRange(720, 880);
        few.IsSubsetOf(more).ShouldBeTrue();
        all.Count.ShouldBe(devices.Count);
        Gate(99).Of("mp-weixin", new AppVersion(1, 4, 0), null).State.ShouldBe(AppState.Current, "who does not name a device is not in the share");
    }

    [Fact]
    public void A_version_that_is_forced_is_forced_on_its_share_alone()
    {
        var states = Enumerable.Range(0, 500).Select(i => Gate(30, force: true).Of("mp-weixin", new AppVersion(1, 4, 0), $"device-{i:d5}").State).ToList();
        states.Distinct().Order().ShouldBe([AppState.Current, AppState.UpgradeRequired]);
        states.Count(s => s == AppState.UpgradeRequired).ShouldBeInRange(110, 190);
    }

    [Theory]
    [InlineData("Limits:CustomerPerMinute", "0", "CustomerPerMinute")]
    [InlineData("App:Releases:0:Minimum", "new", "Minimum")]
    [InlineData("App:Releases:0:RolloutPercent", "101", "RolloutPercent")]
    public async Task A_wrong_setting_stops_the_start(string name, string value, string told)
    {
        var refused = await Should.ThrowAsync<Kernel.WrongConfiguration>(async () => await Started((name, value), ("App:Releases:0:Platform", "mp-weixin")));
        refused.Message.ShouldContain(told);
    }

    private static VersionGate Gate(int percent, bool force = false) =>
        new(new AppOptions { Releases = [new AppRelease { Platform = "mp-weixin", Minimum = "1.0.0", Latest = "1.5.0", RolloutPercent = percent, ForceLatest = force }] });

    private static async Task<Running> Started(params (string Name, string Value)[] settings)
    {
        var app = new Running(new ApiApp { Settings = Tight(settings) });
        await app.Api.InitializeAsync();
        return app;
    }

    private static HttpClient Device(Running app, string id) => With(app, "X-Courier-Device", id);

    private static HttpClient Named(Running app, string name) => With(app, VersionGate.Header, name);

    private static HttpClient With(Running app, string header, string value)
    {
        var client = app.Api.App.NewClient();
        client.DefaultRequestHeaders.Add(header, value);
        return client;
    }

    private static async Task<Answer> From(Running app, string address)
    {
        using var client = With(app, "X-Forwarded-For", address);
        return await ApiApp.Send(client, HttpMethod.Get, "products");
    }

    private static Task<Answer> LookUp(Running app, HttpClient client, int numbers) =>
        ApiApp.Send(client, HttpMethod.Post, "parcels/lookup", new { waybills = Enumerable.Range(0, numbers).Select(_ => app.Api.NewNumber()) });

    private static async Task<(string?, string?)> Version(HttpClient client)
    {
        var answer = (await ApiApp.Send(client, HttpMethod.Get, "app/version")).Json;
        return (answer.GetProperty("state").GetString(), answer.GetProperty("latest").GetString());
    }

    private sealed record Running(ApiApp Api) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Api.DisposeAsync();
    }
}
