using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>
/// Callbacks that no honest WeChat would send, to a product that answers them all the same: a million, or thirty seconds of them in a
/// quick run. Right are 200 and 403 and nothing else, 403 for everything that is not sealed rightly, no fault in the log, no growth.
/// </summary>
internal static class MutatedBench
{
    private const int Million = 1_000_000, Connections = 16, Windows = 10;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(30);

    public static async Task Run(BenchOptions options)
    {
        using var folder = new Scratch();
        await World.Make(folder.Path, 1000, 100);
        await using var product = await ServerProcess.Product([.. World.Settings(folder.Path), .. MutatedAccounts.Settings, "Wechat:Duplicates:Most=1000"]);
        using var http = Client(product.Address);
        var run = new Attack(http, product, options.Seed, options.Quick ? null : Million);
        await run.Until(options.Quick ? Slice : TimeSpan.MaxValue);
        run.Print();
        await StillAnswers(http);
        var faults = product.Output.SkipWhile(l => !IsFault(l)).Take(25).ToList();
        BenchFailed.Unless(faults.Count == 0, $"a callback made the product throw: {string.Join('\n', faults)}");
    }

    private static bool IsFault(string line) =>
        line.Contains("could not be handled", StringComparison.Ordinal) || line.Contains("unhandled", StringComparison.OrdinalIgnoreCase);

    private static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseCookies = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = address, Timeout = TimeSpan.FromMinutes(2),
        };

    private static async Task StillAnswers(HttpClient http)
    {
        var answer = await Mutation.Honest(new Random(1)).Send(http);
        BenchFailed.Unless(answer == HttpStatusCode.OK, $"an honest callback is answered {answer} afterwards");
    }

    /// <summary>The load: several senders, each with a chain of randomness of its own, so that a seed says what each of them sends.</summary>
    private sealed class Attack(HttpClient http, ServerProcess product, int seed, int? requests)
    {
        private readonly int[] _statuses = new int[600];
        private readonly List<double> _memory = [];
        private int _sent;

        public async Task Until(TimeSpan limit)
        {
            var started = Stopwatch.GetTimestamp();
            bool GoesOn() => (requests is null || Volatile.Read(ref _sent) < requests) && Stopwatch.GetElapsedTime(started) < limit;
            using var over = new CancellationTokenSource();
            var watching = Watch(over.Token);
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(n => Task.Run(() => Sender(new Random(unchecked(seed * 1000 + n)), GoesOn))));
            await over.CancelAsync();
            await watching;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_sent} callbacks in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
        }

        public void Print()
        {
            for (var status = 0; status < _statuses.Length; status++)
                if (_statuses[status] > 0) Console.WriteLine($"  answered {status}: {_statuses[status]}");
            var size = Math.Max(1, _memory.Count / Windows);
            var windows = _memory.Chunk(size).Select(w => w.Min()).ToList();
            Console.WriteLine("  own memory in MB, the least of each tenth: " + string.Join(" ", windows.Select(w => w.ToString("0", CultureInfo.InvariantCulture))));
            var (before, after) = (windows.Skip(2).Take(3).Max(), windows.TakeLast(3).Min());
            BenchFailed.Unless(after <= before * 1.2 + 32, "the memory grows");
        }

        private async Task Sender(Random random, Func<bool> goesOn)
        {
            while (goesOn())
            {
                var mutation = Mutation.Next(random);
                var status = await mutation.Send(http);
                Interlocked.Increment(ref _statuses[(int)status]);
                Interlocked.Increment(ref _sent);
                BenchFailed.Unless(status == HttpStatusCode.Forbidden || (status == HttpStatusCode.OK && !mutation.MustBeRefused),
                    $"answered {(int)status}: {mutation}");
            }
        }

        private async Task Watch(CancellationToken ct)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            try
            {
                while (await timer.WaitForNextTickAsync(ct)) _memory.Add(product.OwnMemory / 1e6);
            }
            catch (OperationCanceledException)
            {
                // the load is over
            }
        }
    }
}

/// <summary>One callback as it is posted.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Body">Body.</param>
/// <param name="ContentType">What it claims to be.</param>
/// <param name="MustBeRefused">Is it sealed wrongly?</param>
internal sealed record Posted(string Path, byte[] Body, string ContentType, bool MustBeRefused)
{
    public async Task<HttpStatusCode> Send(HttpClient http)
    {
        using var content = new ByteArrayContent(Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        using var answer = await http.PostAsync(new Uri(Path, UriKind.Relative), content);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode;
    }

    public override string ToString() => $"{Path}\n{System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2000)))}";
}
