using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Courier.Bench.Kit;
using Courier.Media.Wav;

namespace Courier.Bench;

/// <summary>
/// A hundred calls that SIPp makes and keeps up, echoing what it hears: prompted, and bridged in pairs and recorded. Beside them baresip with a hundred
/// calls, playing a file without decoding what comes, which is the least that it can do. Whole processes, in turns.
/// </summary>
internal static partial class CallsBench
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    public static async Task Run(BenchOptions options)
    {
        var calls = options.Quick ? 4 : 100;
        Figures plays = new(), records = new(), baresip = new();
        for (var round = 0; round < Math.Min(options.Rounds, 3); round++)
        {
            plays.Add(await Ours(options, CallServer.Plays, calls));
            records.Add(await Ours(options, CallServer.Records, 2 * calls));
            baresip.Add(await Baresip(options, calls));
        }
        plays.Print($"calls: {calls} prompted", "% core");
        records.Print($"calls: {calls} bridged and recorded", "% core");
        baresip.Print($"calls: baresip with {calls}", "% core");
        Figures.PrintRatio("calls: prompted ÷ baresip", plays, baresip, "≤ 0.4");
        Figures.PrintRatio("calls: bridged and recorded ÷ baresip", records, baresip, "≤ 0.8");
    }

    private static async Task<double> Ours(BenchOptions options, string work, int calls)
    {
        using var scratch = new Scratch();
        await using var server = await ServerProcess.Own(CallServer.Name, work, scratch.Path);
        return await Measure(options, server.Address.Port, calls, () => server.Cpu);
    }

    private static async Task<double> Baresip(BenchOptions options, int calls)
    {
        using var scratch = new Scratch();
        var prompt = Path.Combine(scratch.Path, "prompt.wav");
        await File.WriteAllBytesAsync(prompt, Wav(Melody.Samples()));
        var (port, baresip) = await BaresipPeer.Start(scratch.Path, "aufile," + prompt, rate: 8000, channels: 1);
        await using (baresip) return await Measure(options, port, calls, () => baresip.Cpu);
    }

    // CPU in percent of a core while all calls are up.
    private static async Task<double> Measure(BenchOptions options, int port, int calls, Func<TimeSpan> cpu)
    {
        var (measured, settling) = options.Quick ? (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)) : (Measured, TimeSpan.FromSeconds(3 + calls / 50));
        var length = (int)(settling + measured + TimeSpan.FromSeconds(2)).TotalMilliseconds;
        var count = calls.ToString(CultureInfo.InvariantCulture);
        using var scratch = new Scratch();
        await using var sipp = SippCaller.Start(scratch.Path, port, calls, calls, rate: 50, length, "-mi", "127.0.0.1", "-mp", UdpPorts.Free().ToString(CultureInfo.InvariantCulture), "-rtp_echo");
        await Task.Delay(settling);
        var (before, started) = (cpu(), Stopwatch.GetTimestamp());
        await Task.Delay(measured);
        var used = 100 * ((cpu() - before) / Stopwatch.GetElapsedTime(started));
        var code = await sipp.Ended(TimeSpan.FromMinutes(2));
        BenchFailed.Unless(code == 0 && Successes().Matches(sipp.Said) is [.., var last] && last.Groups["n"].Value == count, $"SIPp's calls failed: {sipp.Said}");
        return used;
    }

    private static byte[] Wav(short[] samples)
    {
        var sound = MemoryMarshal.AsBytes(samples.AsSpan());
        var wav = new byte[WavHeader.Length + sound.Length];
        WavHeader.Write(wav, channels: 1, sound.Length);
        sound.CopyTo(wav.AsSpan(WavHeader.Length));
        return wav;
    }

    [GeneratedRegex(@"Successful call\s*\|\s*\d+\s*\|\s*(?<n>\d+)")]
    private static partial Regex Successes();
}
