using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Courier.Bench.Kit;
using Courier.Kernel.Data;
using Courier.Kernel.Events;

namespace Courier.Bench;

/// <summary>
/// Pushes from the plan to the ledger, counted from the order to plan the first one until the last one is recorded: planned in batches, taken, sent as template
/// messages to a stub of WeChat, recorded, each while others are at the other steps. Beside it a bare HttpClient posts a JSON body of the same size to the same stub
/// over as many connections, in turns. Then the same with a stub that takes 50 ms for every message: as many connections as messages under way are the most that
/// anybody can send.
/// </summary>
internal static class PushBench
{
    private const int Connections = 64, Latency = 50;

    public static async Task Run(BenchOptions options)
    {
        await Measure(options, latency: 0, options.Quick ? 200 : 10_000, warmUps: options.Quick ? 1 : 12); // until the runtime has compiled both for good
        await Measure(options, Latency, options.Quick ? 200 : 10_000, warmUps: 1);
    }

    private static async Task Measure(BenchOptions options, int latency, int number, int warmUps)
    {
        using var scratch = new Scratch();
        await World.Make(scratch.Path, number, number);
        await using var stub = await ServerProcess.Own(PushStub.Name, latency.ToString(CultureInfo.InvariantCulture));
        await using var product = await ServerProcess.Own(PushProduct.Name, [.. World.Settings(scratch.Path).Where(s => !s.StartsWith("Wechat:ApiBaseUrl", StringComparison.Ordinal)).Select(s => "--" + s),
            $"--Wechat:ApiBaseUrl={stub.Address.ToString().TrimEnd('/')}", $"--Wechat:Templates:parcel_status:{World.AppId}=bench-template",
            $"--Notifications:Parallel={Connections}", "--Notifications:BatchSize=1000", "--Wechat:DailyLimits:Template=100000000", "--urls=http://127.0.0.1:0"]);
        await using var pushes = new Pushes(product, scratch.Path);
        using var bare = new BareSender(stub.Address, Connections);
        for (; warmUps > 0; warmUps--)
        {
            await pushes.Run(number);
            await bare.Post(number);
        }
        Figures rates = new(), cpu = new(), posts = new(), postCpu = new(), bound = new();
        for (var round = 0; round < options.Rounds; round++)
        {
            var (posted, postedCpu) = await bare.Post(number);
            var (pushed, pushedCpu) = await pushes.Run(number);
            rates.Add(number / pushed.TotalSeconds);
            cpu.Add(pushedCpu.TotalMicroseconds / number);
            posts.Add(number / posted.TotalSeconds);
            postCpu.Add(postedCpu.TotalMicroseconds / number);
            if (latency > 0) bound.Add(Connections / (latency / 1000.0));
        }
        var name = $"pushes, {latency} ms";
        rates.Print($"{name}: planned, sent, recorded", "1/s");
        cpu.Print($"{name}: CPU a push", "µs");
        posts.Print($"{name}: bare HttpClient", "1/s");
        postCpu.Print($"{name}: bare HttpClient, CPU a post", "µs");
        if (latency == 0) Figures.PrintRatio($"{name}: pushes ÷ bare", rates, posts, "≥ 0.50");
        else Figures.PrintRatio($"{name}: pushes ÷ (connections ÷ latency)", rates, bound, "≥ 0.80");
    }
}

/// <summary>Has the product push, and looks in its database when all is done.</summary>
internal sealed class Pushes(ServerProcess product, string folder) : IAsyncDisposable
{
    private readonly Db _db = Db.Open(new DatabaseOptions(), folder, new Outbox(new EventCatalog([]), TimeProvider.System));
    private int _round;

    // Asked again and again while others work: it reads no more than the open ones.
    private const string IsDone =
        """
        select exists (select 1 from notifications_messages where customer = @last and order_key = 'bench' and order_version = @round)
          and not exists (select 1 from notifications_messages where finished_at is null)
        """;

    /// <summary>Tells each of so many customers something, and checks that all of it was sent.</summary>
    public async Task<(TimeSpan Took, TimeSpan Cpu)> Run(int number)
    {
        var round = ++_round;
        var last = await _db.First<string>("select customer_id from customers_identities order by openid limit 1 offset @before", new { before = number - 1 });
        var (cpu, began) = (product.Cpu, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await product.Tell(PushProduct.Order(round, number));
        for (var left = 3000; left > 0; left--)
        {
            await Task.Delay(100);
            if (await _db.First<long>(IsDone, new { last, round }) == 0) continue;
            var end = (await _db.First<End>("select count(*) as Number, max(finished_at) as Ended from notifications_messages where order_version = @round and state = 'sent'", new { round }))!;
            BenchFailed.Unless(end.Number == number, $"{end.Number} of {number} pushes were sent");
            return (TimeSpan.FromMilliseconds(Math.Max(1, end.Ended - began)), product.Cpu - cpu);
        }
        throw new BenchFailed("the pushes were not sent in five minutes");
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    private sealed record End
    {
        public required long Number { get; init; }
        public required long Ended { get; init; }
    }
}

/// <summary>What anybody would write first: a loop of posts over so many connections.</summary>
internal sealed class BareSender(Uri stub, int connections) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });
    private readonly Uri _address = new(stub, PushStub.SendPath + "?access_token=bench-token");
    private int _next;

    public async Task<(TimeSpan Took, TimeSpan Cpu)> Post(int number)
    {
        _next = 0;
        var (own, began) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => Loop(number))));
        return (Stopwatch.GetElapsedTime(began), Process.GetCurrentProcess().TotalProcessorTime - own);
    }

    public void Dispose() => _http.Dispose();

    private async Task Loop(int number)
    {
        while (Interlocked.Increment(ref _next) is var n && n <= number)
        {
            var data = PushProduct.Values(n).ToDictionary(v => v.Key, v => new { value = v.Value });
            var body = JsonSerializer.SerializeToUtf8Bytes(new { touser = World.OpenId(n), template_id = "bench-template", client_msg_id = n.ToString("D32", CultureInfo.InvariantCulture), data });
            using var content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json; charset=utf-8" } } };
            using var answer = await _http.PostAsync(_address, content);
            using var read = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            BenchFailed.Unless(read.RootElement.GetProperty("errcode").GetInt32() == 0, "the stub refused a post");
        }
    }
}
