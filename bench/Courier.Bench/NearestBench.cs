using System.Diagnostics;
using System.Globalization;
using Courier.Bench.Kit;
using Courier.Services.Network;
using Microsoft.Data.Sqlite;

namespace Courier.Bench;

/// <summary>
/// The nearest ten lockers with a free cell that fits, among half a million places: the index in memory beside SQLite's R*Tree, in
/// memory too, with a prepared statement and the free cells in the tree's own rows. Both answer the same questions with the same places.
/// </summary>
internal static class NearestBench
{
    private const int Places = 500_000, Limit = 10;
    private const double Within = 400_000;

    // Where the tree is asked first; each is tried, and the fastest speaks for the tree.
    private static readonly double[] FirstRadii = [300, 1_000, 3_000];

    public static async Task Run(BenchOptions options)
    {
        var random = new Random(options.Seed);
        var towns = Enumerable.Range(0, 300).Select(_ => (Lat: 20 + random.NextDouble() * 25, Lng: 100 + random.NextDouble() * 22, Size: 0.02 + random.NextDouble() * 0.15)).ToList();
        var places = Enumerable.Range(0, options.Quick ? 5_000 : Places).Select(i => Place(random, towns, i)).ToList();
        var questions = Enumerable.Range(0, options.Quick ? 200 : 20_000).Select(_ => Question(random, towns)).ToList();
        var started = Stopwatch.GetTimestamp();
        var index = new PlaceIndex(places);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nearest: {places.Count:N0} places are indexed in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N0} ms"));
        await using var tree = await Tree.Of(places);
        BenchFailed.Unless(Enumerable.Range(0, 200).All(i => Same(Ask(index, questions[i]), tree.Ask(questions[i], 1_000))), "index and tree name different places");
        Measure(options, index, tree, questions, places, random);
    }

    private static void Measure(BenchOptions options, PlaceIndex index, Tree tree, List<(double Lat, double Lng, CellSize Fits)> questions, List<IndexedPlace> places, Random random)
    {
        foreach (var r in FirstRadii) PerSecond(questions.Take(100), q => tree.Ask(q, r)); // warms up
        var radius = FirstRadii.MaxBy(r => PerSecond(questions.Take(1_000), q => tree.Ask(q, r)));
        Figures ours = new(), theirs = new(), changes = new();
        for (var round = -1; round < options.Rounds; round++) // the first one warms up
        {
            var a = PerSecond(questions, q => Ask(index, q));
            var b = PerSecond(questions.Take(questions.Count / 10), q => tree.Ask(q, radius));
            var c = PerSecond(Enumerable.Range(0, 20_000), _ => index.Change(Changed(random, places)));
            if (round < 0) continue;
            ours.Add(a);
            theirs.Add(b);
            changes.Add(c);
        }
        ours.Print("nearest: index in memory", "/s");
        theirs.Print(string.Create(CultureInfo.InvariantCulture, $"nearest: R*Tree, first within {radius:N0} m"), "/s");
        changes.Print("nearest: changes of free cells", "/s");
        Figures.PrintRatio("nearest: index ÷ R*Tree", ours, theirs, "≥ 10");
    }

    private static double PerSecond<TQuestion, TAnswer>(IEnumerable<TQuestion> questions, Func<TQuestion, TAnswer> ask)
    {
        var (count, started) = (0, Stopwatch.GetTimestamp());
        foreach (var question in questions)
        {
            GC.KeepAlive(ask(question));
            count++;
        }
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static NearHit[] Ask(PlaceIndex index, (double Lat, double Lng, CellSize Fits) question)
    {
        var hits = new NearHit[Limit];
        var found = index.Nearest(question.Lat, question.Lng, PlaceTraits.Locker | Fitting(question.Fits), Within, hits);
        return hits[..found];
    }

    // The tree keeps 32-bit coordinates; what lies equally far to the metre may come in either order.
    private static bool Same(NearHit[] ours, IReadOnlyList<(string Code, double Meters)> theirs) =>
        ours.Length == theirs.Count && ours.Zip(theirs).All(p => Math.Abs(p.First.Meters - p.Second.Meters) < 3);

    private static PlaceTraits Fitting(CellSize size) => size switch { CellSize.Small => PlaceTraits.FitsSmall, CellSize.Medium => PlaceTraits.FitsMedium, CellSize.Large => PlaceTraits.FitsLarge };

    private static IndexedPlace Place(Random random, List<(double Lat, double Lng, double Size)> towns, int i)
    {
        var town = towns[random.Next(towns.Count)];
        var isFar = random.Next(10) == 0;
        var (lat, lng) = isFar ? (18 + random.NextDouble() * 30, 95 + random.NextDouble() * 30) : (town.Lat + Bell(random) * town.Size, town.Lng + Bell(random) * town.Size);
        return new IndexedPlace($"P{i:d6}", (float)lat, (float)lng, random.Next(20) == 0 ? PlaceTraits.There | PlaceTraits.Outlet : PlaceTraits.There | PlaceTraits.Locker | Free(random));
    }

    // A fifth is full, two fifths have no middle cell, seven tenths no large one.
    private static PlaceTraits Free(Random random) => random.Next(10) switch
    {
        < 2 => PlaceTraits.None,
        < 4 => PlaceTraits.FitsSmall,
        < 7 => PlaceTraits.FitsSmall | PlaceTraits.FitsMedium,
        _ => PlaceTraits.FitsSmall | PlaceTraits.FitsMedium | PlaceTraits.FitsLarge,
    };

    private static IndexedPlace Changed(Random random, List<IndexedPlace> places)
    {
        var place = places[random.Next(places.Count)];
        return place.Kind == PlaceKind.Outlet ? place : place with { Traits = PlaceTraits.There | PlaceTraits.Locker | Free(random) };
    }

    // People ask where they live: in towns, now and then far out.
    private static (double Lat, double Lng, CellSize Fits) Question(Random random, List<(double Lat, double Lng, double Size)> towns)
    {
        var town = towns[random.Next(towns.Count)];
        var isFar = random.Next(50) == 0;
        return (isFar ? 18 + random.NextDouble() * 30 : town.Lat + Bell(random) * town.Size, isFar ? 95 + random.NextDouble() * 30 : town.Lng + Bell(random) * town.Size, (CellSize)random.Next(3));
    }

    private static double Bell(Random random) => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;

    /// <summary>The same places in SQLite's R*Tree: a box around the point, three times as wide until it holds enough.</summary>
    private sealed class Tree(SqliteConnection connection, SqliteCommand ask) : IAsyncDisposable
    {
        public static async Task<Tree> Of(IReadOnlyList<IndexedPlace> places)
        {
            var connection = new SqliteConnection("Data Source=:memory:");
            await connection.OpenAsync();
            await using (var make = connection.CreateCommand())
            {
                make.CommandText = "create virtual table places using rtree(id, south, north, west, east, +code text, +locker int, +fits int)";
                await make.ExecuteNonQueryAsync();
            }
            await using var all = (SqliteTransaction)await connection.BeginTransactionAsync();
            await using var insert = connection.CreateCommand();
            insert.CommandText = "insert into places (id, south, north, west, east, code, locker, fits) values ($id, $lat, $lat, $lng, $lng, $code, $locker, $fits)";
            foreach (var name in (string[])["$id", "$lat", "$lng", "$code", "$locker", "$fits"]) insert.Parameters.Add(new SqliteParameter(name, null));
            for (var i = 0; i < places.Count; i++)
            {
                var p = places[i];
                object[] values = [i, p.Latitude, p.Longitude, p.Code, p.Kind == PlaceKind.Locker ? 1 : 0, (int)p.Traits >> 3];
                for (var v = 0; v < values.Length; v++) insert.Parameters[v].Value = values[v];
                await insert.ExecuteNonQueryAsync();
            }
            await all.CommitAsync();
            var ask = connection.CreateCommand();
            ask.CommandText =
                """
                select code, south, west from places
                where south >= $south and north <= $north and west >= $west and east <= $east and locker = 1 and (fits & $fits) <> 0
                order by (south - $lat) * (south - $lat) + (west - $lng) * (west - $lng) * $squeeze limit 12
                """;
            foreach (var name in (string[])["$south", "$north", "$west", "$east", "$lat", "$lng", "$squeeze", "$fits"]) ask.Parameters.Add(new SqliteParameter(name, 0.0));
            ask.Prepare();
            return new Tree(connection, ask);
        }

        public IReadOnlyList<(string Code, double Meters)> Ask((double Lat, double Lng, CellSize Fits) question, double radius)
        {
            for (; ; radius = Math.Min(Within, radius * 3))
            {
                var found = Inside(question, radius);
                if (found.Count == Limit || radius >= Within) return found;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await ask.DisposeAsync();
            await connection.DisposeAsync();
        }

        private List<(string Code, double Meters)> Inside((double Lat, double Lng, CellSize Fits) question, double radius)
        {
            var squeeze = Math.Cos(double.DegreesToRadians(question.Lat));
            var dLat = radius / 111_320;
            object[] values =
            [
                question.Lat - dLat, question.Lat + dLat, question.Lng - dLat / squeeze, question.Lng + dLat / squeeze, question.Lat, question.Lng, squeeze * squeeze,
                (int)Fitting(question.Fits) >> 3,
            ];
            for (var v = 0; v < values.Length; v++) ask.Parameters[v].Value = values[v];
            List<(string, double)> found = [];
            using var rows = ask.ExecuteReader();
            while (rows.Read())
            {
                var meters = Geo.Meters(question.Lat, question.Lng, rows.GetDouble(1), rows.GetDouble(2));
                if (meters <= radius) found.Add((rows.GetString(0), meters));
            }
            return [.. found.OrderBy(f => f.Item2).Take(Limit)];
        }
    }
}
