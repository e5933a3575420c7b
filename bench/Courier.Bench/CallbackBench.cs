using System.Globalization;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>
/// A customer sends the number of a parcel that she follows already: safe mode, SQLite, 64 connections, 10,000 parcels, each
/// message its own. Beside it the bare endpoint gets the very same requests, in turns.
/// </summary>
internal static class CallbackBench
{
    private const int Parcels = 10_000;

    public static async Task Run(BenchOptions options)
    {
        using var scratch = new Scratch();
        var parcels = options.Quick ? 200 : Parcels;
        await World.Make(scratch.Path, parcels, parcels);
        await using var product = await ServerProcess.Product(World.Settings(scratch.Path));
        await using var bare = await ServerProcess.Own(BareCallback.Name);
        var load = new CallbackLoad(options, parcels, parcels);
        await load.Send(product, options.Quick ? 200 : 200_000); // until everything is compiled for good
        await load.Send(bare, options.Quick ? 200 : 100_000);
        if (options.Minutes > 0) await Soak(load, product, options.Minutes);
        else await Compare(load, product, bare, options);
    }

    private static async Task Compare(CallbackLoad load, ServerProcess product, ServerProcess bare, BenchOptions options)
    {
        var size = options.Quick ? 500 : 20_000;
        Figures ours = new(), theirs = new(), oursCpu = new(), theirsCpu = new(), oursLate = new();
        for (var round = 0; round < options.Rounds; round++)
        {
            var requests = load.Requests(size);
            var (a, aCpu) = await load.Measure(bare, requests);
            var (b, bCpu) = await load.Measure(product, requests);
            theirs.Add(a.PerSecond);
            theirsCpu.Add(aCpu);
            ours.Add(b.PerSecond);
            oursCpu.Add(bCpu);
            oursLate.Add(b.Percentile(0.99));
        }
        ours.Print("callback: ours", "1/s");
        theirs.Print("callback: bare endpoint", "1/s");
        oursLate.Print("callback: ours, 99th percentile", "ms");
        oursCpu.Print("callback: ours, CPU a request", "µs");
        theirsCpu.Print("callback: bare endpoint, CPU a request", "µs");
        Figures.PrintRatio("callback: throughput, ours ÷ bare", ours, theirs, "≥ 0.40");
        Figures.PrintRatio("callback: CPU a request, ours ÷ bare", oursCpu, theirsCpu, "≤ 2.30");
    }

    // Memory must be flat: what grows by itself shows from minute to minute. The first ones fill what is kept by design.
    private static async Task Soak(CallbackLoad load, ServerProcess product, int minutes)
    {
        const double Growth = 1.2;
        var sizes = new List<double>();
        for (var minute = 1; minute <= minutes; minute++)
        {
            var until = TimeProvider.System.GetUtcNow().AddMinutes(1);
            var answered = 0;
            while (TimeProvider.System.GetUtcNow() < until) answered += (await load.Measure(product, load.Requests(10_000))).Result.Requests;
            sizes.Add(product.OwnMemory / 1048576.0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"minute {minute,2}: {answered,9:N0} callbacks, own memory {sizes[^1],7:N1} MiB"));
        }
        if (minutes < 6) return; // too short to judge
        var (early, late) = (sizes.Skip(2).Take(2).Max(), sizes.TakeLast(2).Max());
        BenchFailed.Unless(late <= early * Growth, string.Create(CultureInfo.InvariantCulture, $"the memory grows: {early:N0} MiB early, {late:N0} MiB late"));
    }
}

/// <summary>Callbacks for a product and for whatever is measured beside it.</summary>
internal sealed class CallbackLoad(BenchOptions options, int parcels, int customers)
{
    private const int Connections = 64, QuickConnections = 4, Looked = 97;

    private readonly WechatSender _sender = new(options.Seed);
    private readonly Random _random = new(options.Seed);
    private int[] _asked = [];

    /// <summary>So many questions of customers for their own parcels, in random order.</summary>
    public List<byte[]> Requests(int count)
    {
        _asked = [.. Enumerable.Range(0, count).Select(_ => _random.Next(parcels))];
        return [.. _asked.Select(n => _sender.Text(World.OpenId(n % customers), World.Waybill(n)))];
    }

    public async Task Send(ServerProcess server, int count) => await Measure(server, Requests(count));

    /// <summary>Sends them; the CPU time a request in µs.</summary>
    public async Task<(LoadResult Result, double CpuMicroseconds)> Measure(ServerProcess server, List<byte[]> requests)
    {
        var before = server.Cpu;
        var result = await HttpLoad.Run(server.Address, options.Quick ? QuickConnections : Connections, requests, IsRight);
        return (result, (server.Cpu - before).TotalMicroseconds / requests.Count);
    }

    // Each answer must be a reply; some are decrypted and read. A quick look judges no time, so there the reply may follow by itself.
    private bool IsRight(int request, in Answer answer)
    {
        if (options.Quick && WechatSender.IsLate(answer)) return true;
        if (answer.Status != 200 || answer.Body.Length < 200) return false;
        if (request % Looked != 0) return true;
        var words = _sender.WordsOf(answer.Body);
        return words is not null && (words.Contains(World.Waybill(_asked[request]), StringComparison.Ordinal) || words.StartsWith("快件北京市", StringComparison.Ordinal));
    }
}
