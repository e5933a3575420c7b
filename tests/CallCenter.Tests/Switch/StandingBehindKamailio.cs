using System.Diagnostics;
using System.Globalization;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Two processes that have calls behind Kamailio, with the configuration that is delivered: one works, the other stands by; a third one serves the desk and the jobs.</summary>
public sealed class StandingBehindKamailio : IAsyncLifetime
{
    private readonly int _proxy = PeerProgram.FreePort(), _first = PeerProgram.FreePort(), _second = PeerProgram.FreePort();
    private readonly string _folder = Directory.CreateTempSubdirectory("courier-test-").FullName;
    private CourierProcess? _desk;
    private Node? _working, _standby;
    private PeerProgram? _kamailio;

    public async Task InitializeAsync()
    {
        var database = await MariaDb.NewDatabase();
        _desk = await CourierProcess.Start(_folder, ["Roles=api,worker", "Demo:Enabled=true", "Sandbox:Plays=false", "Service:Hours=00:00-24:00", .. OnMariaDb(database)]);
        _working = new Node(database, _first, _desk.Address);
        await _working.InitializeAsync();
        _standby = new Node(database, _second, _desk.Address);
        await _standby.InitializeAsync();
        _kamailio = Kamailio();
    }

    public async Task DisposeAsync()
    {
        _kamailio!.Dispose();
        await _working!.DisposeAsync();
        await _standby!.DisposeAsync();
        await _desk!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task When_the_working_one_dies_new_calls_are_answered_by_the_other_within_ten_seconds_and_running_ones_are_over()
    {
        await Wait.Until(() => _kamailio!.Said.Contains(string.Create(CultureInfo.InvariantCulture, $"udp: 127.0.0.1 [127.0.0.1]:{_proxy}"), StringComparison.Ordinal), "Kamailio listens");
        var called = Stopwatch.StartNew();
        await using var running = await RawCaller.Calls("13800138601", _proxy);
        var usual = called.Elapsed;
        await Wait.Until(() => running.Voice.Packets.Count > 10, "the caller hears something");
        (await _working!.Running()).Count.ShouldBe(1);

        await _working.Process.Kill();
        var killed = Stopwatch.StartNew();
        await using var next = await RawCaller.Calls("13800138602", _proxy);
        killed.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10) + usual, "no longer than ten seconds more than a call takes at this machine");
        (await _standby!.Running()).Count.ShouldBe(1);
        await Wait.Until(() => next.Voice.Packets.Count > 10, "the next caller hears something");
        (await running.Leave()).ShouldBeGreaterThanOrEqualTo(400); // nobody has it any more, and whoever hangs up is told so
        await next.HangUp();
    }

    [Fact]
    public async Task Telephones_register_again_at_the_standby_and_are_called_there()
    {
        await Wait.Until(() => _kamailio!.Said.Contains(string.Create(CultureInfo.InvariantCulture, $"udp: 127.0.0.1 [127.0.0.1]:{_proxy}"), StringComparison.Ordinal), "Kamailio listens");
        await using var phone = await Baresip.Registered("agent1001", "demo-1001", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_proxy}"), hertz: 500, seconds: 60);
        (await PhonesAt(_working!)).ShouldBe(1);
        (await PhonesAt(_standby!)).ShouldBe(0);
        using (var agent = await _working!.SignedIn("agent1001")) (await agent.PostAsync("/api/desk/v1/live/me/ready", null)).EnsureSuccessStatusCode();
        using var there = await _standby!.SignedIn("agent1001");
        await Wait.Until(async () => (await Desk.Get(there, "/live/me")).GetProperty("wantsReady").GetBoolean(), "the standby knows who is ready");

        await _working.Process.Kill();
        await Wait.Until(async () => await PhonesAt(_standby!) == 1, "the telephone has registered again", TimeSpan.FromSeconds(90));
        await Wait.Until(async () => (await Desk.Get(there, "/live/me")).GetProperty("agent").GetProperty("state").GetString() == "ready", "who was ready is ready again");
        await using var caller = await RawCaller.Calls("13800138603", _proxy);
        caller.Voice.Press("0");
        await Listening.Tone(() => caller.Voice.Heard, 500, "the caller");
        await caller.HangUp();
        await Wait.Until(async () => (await _standby!.Running()).Count == 0, "the call is over");
    }

    private static async Task<int> PhonesAt(Node node) => (await Desk.Get(node.Supervisor, "/live/telephone")).GetProperty("phones").GetInt32();

    private PeerProgram Kamailio()
    {
        var directory = PeerProgram.NewDirectory();
        var processes = Path.Combine(directory, "dispatcher.list");
        File.WriteAllText(processes, string.Create(CultureInfo.InvariantCulture, $"1 sip:127.0.0.1:{_first} 0 10\n1 sip:127.0.0.1:{_second} 0 5\n"));
        return PeerProgram.Start(MariaDb.Locate("kamailio"), directory, "-DD", "-E", "-f", Path.Combine(Repository(), "deploy/kamailio/kamailio.cfg"), "-Y", directory, "-A", $"DISPATCHER_LIST=\"{processes}\"",
            "-A", string.Create(CultureInfo.InvariantCulture, $"LISTEN_UDP=udp:127.0.0.1:{_proxy}"), "-A", string.Create(CultureInfo.InvariantCulture, $"LISTEN_TCP=tcp:127.0.0.1:{_proxy}"));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Courier.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static string[] OnMariaDb(string database) => ["Database:Provider=MySql", "Database:ConnectionString=" + database];

    private sealed class Node(string database, int port, Uri desks) : TelephoneApp
    {
        protected override Uri Desks => desks;

        protected override IEnumerable<string> Settings =>
            ["Roles=callcenter", .. OnMariaDb(database), string.Create(CultureInfo.InvariantCulture, $"CallCenter:Sip:Port={port}"), "CallCenter:Sip:TrustedNetworks:0=127.0.0.1/32"];
    }
}
