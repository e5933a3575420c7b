using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Courier.Bench.Kit;
using Courier.Kernel;
using Microsoft.Data.Sqlite;

namespace Courier.Bench;

/// <summary>
/// A carrier core posts route events in batches of 1000 to the product on SQLite. Beside it the same rows go by prepared inserts,
/// 1000 a transaction, into a database of the same schema: no checks, no statuses, no events for anybody.
/// </summary>
internal static class IntakeBench
{
    private const int Size = 1000;

    public static async Task Run(BenchOptions options)
    {
        using var ours = new Scratch();
        using var theirs = new Scratch();
        var parcels = options.Quick ? 2_000 : 20_000;
        await World.Make(ours.Path, parcels, 0);
        await World.Make(theirs.Path, parcels, 0);
        await using var product = await ServerProcess.Product(World.Settings(ours.Path));
        using var bare = new SqliteConnection($"Data Source={Path.Combine(theirs.Path, "courier.db")};Pooling=False");
        bare.Open();
        World.Run(bare, "pragma synchronous = full; pragma journal_size_limit = 67108864");
        Figures mine = new(), bares = new();
        var source = new RouteSource(options.Seed, parcels);
        for (var round = options.Quick ? 0 : -1; round < options.Rounds; round++) // the first one warms up
        {
            var batches = Enumerable.Range(0, options.Quick ? 2 : 30).Select(_ => source.Batch(Size)).ToList();
            var direct = Insert(bare, batches);
            var posted = await HttpLoad.Run(product.Address, 4, [.. batches.Select(b => Request(product, b))], IsTaken);
            if (round < 0) continue;
            bares.Add(batches.Count * Size / direct.TotalSeconds);
            mine.Add(batches.Count * Size / posted.Elapsed.TotalSeconds);
        }
        mine.Print("intake: route events posted", "rows/s");
        bares.Print("intake: bare prepared inserts", "rows/s");
        Figures.PrintRatio("intake: ours ÷ bare inserts", mine, bares, "≥ 0.30");
    }

    private static TimeSpan Insert(SqliteConnection connection, List<List<RouteRow>> batches)
    {
        var ids = World.ParcelIds(connection);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            using var transaction = connection.BeginTransaction();
            var insert = new Insert(connection, "parcels_events", "core", "event_id", "parcel_id", "code", "status", "happened_at", "sequence", "received_at", "city", "place",
                "text", "operator", "reason", "weight_grams");
            for (var i = 0; i < batch.Count; i++)
            {
                var row = batch[i];
                var at = row.At.ToUnixTimeMilliseconds();
                insert.Add(World.CoreName, row.Id, ids[row.Waybill], row.Code, row.Code, at, i, at, row.City, row.Place, row.Text, "", "", null);
            }
            transaction.Commit();
        }
        return System.Diagnostics.Stopwatch.GetElapsedTime(started);
    }

    private static byte[] Request(ServerProcess product, List<RouteRow> batch)
    {
        var body = JsonSerializer.Serialize(new
        {
            events = batch.Select(r => new { id = r.Id, waybill = r.Waybill, code = r.Code, time = r.At.ToString("O", CultureInfo.InvariantCulture), city = r.City, place = r.Place, text = r.Text }),
        }, KernelJson.Options);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.CoreSecret), Encoding.UTF8.GetBytes(timestamp + "\n" + body)));
        return Encoding.UTF8.GetBytes(
            $"POST /api/carrier/routes HTTP/1.1\r\nHost: {product.Address.Authority}\r\nContent-Type: application/json\r\nX-Courier-Key: {World.CoreKey}\r\n"
            + $"X-Courier-Timestamp: {timestamp}\r\nX-Courier-Signature: {signature}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    private static bool IsTaken(int request, in Answer answer) =>
        answer.Status == 200 && answer.Body.IndexOf(Encoding.ASCII.GetBytes(FormattableString.Invariant($"\"accepted\":{Size}"))) >= 0;
}

/// <summary>A route event before it is written in either way.</summary>
internal sealed record RouteRow(string Id, string Waybill, string Code, DateTimeOffset At, string City, string Place, string Text);

/// <summary>Route events of parcels on their way: each id once, each parcel at most once a batch.</summary>
internal sealed class RouteSource(int seed, int parcels)
{
    private static readonly string[] Codes = ["departed", "arrived"];

    private readonly Random _random = new(seed);
    private long _id;

    public List<RouteRow> Batch(int size)
    {
        var now = TimeProvider.System.GetUtcNow();
        var first = _random.Next(parcels);
        return [.. Enumerable.Range(0, size).Select(i =>
        {
            var id = ++_id;
            return new RouteRow(string.Create(CultureInfo.InvariantCulture, $"intake-{id:D10}"), World.Waybill((first + i) % parcels), Codes[id / parcels % 2],
                now.AddMilliseconds(id % 1000 - 1000), "南京市", "南京转运中心", "快件南京市，已扫描");
        })];
    }
}
