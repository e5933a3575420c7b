using System.Globalization;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>
/// Calls that SIPp makes: INVITE, 180, 200, ACK, BYE. Answered by our stack with our media engine, by baresip, and by SIPp itself, which does
/// nothing but answer; whole processes, at a rate that baresip stands, and at one that it does not.
/// </summary>
internal static class SignallingBench
{
    private const int Usual = 100, High = 300;

    public static async Task Run(BenchOptions options)
    {
        var seconds = options.Quick ? 2 : 60;
        var rounds = options.Quick ? 1 : Math.Min(options.Rounds, 3);
        Figures ours = new(), baresip = new(), oursHigh = new(), sippHigh = new();
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await Measure(Ours, options.Quick ? 20 : Usual, seconds, isStrict: !options.Quick));
            if (!options.Quick) baresip.Add(await Measure(Baresip, Usual, seconds, isStrict: false));
            oursHigh.Add(await Measure(Ours, options.Quick ? 50 : High, seconds, isStrict: !options.Quick));
            sippHigh.Add(await Measure(Sipp, options.Quick ? 50 : High, seconds, isStrict: !options.Quick));
        }
        ours.Print($"signalling: a call of ours, {Usual} a second", "µs CPU");
        if (!options.Quick)
        {
            baresip.Print($"signalling: a call of baresip's, {Usual} a second", "µs CPU");
            Figures.PrintRatio("signalling: ours ÷ baresip's", ours, baresip, "≤ 0.30");
        }
        oursHigh.Print($"signalling: a call of ours, {High} a second", "µs CPU");
        sippHigh.Print($"signalling: a call of SIPp's own, {High} a second", "µs CPU");
        Figures.PrintRatio("signalling: ours ÷ SIPp's own", oursHigh, sippHigh, "≤ 10");
    }

    // CPU of whoever answers, microseconds a call; there must be some. Strict: no call failed, and nothing had to be said twice.
    private static async Task<double> Measure(Func<Scratch, Task<Answerer>> start, int rate, int seconds, bool isStrict)
    {
        using var scratch = new Scratch();
        await using var answerer = await start(scratch);
        await Call(answerer.Port, scratch, "warm", rate, Math.Min(seconds, 5) * rate);
        var before = answerer.Cpu();
        var calls = await Call(answerer.Port, scratch, "measured", rate, seconds * rate);
        var used = answerer.Cpu() - before;
        BenchFailed.Unless(calls.Succeeded > 0, "no call succeeded");
        if (isStrict) BenchFailed.Unless(calls is { Failed: 0, Repeated: 0 }, $"at {rate} calls a second {calls.Failed} failed, and {calls.Repeated} messages had to be repeated");
        return used.TotalMicroseconds / calls.Succeeded;
    }

    private static async Task<Calls> Call(int port, Scratch scratch, string name, int rate, int count)
    {
        var statistics = Path.Combine(scratch.Path, name + ".csv");
        await using var sipp = SippCaller.Start(scratch.Path, port, count, atOnce: 5000, rate, milliseconds: 0, "-t", "u1", "-buff_size", "4194304", "-trace_stat", "-stf", statistics, "-fd", "1");
        await sipp.Ended(TimeSpan.FromSeconds(120 + 2 * count / rate));
        var lines = await File.ReadAllLinesAsync(statistics);
        var (names, last) = (lines[0].Split(';'), lines[^1].Split(';'));
        int Of(string name) => int.Parse(last[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
        return new Calls(Of("SuccessfulCall(C)"), Of("FailedCall(C)"), Of("Retransmissions(C)"));
    }

    private static async Task<Answerer> Ours(Scratch scratch)
    {
        var server = await ServerProcess.Own(CallServer.Name, CallServer.Answers, scratch.Path);
        return new Answerer(server.Address.Port, () => server.Cpu, server);
    }

    private static async Task<Answerer> Sipp(Scratch scratch)
    {
        var port = UdpPorts.Free();
        var server = PeerProcess.Start("sipp", scratch.Path, "-sn", "uas", "-t", "u1", "-i", "127.0.0.1", "-p", Text(port), "-nostdin", "-buff_size", "4194304");
        await UdpPorts.Taken(port);
        return new Answerer(port, () => server.Cpu, server);
    }

    private static async Task<Answerer> Baresip(Scratch scratch)
    {
        var (port, server) = await BaresipPeer.Start(scratch.Path, "ausine,400", rate: 48_000, channels: 2);
        return new Answerer(port, () => server.Cpu, server);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Calls(int Succeeded, int Failed, int Repeated);

    private sealed record Answerer(int Port, Func<TimeSpan> Cpu, IAsyncDisposable Process) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
