using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Courier.Bench.Kit;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Notifications;

namespace Courier.Bench;

/// <summary>
/// Pushes from the plan to the ledger: planned in batches, taken, sent as template messages to a stub of WeChat, recorded. Beside it
/// a bare HttpClient posts a JSON body of the same size to the same stub over as many connections, in turns. Then the same with a
/// stub that takes 50 ms for every message: as many connections as messages under way are the most that anybody can send.
/// </summary>
internal static class PushBench
{
    private const int Connections = 64, Latency = 50, WarmUps = 5;

    public static async Task Run(BenchOptions options)
    {
        await Measure(options, latency: 0, options.Quick ? 200 : 10_000);
        await Measure(options, Latency, options.Quick ? 200 : 10_000);
    }

    private static async Task Measure(BenchOptions options, int latency, int number)
    {
        using var scratch = new Scratch();
        await World.Make(scratch.Path, number, number);
        await using var stub = await ServerProcess.Own(PushStub.Name, latency.ToString(CultureInfo.InvariantCulture));
        await using var product = await ServerProcess.Product([.. World.Settings(scratch.Path).Where(s => !s.StartsWith("Wechat:ApiBaseUrl", StringComparison.Ordinal)),
            $"Wechat:ApiBaseUrl={stub.Address.ToString().TrimEnd('/')}", $"Wechat:Templates:parcel_status:{World.AppId}=bench-template",
            $"Notifications:Parallel={Connections}", "Notifications:BatchSize=1000", "Wechat:DailyLimits:Template=100000000"]);
        await using var planner = await Planner.Open(scratch.Path);
        using var bare = new BareSender(stub.Address, Connections);
        for (var warming = options.Quick ? 1 : WarmUps; warming > 0; warming--) // until the runtime has compiled both for good
        {
            await planner.Push(product, number);
            await bare.Post(number);
        }
        Figures all = new(), sends = new(), posts = new(), cpu = new(), planning = new(), postCpu = new(), bound = new();
        for (var round = 0; round < options.Rounds; round++)
        {
            var (posted, postedCpu) = await bare.Post(number);
            var push = await planner.Push(product, number);
            posts.Add(number / posted.TotalSeconds);
            postCpu.Add(postedCpu.TotalMicroseconds / number);
            all.Add(number / (push.Planned + push.Sent).TotalSeconds);
            sends.Add(number / push.Sent.TotalSeconds);
            cpu.Add((push.Planning + push.Cpu).TotalMicroseconds / number);
            planning.Add(push.Planning.TotalMicroseconds / number);
            bound.Add(Connections / (latency / 1000.0));
        }
        var name = $"pushes, {latency} ms";
        all.Print($"{name}: planned, sent, recorded", "1/s");
        sends.Print($"{name}: sent, recorded", "1/s");
        cpu.Print($"{name}: CPU a push, planning too", "µs");
        planning.Print($"{name}: CPU of planning one", "µs");
        posts.Print($"{name}: bare HttpClient", "1/s");
        postCpu.Print($"{name}: bare HttpClient, CPU a post", "µs");
        if (latency == 0) Figures.PrintRatio($"{name}: pushes ÷ bare", all, posts, "≥ 0.50");
        else Figures.PrintRatio($"{name}: pushes ÷ (connections ÷ latency)", sends, bound, "≥ 0.80");
    }
}

/// <summary>Plans pushes with the product's own code in the product's database, and looks when they are done.</summary>
internal sealed class Planner : IAsyncDisposable
{
    private const int Batch = 500;

    private readonly Db _db;
    private readonly DataKeys _keys = new([World.DataKey]);
    private readonly IReadOnlyList<CustomerId> _customers;
    private int _round;

    private Planner(Db db, IReadOnlyList<CustomerId> customers) => (_db, _customers) = (db, customers);

    public static async Task<Planner> Open(string folder)
    {
        TypeHandlers.AddText<CustomerId>();
        var db = Db.Open(new DatabaseOptions(), folder, new Outbox(new EventCatalog([]), TimeProvider.System));
        return new Planner(db, [.. (await db.Query<string>("select customer_id from customers_identities order by openid")).Select(CustomerId.Parse)]);
    }

    /// <summary>Plans one push for each of so many customers, lets the product send them all at once, and checks that all were sent.</summary>
    public async Task<(TimeSpan Planned, TimeSpan Sent, TimeSpan Planning, TimeSpan Cpu)> Push(ServerProcess product, int number)
    {
        var round = ++_round;
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        var (own, began) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        foreach (var some in _customers.Take(number).Select((c, i) => Plan(c, i, round, later)).Chunk(Batch))
            await _db.InTransaction(tx => PlanNotification.Execute(tx, _keys, Silent.Alarm, TimeProvider.System, some, CancellationToken.None));
        var planned = Stopwatch.GetElapsedTime(began);
        var planning = Process.GetCurrentProcess().TotalProcessorTime - own;
        var before = product.Cpu;
        await _db.Execute("update notifications_messages set next_at = @now where order_version = @round", new { round, now = TimeProvider.System.GetUtcNow() }); // the starting shot
        var sent = await Sent(round, number);
        return (planned, sent, planning, product.Cpu - before);
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    private async Task<TimeSpan> Sent(int round, int number)
    {
        for (var left = 3000; left > 0; left--)
        {
            await Task.Delay(100);
            if (await _db.First<long>("select count(*) from notifications_messages where finished_at is null") > 0) continue;
            var end = (await _db.First<End>(
                "select count(*) as Number, min(first_tried_at) as Began, max(finished_at) as Ended from notifications_messages where order_version = @round and state = 'sent'", new { round }))!;
            BenchFailed.Unless(end.Number == number, $"{end.Number} of {number} pushes were sent");
            return TimeSpan.FromMilliseconds(Math.Max(1, end.Ended - end.Began));
        }
        throw new BenchFailed("the pushes were not sent in five minutes");
    }

    private static PlannedNotification Plan(CustomerId customer, int n, int round, DateTimeOffset later) => new(
        customer, NotificationKind.ParcelStatus, string.Create(CultureInfo.InvariantCulture, $"bench:{round}"),
        $"您的快件 {World.Waybill(n)} 正由北京朝阳网点派送。\n请留意快递员的电话。\n时间：11月22日 09:30", "parcel_status", Values(n), Url: null,
        OrderKey: "bench", round, OnlyAppId: null, OnlyAddress: null) { NotBefore = later };

    internal static Dictionary<string, string> Values(int n) => new()
    {
        ["character_string1"] = World.Waybill(n), ["phrase2"] = "派送中", ["time3"] = "2026-11-22 09:30", ["thing4"] = "北京朝阳网点", ["thing5"] = "请留意快递员的电话",
    };

    private sealed record End
    {
        public required long Number { get; init; }
        public required long Began { get; init; }
        public required long Ended { get; init; }
    }

    // The product looks every second by itself.
    private sealed class Silent : IJobAlarm
    {
        public static Silent Alarm { get; } = new();

        public void Wake(string job)
        {
        }
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
            var data = Planner.Values(n).ToDictionary(v => v.Key, v => new { value = v.Value });
            var body = JsonSerializer.SerializeToUtf8Bytes(new { touser = World.OpenId(n), template_id = "bench-template", client_msg_id = n.ToString("D32", CultureInfo.InvariantCulture), data });
            using var content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json; charset=utf-8" } } };
            using var answer = await _http.PostAsync(_address, content);
            using var read = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            BenchFailed.Unless(read.RootElement.GetProperty("errcode").GetInt32() == 0, "the stub refused a post");
        }
    }
}
