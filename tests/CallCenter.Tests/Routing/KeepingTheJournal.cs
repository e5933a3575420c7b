using System.Collections.Concurrent;
using Courier.CallCenter.Journal;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Modules;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.CallCenter.Tests.Routing;

public sealed class KeepingTheJournal : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("courier-test-").FullName;
    private readonly DataKeys _keys = new(["a secret of these tests"]);
    private readonly Notes _notes = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Lines_come_in_their_order_and_each_once()
    {
        await using var db = Database();
        await using var journal = Journal(db);
        foreach (var i in Enumerable.Range(0, 1200)) journal.Add("note", new Note(i));
        (await journal.Drain(default)).ShouldBeTrue();
        (await journal.Drain(default)).ShouldBeTrue();
        _notes.Taken.ShouldBe(Enumerable.Range(0, 1200));
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_waits_and_nothing_is_lost()
    {
        await using var db = Database();
        await using var journal = Journal(db);
        _notes.IsAway = true;
        foreach (var i in Enumerable.Range(0, 10)) journal.Add("note", new Note(i));
        (await journal.Drain(default)).ShouldBeFalse();
        journal.Add("note", new Note(10));
        _notes.IsAway = false;
        (await journal.Drain(default)).ShouldBeTrue();
        _notes.Taken.ShouldBe(Enumerable.Range(0, 11));
    }

    [Fact]
    public async Task What_a_killed_process_has_left_is_taken_by_the_next()
    {
        await using var db = Database();
        await using (var killed = Journal(db))
        {
            killed.Add("note", new Note(1));
            killed.Add("note", new Note(2));
        }
        File.ReadAllText(Directory.GetFiles(Path.Combine(_folder, "calls"), "*.lines").Single()).ShouldNotContain("note");
        await using var next = Journal(db);
        next.Add("note", new Note(3));
        (await next.Drain(default)).ShouldBeTrue();
        _notes.Taken.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_line_that_nobody_can_take_is_put_aside_and_stops_no_other()
    {
        await using var db = Database();
        await using var journal = Journal(db);
        journal.Add("note", new Note(1));
        journal.Add("unheard of", new Note(2));
        journal.Add("note", new Note(3));
        (await journal.Drain(default)).ShouldBeTrue();
        _notes.Taken.Distinct().ShouldBe([1, 3]); // taken twice, because what a test notes is not undone
        (await File.ReadAllLinesAsync(Path.Combine(_folder, "calls", "refused.lines"))).Length.ShouldBe(1);
    }

    private Db Database() => Db.Open(new DatabaseOptions(), _folder, new Outbox(new EventCatalog([]), TimeProvider.System));

    private CallJournal Journal(Db db) => new(new DataDirectory(_folder), _keys, db, [_notes], NullLogger<CallJournal>.Instance);

    private sealed record Note(int Number);

    private sealed class Notes : IJournalTaker
    {
        public bool IsAway { get; set; }

        public ConcurrentQueue<int> Taken { get; } = [];

        public string Kind => "note";

        public Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct)
        {
            if (IsAway) throw new DatabaseTimeout();
            foreach (var line in lines) Taken.Enqueue(JournalLine.Read<Note>(line).Number);
            return Task.CompletedTask;
        }
    }
}
