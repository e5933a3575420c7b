using System.Globalization;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>
/// The product is killed (SIGKILL) fifty times at random moments, three in a quick run, while customers write, ask for people and
/// parcels, and the carrier core reports. Whoever is not answered repeats, as WeChat and the core do. Afterwards nothing that was
/// accepted is missing; what was shown twice is counted.
/// </summary>
internal static class KilledBench
{
    private const int Kills = 50, QuickKills = 3, Parcels = 200, Talkers = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task Run(BenchOptions options)
    {
        using var folder = new Scratch();
        await World.Make(folder.Path, Parcels, Parcels);
        await using var wechat = await WechatStub.Start();
        string[] settings =
        [
            .. World.Settings(folder.Path), $"Wechat:ApiBaseUrl={wechat.Address.AbsoluteUri.TrimEnd('/')}", $"Wechat:Templates:parcel_status:{World.AppId}=template-of-the-bench",
            "Notifications:QuietHours=", "Notifications:Lease=00:00:40",
        ];
        var load = new MixedLoad(Talkers, Parcels, options.Seed);
        var random = new Random(options.Seed);
        var kills = options.Quick ? QuickKills : Kills;
        for (var kill = 1; kill <= kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            Task working;
            await using (var product = await ServerProcess.Product(settings))
            {
                working = load.Run(product.Address, stop.Token);
                await load.Answered(10); // it is warm
                await Task.Delay(TimeSpan.FromMilliseconds(300 + random.Next(3000)));
            } // SIGKILL, in the middle of everything
            await stop.CancelAsync();
            await working;
            if (kill % 10 == 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kill} kills, {load.Messages.Count} messages and {load.Reports.Count} reports accepted"));
        }
        await Settled(folder.Path, settings, load, wechat);
    }

    private static async Task Settled(string folder, string[] settings, MixedLoad load, WechatStub wechat)
    {
        await using var product = await ServerProcess.Product(settings);
        await load.Finish(product.Address);
        var after = new Aftermath(folder, load, wechat);
        var deadline = TimeProvider.System.GetTimestamp();
        while (after.OpenWork() is { Count: > 0 } open)
        {
            BenchFailed.Unless(TimeProvider.System.GetElapsedTime(deadline) < Patience, "work is left: " + string.Join(", ", open));
            await Task.Delay(500);
        }
        after.Judge();
    }
}
