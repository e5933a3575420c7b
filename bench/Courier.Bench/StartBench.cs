using System.Diagnostics;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>From the start of the process to the first answered callback, with an empty data directory, as in Production.</summary>
internal static class StartBench
{
    public static async Task Run(BenchOptions options)
    {
        Figures first = new(), again = new();
        var sender = new WechatSender(options.Seed);
        for (var round = 0; round < options.Rounds; round++)
        {
            using var scratch = new Scratch();
            first.Add(await Start(scratch.Path, sender, options));
            again.Add(await Start(scratch.Path, sender, options));
        }
        first.Print("start: empty directory to first answer, aim < 3000", "ms");
        again.Print("start: again on the same directory", "ms");
    }

    private static async Task<double> Start(string folder, WechatSender sender, BenchOptions options)
    {
        var started = Stopwatch.GetTimestamp();
        await using var product = await ServerProcess.Product(World.Settings(folder), options.Program);
        await HttpLoad.Run(product.Address, 1, [sender.Text(World.OpenId(1), "帮助")], (int _, in Answer answer) => answer.Status == 200 && (sender.WordsOf(answer.Body)?.Length > 0 || (options.Quick && WechatSender.IsLate(answer))));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
