using System.Diagnostics;
using System.Globalization;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>What sound costs without signalling: the engine in a process of its own, its CPU as a whole, and when its packets come.</summary>
internal static class MediaBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3), Measured = TimeSpan.FromSeconds(10);

    public static async Task Run(BenchOptions options)
    {
        int[] sizes = options.Quick ? [4, 8] : [10, 50, 100, 200];
        var perLeg = sizes.ToDictionary(s => s, _ => new Figures());
        var late = new Figures();
        for (var round = 0; round < Math.Min(options.Rounds, 3); round++)
        {
            foreach (var size in sizes)
            {
                var figures = await Measure(options, MediaServer.Plays, size);
                perLeg[size].Add(10_000 * figures.Cpu / size);
                if (size == sizes[^1]) late.Add(figures.Late);
            }
        }
        foreach (var size in sizes) perLeg[size].Print($"media: {size} legs play, CPU of one leg", "µs/s");
        late.Print($"media: {sizes[^1]} legs play, later than 20 ms", "% of all");
        Figures.PrintRatio($"media: one leg of {sizes[^1]} ÷ one of {sizes[0]}", perLeg[sizes[^1]], perLeg[sizes[0]], "≤ 1.2");
        foreach (var (work, what) in (IEnumerable<(string, string)>)[(MediaServer.Relays, "bridged"), (MediaServer.Records, "bridged and recorded")])
        {
            var calls = options.Quick ? 4 : 100;
            var (cpu, share) = (new Figures(), new Figures());
            for (var round = 0; round < Math.Min(options.Rounds, 3); round++)
            {
                var figures = await Measure(options, work, 2 * calls);
                cpu.Add(figures.Cpu);
                share.Add(figures.Late);
            }
            cpu.Print($"media: {calls} calls {what}", "% core");
            share.Print($"media: {calls} calls {what}, later than 20 ms", "% of all");
        }
    }

    // CPU in percent of a core, late packets in percent.
    private static async Task<(double Cpu, double Late)> Measure(BenchOptions options, string work, int legs)
    {
        var (warmUp, measured) = options.Quick ? (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)) : (WarmUp, Measured);
        using var scratch = new Scratch();
        using var peers = new MediaPeers(legs);
        await using var server = await ServerProcess.Own(MediaServer.Name, [work, scratch.Path, .. peers.Ports.Select(p => p.ToString(CultureInfo.InvariantCulture))]);
        peers.Meet([.. server.Output.First(l => l.StartsWith("legs ", StringComparison.Ordinal))[5..].Split(' ').Select(p => int.Parse(p, CultureInfo.InvariantCulture))]);
        var speak = work != MediaServer.Plays;
        peers.Run(warmUp, speak);
        peers.Forget();
        var (cpu, started) = (server.Cpu, Stopwatch.GetTimestamp());
        peers.Run(measured, speak);
        var used = (server.Cpu - cpu) / Stopwatch.GetElapsedTime(started);
        if (work == MediaServer.Records) CheckRecordings(scratch.Path, legs / 2, measured);
        return (100 * used, 100 * peers.LateShare(options.Quick ? null : measured, work == MediaServer.Relays));
    }

    private static void CheckRecordings(string folder, int calls, TimeSpan measured)
    {
        var written = Directory.GetFiles(folder).Select(f => new FileInfo(f).Length).ToList();
        BenchFailed.Unless(written.Count == calls && written.All(w => w >= (measured.TotalSeconds - 1) * 32_000), "recordings are missing or short");
    }
}
