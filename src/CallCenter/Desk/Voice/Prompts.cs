using System.Collections.Frozen;
using Courier.CallCenter.Ivr;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.CallCenter.Voice;

/// <summary>A prompt: a text with a name.</summary>
internal sealed record Prompt
{
    /// <summary>Its name: <c>main.welcome</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is said.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it last; null when it is as the product brought it.</summary>
    public StaffId? ChangedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>
/// The texts of prompts: what the product brings, and what operators made of it. Once a second at most the table is asked whether
/// something has changed; while the database is away, the last known texts go on.
/// </summary>
internal sealed class Prompts(Db db, TimeProvider clock)
{
    public const string NoInput = "system.no_input", NoMatch = "system.no_match", Trouble = "system.trouble", Absent = "system.absent";

    private const int LongestName = 60, LongestText = 300;

    private const string Changes = "select coalesce(sum(changes), 0) from calls_prompts", All = "select name as Name, text as Text, changed_by as ChangedBy, changed_at as ChangedAt from calls_prompts",
        Write = "update calls_prompts set text = @text, changed_by = @who, changed_at = @now, changes = changes + 1 where name = @name";

    private static readonly FrozenDictionary<string, Prompt> Brought = Load();
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Snapshot? _snapshot;

    /// <summary>All of them.</summary>
    public ValueTask<Book> Current(CancellationToken ct) =>
        _snapshot is { } known && clock.GetUtcNow() - known.AskedAt < Fresh ? new(known.Book) : new(Look(ct));

    /// <summary>Gives a prompt another text, or makes a new one.</summary>
    /// <param name="name">Small letters, digits, dots, underscores.</param>
    /// <param name="text">What is said.</param>
    /// <param name="who">Who writes it.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Change(string name, string text, StaffId who, CancellationToken ct)
    {
        await db.InTransaction(async tx =>
        {
            var now = clock.GetUtcNow();
            await tx.InsertRows("calls_prompts", ["name", "text", "changed_by", "changed_at", "changes"], [[name, text, who, now, 0L]], ifAbsent: true, ct).ConfigureAwait(false);
            await tx.Execute(Write, new { name, text, who, now }, ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, who, "prompt.changed", "prompt:" + name, null, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        _snapshot = null;
    }

    /// <summary>Can a prompt be called so?</summary>
    public static bool IsName(string name) =>
        name.Length is >= 3 and <= LongestName && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_');

    /// <summary>Can a prompt say so?</summary>
    public static bool IsText(string text) => text.Trim().Length is >= 1 and <= LongestText && !text.Any(char.IsControl);

    private async Task<Book> Look(CancellationToken ct)
    {
        var (now, known) = (clock.GetUtcNow(), _snapshot);
        try
        {
            var changes = await db.First<long>(Changes, ct: ct).ConfigureAwait(false);
            if (known is not null && known.Changes == changes) return (_snapshot = known with { AskedAt = now }).Book;
            var own = (await db.Query<Prompt>(All, ct: ct).ConfigureAwait(false)).ToDictionary(p => p.Name, StringComparer.Ordinal);
            return (_snapshot = new(changes, new(own.Values.Concat(Brought.Values).DistinctBy(p => p.Name).ToFrozenDictionary(p => p.Name, StringComparer.Ordinal)), now)).Book;
        }
        catch (Exception e) when (db.IsAway(e))
        {
            return known?.Book ?? new Book(Brought);
        }
    }

    private static FrozenDictionary<string, Prompt> Load()
    {
        using var reader = IvrSeed.Open("prompts.csv");
        return Csv.Read(reader).Select(r => new Prompt { Name = r["name"], Text = r["text"] }).ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
    }

    /// <summary>The prompts at a moment.</summary>
    /// <param name="All">By name.</param>
    internal sealed record Book(IReadOnlyDictionary<string, Prompt> All)
    {
        /// <summary>Is there one of this name?</summary>
        public bool Knows(string name) => All.ContainsKey(name);

        /// <summary>What it says; null when there is none.</summary>
        public string? TextOf(string name) => All.GetValueOrDefault(name)?.Text;
    }

    private sealed record Snapshot(long Changes, Book Book, DateTimeOffset AskedAt);
}
