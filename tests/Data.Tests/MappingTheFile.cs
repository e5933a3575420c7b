using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Testing;
using Microsoft.Data.Sqlite;

namespace Courier.Data.Tests;

/// <summary>The file of the embedded database lies in memory once, whatever happens to it.</summary>
public sealed class MappingTheFile : IAsyncLifetime
{
    private const int Rows = 3000;

    private readonly string _folder = Directory.CreateTempSubdirectory("courier-test-").FullName;
    private Db _db = null!;

    private string File => Path.Combine(_folder, "courier.db");

    public async Task InitializeAsync()
    {
        _db = Open();
        await Outside("pragma journal_mode = wal; create table pages (id integer primary key, text text not null) strict");
    }

    public async Task DisposeAsync()
    {
        await _db.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task All_connections_read_in_one_mapping_which_ends_with_the_last_of_them()
    {
        await Fill(1, Rows);
        await Outside("pragma wal_checkpoint(passive)");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(All)));
        await Fill(Rows + 1, Rows + 10); // each commit would have made each connection map anew
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(All)));
        Mappings().ShouldBe(1);
        MappedAndRead().ShouldBeGreaterThan(Rows * 700 / 1024, "all pages are read there");
        await _db.DisposeAsync();
        Mappings().ShouldBe(0);
        _db = Open();
        (await All()).Count.ShouldBe(Rows + 10);
        Mappings().ShouldBe(1);
    }

    [Fact]
    public async Task What_grows_while_it_is_read_is_read_as_it_was_written()
    {
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var seen = 0; !stop.IsCancellationRequested;)
            {
                var rows = await All();
                rows.Count.ShouldBeGreaterThanOrEqualTo(seen);
                rows.ShouldAllBe(r => r.Text == TextOf(r.Id));
                seen = rows.Count;
            }
        })).ToList();
        for (var turn = 0; turn < 20; turn++)
        {
            await Fill((turn * 200) + 1, (turn + 1) * 200);
            await Outside("pragma wal_checkpoint(passive)");
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        (await All()).Count.ShouldBe(20 * 200);
        (await _db.First<string>("pragma integrity_check")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_file_that_was_cut_and_has_grown_again_is_read_as_it_is()
    {
        await Fill(1, Rows);
        await Outside("pragma wal_checkpoint(truncate)");
        (await All()).Count.ShouldBe(Rows);
        var before = new FileInfo(File).Length;
        await _db.DisposeAsync(); // who holds the newest state keeps the file from being cut
        _db = Open();
        (await _db.First<long>("select count(*) from pages")).ShouldBe(Rows);
        await Outside($"delete from pages where id > {Rows / 10}; vacuum; pragma wal_checkpoint(truncate)");
        new FileInfo(File).Length.ShouldBeLessThan(before / 5);
        (await All()).Count.ShouldBe(Rows / 10);
        await Fill(Rows + 1, 3 * Rows);
        await Outside("pragma wal_checkpoint(truncate)");
        var rows = await All();
        rows.Count.ShouldBe((Rows / 10) + (2 * Rows));
        rows.ShouldAllBe(r => r.Text == TextOf(r.Id));
        Mappings().ShouldBe(1);
    }

    [Fact]
    public async Task Another_file_in_its_place_is_not_taken_for_it()
    {
        await Fill(1, 10, outside: true);
        (await All()).Count.ShouldBe(10); // a connection that reads is open, the one that writes is not yet
        foreach (var file in Directory.GetFiles(_folder)) System.IO.File.Move(file, Path.Combine(_folder, "away" + Path.GetFileName(file)));
        await Outside("pragma journal_mode = wal; create table pages (id integer primary key, text text not null) strict");
        await Fill(100, 101, outside: true);
        await Outside("pragma wal_checkpoint(truncate)");
        (await _db.InTransaction(tx => tx.Query<Row>("select id as Id, text as Text from pages"))).Select(r => r.Id).ShouldBe([100, 101]);
        (await All()).Count.ShouldBe(10);
    }

    private Db Open() => Db.Open(new DatabaseOptions(), _folder, new Outbox(new EventCatalog([]), new FakeClock()));

    private Task<IReadOnlyList<Row>> All() => _db.Query<Row>("select id as Id, text as Text from pages");

    private async Task Fill(int first, int last, bool outside = false)
    {
        var values = string.Join(", ", Enumerable.Range(first, last - first + 1).Select(id => $"({id}, '{TextOf(id)}')"));
        if (outside) await Outside($"insert into pages values {values}");
        else await _db.Execute($"insert into pages values {values}");
    }

    // Long enough that a few rows fill a page.
    private static string TextOf(long id) => new((char)('a' + (id % 26)), 700);

    // As the operator's own tool would do it, beside the product.
    private async Task<string> Outside(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync()}";
    }

    private int Mappings() => System.IO.File.ReadLines("/proc/self/maps").Count(l => l.EndsWith(File, StringComparison.Ordinal));

    // KiB of the mapping that were touched (proc_pid_smaps(5)).
    private int MappedAndRead() => System.IO.File.ReadLines("/proc/self/smaps").SkipWhile(l => !l.EndsWith(File, StringComparison.Ordinal))
        .Where(l => l.StartsWith("Rss:", StringComparison.Ordinal)).Select(l => int.Parse(l["Rss:".Length..^"kB".Length], System.Globalization.NumberStyles.AllowLeadingWhite | System.Globalization.NumberStyles.AllowTrailingWhite)).First();

    private sealed record Row
    {
        public required long Id { get; init; }
        public required string Text { get; init; }
    }
}
