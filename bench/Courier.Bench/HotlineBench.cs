using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Bench.Kit;
using Microsoft.Data.Sqlite;

namespace Courier.Bench;

/// <summary>
/// Calls of SIPp to the hotline of the whole product: how long a caller waits from INVITE to the first sound while a hundred others listen, half of what
/// two cores are to carry; then 24,000 calls one after another, after which no leg, transaction, port or open file is left, each call stands in the database
/// with its end, and the memory has not grown.
/// </summary>
internal static partial class HotlineBench
{
    private const int Half = 100, Listened = 200, Many = 24_000, HeldRate = 20, Rate = 100, AtOnce = 250, Windows = 10;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromSeconds(60), Look = TimeSpan.FromMilliseconds(500);

    public static async Task Run(BenchOptions options)
    {
        using var scratch = new Scratch();
        var (sip, management) = (UdpPorts.Free(), UdpPorts.Free());
        await using var product = await ServerProcess.Product(
            [
                .. World.Settings(scratch.Path).Where(s => !s.StartsWith("Management:", StringComparison.Ordinal)), Setting("Management:Port", management), Setting("CallCenter:Sip:Port", sip),
                "CallCenter:Sip:ListenAddress=127.0.0.1", "CallCenter:Sip:TrustedNetworks:0=127.0.0.0/8", "CallCenter:Hotlines:0:Number=95300", "CallCenter:Hotlines:0:Flow=main",
                "CallCenter:Rtp:FirstPort=28000", "CallCenter:Rtp:LastPort=28999", "CallCenter:Trunks:0:Name=load", "CallCenter:Trunks:0:Host=127.0.0.1", "Service:Hours=00:00-24:00",
            ]);
        using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{management}")) };
        await FirstSounds(options, scratch, sip, http);
        await OneAfterAnother(options, scratch, sip, http, product);
    }

    private static async Task FirstSounds(BenchOptions options, Scratch scratch, int port, HttpClient http)
    {
        var (held, listened) = options.Quick ? (4, 3) : (Half, Listened);
        await RawCall.FirstSound(0, port); // the first of all waits for its prompt to be spoken
        var length = (options.Quick ? 8_000 : 10_000) + held * 50 + listened * 300;
        await using var sipp = Callers(scratch, port, held, held, HeldRate, length);
        await Until(http, running => running >= (options.Quick ? 1 : held), "the others are connected");
        List<double> times = [];
        for (var n = 1; n <= listened; n++) times.Add((await RawCall.FirstSound(n, port)).TotalMilliseconds);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"hotline: from INVITE to the first sound beside {held}, ms: median {times[times.Count / 2]:0}, 99 of 100 below {times[times.Count * 99 / 100]:0}, worst {times[^1]:0}; aim < 200"));
        BenchFailed.Unless(options.Quick || await Gauge(http, "courier_calls_running") >= held, "some of the others were lost meanwhile");
        await sipp.Ended(TimeSpan.FromMilliseconds(2 * length));
    }

    private static async Task OneAfterAnother(BenchOptions options, Scratch scratch, int port, HttpClient http, ServerProcess product)
    {
        var calls = options.Quick ? 40 : Many;
        var warm = calls / Windows;
        await Call(scratch, port, warm);
        var before = await Ended(scratch);
        var files = product.OpenFiles;
        List<double> memory = [];
        var windows = options.Quick ? 2 : Windows;
        for (var window = 0; window < windows; window++)
        {
            await Call(scratch, port, calls / windows);
            memory.Add(product.OwnMemory / 1e6);
        }
        Console.WriteLine("hotline: own memory after each part of the calls, MB: " + string.Join(' ', memory.Select(m => m.ToString("0", CultureInfo.InvariantCulture))));
        await Until(http, running => running == 0, "all calls are over");
        var (legs, transactions, sounds) = await Left(options, http);
        var kept = await Ended(scratch) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"hotline: {calls} calls; left: {legs} legs, {transactions} transactions, {sounds} media legs; open files {files} before and {product.OpenFiles} after; {kept} more calls in the database with their end"));
        BenchFailed.Unless(memory[^1] <= memory.Take(3).Max() * 1.1 + 16, "the memory grows");
        BenchFailed.Unless(product.OpenFiles <= files + 8, "files or ports are left open");
        BenchFailed.Unless(legs + transactions + sounds == 0, "something is left of calls that are over");
        BenchFailed.Unless(kept >= calls, "calls are missing in the database");
    }

    private static async Task Call(Scratch scratch, int port, int count)
    {
        await using var sipp = Callers(scratch, port, count, AtOnce, Rate, 0);
        var code = await sipp.Ended(TimeSpan.FromSeconds(120 + count / 10));
        BenchFailed.Unless(code == 0, $"calls failed: {sipp.Said}");
    }

    // Calls that are over and written down; they are written a moment after they end.
    private static async Task<long> Ended(Scratch scratch)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(scratch.Path, "courier.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from calls_calls where ended_at is not null";
        long count = -1;
        for (var last = -2L; last != count;)
        {
            last = count;
            await Task.Delay(3 * Look);
            count = (long)(await command.ExecuteScalarAsync())!;
        }
        return count;
    }

    // Transactions of calls over UDP wait for repetitions half a minute longer (RFC 3261 §17): a quick run does not wait for that.
    private static async Task<(double Legs, double Transactions, double Sounds)> Left(BenchOptions options, HttpClient http)
    {
        (double, double, double) left = default;
        for (var waited = TimeSpan.Zero; waited < LongestTimer; waited += Look)
        {
            left = (await Gauge(http, "courier_sip_legs"), options.Quick ? 0 : await Gauge(http, "courier_sip_transactions"), await Gauge(http, "courier_media_legs"));
            if (left == default) break;
            await Task.Delay(Look);
        }
        return left;
    }

    private static async Task Until(HttpClient http, Func<double, bool> isSo, string what)
    {
        for (var waited = TimeSpan.Zero; waited < LongestTimer; waited += Look)
        {
            if (isSo(await Gauge(http, "courier_calls_running"))) return;
            await Task.Delay(Look);
        }
        throw new BenchFailed($"not within {LongestTimer.TotalSeconds} s: {what}");
    }

    private static async Task<double> Gauge(HttpClient http, string name)
    {
        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return MetricLine().Matches(text).Where(m => m.Groups["name"].Value == name).Sum(m => double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture));
    }

    private static PeerProcess Callers(Scratch scratch, int port, int count, int atOnce, int rate, int milliseconds) => SippCaller.Start(scratch.Path, port, count, atOnce, rate, milliseconds,
        "-t", "u1", "-mi", "127.0.0.1", "-mp", UdpPorts.Free().ToString(CultureInfo.InvariantCulture), "-buff_size", "4194304");

    private static string Setting(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");

    [GeneratedRegex(@"^(?<name>\w+)(\{[^}]*\})? (?<value>[0-9.eE+-]+)", RegexOptions.Multiline)]
    private static partial Regex MetricLine();
}
