using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Routing;
using Courier.CallCenter.Switch;
using Courier.CallCenter.Trunks;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>
/// The product with its telephone in the test's own process, on a clock that stands still until a test moves it; sound goes by the
/// machine's time. Two agents and a supervisor have telephones, there are two lines to the world whose far ends the tests play, and one that is known by its password alone.
/// </summary>
public sealed class Switchboard : IAsyncLifetime
{
    private readonly List<Baresip> _phones = [];
    private CourierApp? _app;

    public CourierApp App => _app ?? throw new InvalidOperationException("not started");

    /// <summary>Where SIP is spoken.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{App.Get<Exchange>().Agent.Transport.Local("UDP").Port}");

    /// <summary>The far end of the line that is tried first.</summary>
    public int FirstCarrier { get; } = PeerProgram.FreePort();

    /// <summary>The far end of the line that is tried second.</summary>
    public int SecondCarrier { get; } = PeerProgram.FreePort();

    /// <summary>The telephones of agent1001, agent1002 and the supervisor; they answer by themselves.</summary>
    public IReadOnlyList<Baresip> Phones => _phones;

    public async Task InitializeAsync()
    {
        _app = await CourierApp.Start(new()
        {
            Demo = true,
            Settings = new Dictionary<string, string>
            {
                ["Service:Hours"] = "00:00-24:00", ["CallCenter:Sip:Port"] = "0", ["CallCenter:Rtp:FirstPort"] = "0", ["CallCenter:Rtp:LastPort"] = "0",
                ["CallCenter:Trunks:1:Name"] = "first", ["CallCenter:Trunks:1:Host"] = Local(FirstCarrier), ["CallCenter:Trunks:1:Outbound"] = "true", ["CallCenter:Trunks:1:Inbound"] = "false",
                ["CallCenter:Trunks:1:HealthSeconds"] = "10", ["CallCenter:Trunks:1:Register"] = "true", ["CallCenter:Trunks:1:Username"] = "courier1", ["CallCenter:Trunks:1:Password"] = "carrier-secret",
                ["CallCenter:Trunks:2:Name"] = "second", ["CallCenter:Trunks:2:Host"] = Local(SecondCarrier), ["CallCenter:Trunks:2:Outbound"] = "true", ["CallCenter:Trunks:2:Inbound"] = "false",
                ["CallCenter:Trunks:2:HealthSeconds"] = "10", ["CallCenter:Trunks:2:MostCalls"] = "1",
                ["CallCenter:Trunks:3:Name"] = "partner", ["CallCenter:Trunks:3:Username"] = "partner", ["CallCenter:Trunks:3:Password"] = "partner-secret",
                ["CallCenter:Outbound:Rules:0:Prefix"] = "1", ["CallCenter:Outbound:Rules:0:Trunk"] = "first", ["CallCenter:Outbound:Rules:0:Role"] = "agent", ["CallCenter:Outbound:Rules:0:PerMinute"] = "100",
                ["CallCenter:Outbound:Rules:1:Prefix"] = "1", ["CallCenter:Outbound:Rules:1:Trunk"] = "second", ["CallCenter:Outbound:Rules:1:Role"] = "agent", ["CallCenter:Outbound:Rules:1:PerMinute"] = "100",
                ["CallCenter:Outbound:Rules:2:Prefix"] = "00", ["CallCenter:Outbound:Rules:2:Trunk"] = "second", ["CallCenter:Outbound:Rules:2:Role"] = "supervisor",
            },
            Services = services => services.AddSingleton(new TelephoneWish(true)).AddHostedService(p => p.GetRequiredService<RoutingClock>())
                .AddHostedService(p => p.GetRequiredService<RoutingData>()).AddHostedService<Telephone>(),
        });
        await Wait.Until(() => Board.Find("agent1001") is not null, "the agents are known");
        using var admin = await SignedIn("admin");
        (await admin.PutAsJsonAsync("/api/desk/v1/phones/supervisor", new { password = "the-lead-listens" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _phones.AddRange(await Task.WhenAll(
            Baresip.Registered("agent1001", "demo-1001", Address, 500), Baresip.Registered("agent1002", "demo-1002", Address, 900), Baresip.Registered("supervisor", "the-lead-listens", Address, 1200)));
    }

    public async Task DisposeAsync()
    {
        foreach (var phone in _phones) await phone.DisposeAsync();
        if (_app is not null) await _app.DisposeAsync();
    }

    internal AgentBoard Board => App.Get<AgentBoard>();

    internal AgentState StateOf(string agent) => Board.Find(Board.Find(agent)!.Value)!.State;

    /// <summary>Whether a line to the world counts as working.</summary>
    public bool IsUp(string trunk) => App.Get<TrunkBoard>().IsUp(Trunk(trunk));

    internal TrunkOptions Trunk(string name) => App.Get<CallCenterOptions>().Trunks.Single(t => t.Name == name);

    /// <summary>Lets time go on until something is so, slowly enough for what others have to say meanwhile.</summary>
    public Task Pass(Func<bool> until, string what, double step = 0.5) => Wait.Until(() =>
    {
        if (until()) return true;
        App.Clock.Advance(TimeSpan.FromSeconds(step));
        return false;
    }, what);

    /// <summary>The browser of a member of the demo staff.</summary>
    public async Task<HttpClient> SignedIn(string name)
    {
        var browser = App.NewClient(cookies: true);
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        (await Desk.SignIn(browser, name, "demo" + name)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    /// <summary>SIPp with a scenario.</summary>
    public PeerProgram Sipp(string number, SippScenario scenario, int port = 0, params string[] arguments) =>
        SippScenario.Start(Address, number, port == 0 ? PeerProgram.FreePort() : port, scenario, arguments);

    /// <summary>SIPp as one of our telephones, at a port of its own; it waits for its first call.</summary>
    public async Task<PeerProgram> Phone(string user, string password, SippScenario whenCalled)
    {
        var port = PeerProgram.FreePort();
        using (var registering = Sipp(user, new SippScenario().Register(user, password), port)) (await registering.EndAsync()).ShouldBe(0, registering.Said);
        return await Listening(whenCalled, port);
    }

    /// <summary>Forgets the places of a telephone, such as those of another test.</summary>
    public void Unregister(string user) => App.Get<Exchange>().Unregister(PhoneUser.TryParse(user, null, out var phone) ? phone : throw new ArgumentException(user));

    /// <summary>SIPp that waits to be called.</summary>
    public async Task<PeerProgram> Listening(SippScenario whenCalled, int port, params string[] arguments)
    {
        var peer = Sipp("nobody", whenCalled, port, arguments);
        await Wait.Until(() => IsTaken(port), "SIPp listens");
        return peer;
    }

    /// <summary>Who of the demo agents takes calls of the queue.</summary>
    public void Ready(params string[] agents)
    {
        foreach (var agent in Board.Snapshot())
        {
            if (agents.Contains(agent.PhoneUser)) Board.Ready(agent.Id);
            else Board.NotReady(agent.Id, NotReadyReason.Meeting);
        }
    }

    /// <summary>A customer calls the hotline and asks for a person; hangs up after a while unless the product does.</summary>
    public PeerProgram ACustomer(string number, int staysMs = 30_000) => Sipp("95300", new SippScenario().From($"sip:{number}@carrier.example")
        .Invite().ExpectRinging().Expect(200).Ack().Info('0', 2).Expect(200).ExpectRequest("BYE", staysMs).Answer200());

    /// <summary>Waits for the one call of a number to be in a state.</summary>
    internal async Task<Call> Reaches(string number, CallState state)
    {
        Call? call = null;
        await Wait.Until(() => (call = App.Get<Calls>().All().FirstOrDefault(c => c.Facts.Caller.EndsWith(number, StringComparison.Ordinal) && c.State == state)) is not null, $"the call of {number} is {state}");
        return call!;
    }

    /// <summary>Waits until the telephones of ours in a call are these.</summary>
    internal static Task HasPhones(Call call, params string[] users) =>
        Wait.Until(async () => (await call.Do(() => call.Parties.Where(p => p.IsUp && p.Name.Trunk.Length == 0).Select(p => p.Name.Number).Order().ToList())).SequenceEqual(users), $"in the call are {string.Join(", ", users)}");

    /// <summary>What an agent does to a call.</summary>
    public static async Task<HttpStatusCode> Does(HttpClient agent, string call, string command, object? body = null) =>
        (await agent.PostAsJsonAsync($"/api/desk/v1/live/calls/{call}/{command}", body ?? new { })).StatusCode;

    /// <summary>Waits for a call's end; its record with legs and recordings.</summary>
    public async Task<JsonElement> Record(string id)
    {
        await Wait.Until(() => App.Get<Calls>().Find(id) is null, "the call is over");
        using var supervisor = await SignedIn("supervisor");
        JsonElement record = default;
        await Wait.Until(async () =>
        {
            await App.Get<CallJournal>().Drain(default);
            record = await Desk.Get(supervisor, "/calls/" + id);
            return record.GetProperty("call").GetProperty("endedAt").ValueKind == JsonValueKind.String;
        }, "the call is in the records");
        return record;
    }

    /// <summary>Who was in a call: as what, whose telephone, how it ended; in no order.</summary>
    public static IEnumerable<string> Legs(JsonElement record) =>
        record.GetProperty("legs").EnumerateArray().Select(l => $"{l.GetProperty("role").GetString()} {l.GetProperty("phoneUser").GetString()} {l.GetProperty("outcome").GetString()}").Order(StringComparer.Ordinal);

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    internal static bool IsTaken(int port) => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(l => l.Port == port);
}

/// <summary>Tests that share one switchboard, one after another: each leaves no call behind.</summary>
[CollectionDefinition(Name)]
public sealed class SwitchboardTests : ICollectionFixture<Switchboard>
{
    public const string Name = "switchboard";
}
