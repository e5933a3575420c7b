using System.Diagnostics;
using System.Globalization;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Two processes on one database behind Kamailio, with the configuration that is delivered: one works, the other stands by.</summary>
public sealed class StandingBehindKamailio : IAsyncLifetime
{
    private readonly int _proxy = PeerProgram.FreePort(), _first = PeerProgram.FreePort(), _second = PeerProgram.FreePort();
    private Node? _working, _standby;
    private PeerProgram? _kamailio;

    public async Task InitializeAsync()
    {
        var database = await MariaDb.NewDatabase();
        _working = new Node(database, _first);
        await _working.InitializeAsync();
        _standby = new Node(database, _second);
        await _standby.InitializeAsync();
        _kamailio = Kamailio();
    }

    public async Task DisposeAsync()
    {
        _kamailio!.Dispose();
        await _working!.DisposeAsync();
        await _standby!.DisposeAsync();
    }

    [Fact]
    public async Task When_the_working_one_dies_new_calls_are_answered_by_the_other_within_ten_seconds_and_running_ones_are_over()
    {
        await Wait.Until(() => _kamailio!.Said.Contains(string.Create(CultureInfo.InvariantCulture, $"udp: 127.0.0.1 [127.0.0.1]:{_proxy}"), StringComparison.Ordinal), "Kamailio listens");
        await using var running = await RawCaller.Calls("13800138601", _proxy);
        await Wait.Until(() => running.Voice.Packets.Count > 10, "the caller hears something");
        (await _working!.Running()).Count.ShouldBe(1);

        await _working.Process.Kill();
        var killed = Stopwatch.StartNew();
        await using var next = await RawCaller.Calls("13800138602", _proxy);
        killed.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await _standby!.Running()).Count.ShouldBe(1);
        await Wait.Until(() => next.Voice.Packets.Count > 10, "the next caller hears something");
        (await running.Leave()).ShouldBeGreaterThanOrEqualTo(400); // nobody has it any more, and whoever hangs up is told so
        await next.HangUp();
    }

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

    private sealed class Node(string database, int port) : TelephoneApp
    {
        protected override IEnumerable<string> Settings =>
            ["Database:Provider=MySql", "Database:ConnectionString=" + database, string.Create(CultureInfo.InvariantCulture, $"CallCenter:Sip:Port={port}"), "CallCenter:Sip:TrustedNetworks:0=127.0.0.1/32"];
    }
}
