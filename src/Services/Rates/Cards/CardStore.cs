using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Rates;

/// <summary>Loads and saves rate cards and what is in force when.</summary>
internal static class CardStore
{
    private static readonly string[] FileColumns = ["card_id", "name", "content"];

    private const string InsertCard =
        """
        insert into rates_cards (id, name, state, author, created_at, changed_at, fingerprint, version)
        values (@id, @name, @state, @author, @now, @now, @fingerprint, 1)
        """;

    private const string InsertEntry =
        """
        insert into rates_schedule (id, card_id, valid_from, published_by, published_at, withdrawn_at)
        values (@id, @card, @from, @who, @at, null)
        """;

    public static async Task Insert(
        Tx tx, string id, string name, CardState state, StaffId author, IReadOnlyDictionary<string, string> files, DateTimeOffset now, CancellationToken ct)
    {
        await tx.Execute(InsertCard, new { id, name, state, author = author.Text, now, fingerprint = Fingerprint(files) }, ct).ConfigureAwait(false);
        await tx.InsertRows("rates_card_files", FileColumns, files.Select(f => new object?[] { id, f.Key, f.Value }), ifAbsent: false, ct).ConfigureAwait(false);
    }

    public static async Task Schedule(Tx tx, string id, string card, DateTimeOffset from, StaffId who, DateTimeOffset now, CancellationToken ct)
    {
        await Raise(tx, ct).ConfigureAwait(false); // its lock makes publications come one after the other
        // Of two with the same beginning the later published holds, even within one millisecond.
        var last = await tx.First<DateTimeOffset?>("select max(published_at) from rates_schedule", ct: ct).ConfigureAwait(false);
        var at = last >= now ? last.Value.AddMilliseconds(1) : now;
        await tx.Execute(InsertEntry, new { id, card, from, who = who.Text, at }, ct).ConfigureAwait(false);
    }

    /// <summary>Is there a card of this name, whatever became of it?</summary>
    public static async Task<bool> HasNamed(ISqlReader db, string name, CancellationToken ct) =>
        await db.First<string>("select id from rates_cards where name = @name limit 1", new { name }, ct).ConfigureAwait(false) is not null;

    public static Task Raise(Tx tx, CancellationToken ct) => tx.Execute("update rates_versions set version = version + 1 where name = 'schedule'", ct: ct);

    /// <summary>The card that is, or by the plans will be, in force at a time; null when none is.</summary>
    public static Task<string?> InForce(ISqlReader db, DateTimeOffset at, CancellationToken ct) => db.First<string>(
        "select card_id from rates_schedule where withdrawn_at is null and valid_from <= @at order by valid_from desc, published_at desc, id desc limit 1", new { at }, ct);

    public static async Task<bool> IsPlannedAfter(ISqlReader db, DateTimeOffset at, CancellationToken ct) =>
        await db.First<string>("select id from rates_schedule where withdrawn_at is null and valid_from > @at limit 1", new { at }, ct).ConfigureAwait(false) is not null;

    public static Task<CardRow?> Locked(Tx tx, string id, CancellationToken ct) =>
        tx.First<CardRow>($"select id as Id, name as Name, state as State, author as Author from rates_cards where id = @id {tx.Dialect.ForUpdate}", new { id }, ct);

    public static Task SetState(Tx tx, string id, CardState state, DateTimeOffset now, CancellationToken ct) =>
        tx.Execute("update rates_cards set state = @state, changed_at = @now, version = version + 1 where id = @id", new { id, state, now }, ct);

    public static async Task<IReadOnlyDictionary<string, string>> Files(ISqlReader db, string id, CancellationToken ct) =>
        (await db.Query<FileRow>("select name as Name, content as Content from rates_card_files where card_id = @id", new { id }, ct).ConfigureAwait(false))
            .ToDictionary(f => f.Name, f => f.Content, StringComparer.Ordinal);

    public static string Fingerprint(IReadOnlyDictionary<string, string> files)
    {
        var text = new StringBuilder();
        foreach (var name in CardLayout.Files) text.Append(name).Append('\n').Append(files[name].ReplaceLineEndings("\n").TrimEnd()).Append('\f');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    internal sealed record CardRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required CardState State { get; init; }
        public required string Author { get; init; }
    }

    private sealed record FileRow
    {
        public required string Name { get; init; }
        public required string Content { get; init; }
    }
}
