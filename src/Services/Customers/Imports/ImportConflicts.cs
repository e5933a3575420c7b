using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Customers.Imports;

/// <summary>Two words about one field, for whoever decides.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">Whose field.</param>
/// <param name="Field">Which field.</param>
/// <param name="Source">The other system.</param>
/// <param name="Run">The run that found it last.</param>
/// <param name="Ours">What we know, with who said it and when; null when it is gone meanwhile.</param>
/// <param name="Theirs">What the other system says.</param>
/// <param name="TheirsAt">Since when; null when it does not tell.</param>
/// <param name="OpenedAt">When it was found first.</param>
public sealed record ImportConflict(
    string Id, CustomerId Customer, CustomerField Field, string Source, string Run, RecordedField? Ours, string Theirs, DateTimeOffset? TheirsAt, DateTimeOffset OpenedAt)
{
    /// <summary>Names no value.</summary>
    public override string ToString() => $"{Field} of {Source}";
}

/// <summary>Conflicts between what we know and what other systems say, and their end.</summary>
public static class ImportConflicts
{
    private const string Select =
        """
        select id as Id, customer_id as Customer, field as Field, source as Source, run_id as Run, theirs_cipher as Cipher, theirs_hash as Hash, theirs_at as TheirsAt,
          state as State, opened_at as OpenedAt
        from customers_import_conflicts
        """;

    private const string End = "update customers_import_conflicts set state = @state, decided_at = @now, decided_by = @by where id = @id and state = 'open'";

    /// <summary>A page of open conflicts, the newest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the values.</param>
    /// <param name="source">Only this source's; null for all.</param>
    /// <param name="run">Only those that this run found last; null for all.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<ImportConflict>> Open(ISqlReader db, DataKeys keys, string? source, string? run, string? after, int limit, CancellationToken ct)
    {
        var rows = await db.Query<Row>(
            $"{Select} where state = 'open' and id < @before and (@source is null or source = @source) and (@run is null or run_id = @run) order by id desc limit @limit",
            new { before = after ?? "g", source, run, limit }, ct).ConfigureAwait(false);
        if (rows.Count == 0) return [];
        var known = await CustomerFields.Told(db, keys, [.. rows.Select(r => r.Customer.Text).Distinct()], ct).ConfigureAwait(false);
        return [.. rows.Select(r => new ImportConflict(
            r.Id, r.Customer, r.Field, r.Source, r.Run, known[r.Customer].FirstOrDefault(f => f.Field == r.Field), keys.Decrypt(r.Cipher), r.TheirsAt, r.OpenedAt))];
    }

    /// <summary>How many are open, by source.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Count(ISqlReader db, CancellationToken ct) =>
        (await db.Query<Counted>("select source as Source, count(*) as Number from customers_import_conflicts where state = 'open' group by source", ct: ct).ConfigureAwait(false))
            .ToDictionary(c => c.Source, c => c.Number);

    /// <summary>About how many of a customer's fields one is open.</summary>
    public static async Task<int> Count(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        (int)await db.First<long>("select count(distinct field) from customers_import_conflicts where customer_id = @customer and state = 'open'", new { customer }, ct).ConfigureAwait(false);

    /// <summary>
    /// A person decides. Theirs becomes the field with the other system as its source; ours stays, the same word of theirs asks nobody again,
    /// and the other systems are told what is right (<see cref="CustomerCorrected"/>).
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Seal the value.</param>
    /// <param name="clock">Now.</param>
    /// <param name="id">The conflict.</param>
    /// <param name="takeTheirs">Theirs, or ours.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="reason">Why; goes to the audit trail.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when no such conflict is open.</returns>
    public static Task<bool> Decide(Db db, DataKeys keys, TimeProvider clock, string id, bool takeTheirs, StaffId by, string reason, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        if (await tx.Execute(End, new { id, state = takeTheirs ? "taken" : "kept", now, by = by.Text }, ct).ConfigureAwait(false) == 0) return false;
        var conflict = (await tx.First<Row>($"{Select} where id = @id", new { id }, ct).ConfigureAwait(false))!;
        var version = await CustomerVersion.Next(tx, conflict.Customer, ct).ConfigureAwait(false);
        if (takeTheirs)
        {
            var theirs = new RecordedField { Field = conflict.Field, Value = keys.Decrypt(conflict.Cipher), Origin = FieldOrigin.Import, Source = conflict.Source, At = conflict.TheirsAt ?? now };
            await CustomerFields.Write(tx, keys, [(conflict.Customer, theirs)], ct).ConfigureAwait(false);
        }
        else await tx.Publish(new CustomerCorrected(conflict.Customer, conflict.Field, version), ct).ConfigureAwait(false);
        await Audit.Record(tx, clock, by, takeTheirs ? "import.conflict_taken" : "import.conflict_kept", $"customer:{conflict.Customer.Text}", $"{EnumText<CustomerField>.Of(conflict.Field)}, {conflict.Source}: {reason}", ct)
            .ConfigureAwait(false);
        return true;
    }, ct);

    /// <summary>Somebody said what is right: nothing is open about the field any more.</summary>
    internal static Task Answer(Tx tx, DataKeys keys, DateTimeOffset now, CustomerId customer, CustomerField field, string value, StaffId by, CancellationToken ct) => tx.Execute(
        """
        update customers_import_conflicts
        set state = case when theirs_hash = @hash then 'taken' else 'kept' end, decided_at = @now, decided_by = @by
        where customer_id = @customer and field = @field and state = 'open'
        """, new { customer, field, hash = CustomerFields.HashOf(keys, field, value), now, by = by.Text }, ct);

    /// <summary>What a source was in conflict about with these customers, open or decided.</summary>
    internal static Task<IReadOnlyList<Row>> Of(ISqlReader db, string source, IReadOnlyCollection<string> customers, CancellationToken ct) =>
        db.Query<Row>($"{Select} where customer_id in @customers and source = @source", new { customers, source }, ct);

    /// <summary>Keeps what a portion found; an older conflict about the same field takes the new word.</summary>
    internal static Task Write(Tx tx, DataKeys keys, IEnumerable<(Row Row, string? Theirs)> found, CancellationToken ct) => tx.UpsertRows(
        "customers_import_conflicts", ["id", "customer_id", "field", "source", "run_id", "theirs_cipher", "theirs_hash", "theirs_at", "state", "opened_at", "decided_at", "decided_by"],
        found.Select(f => new object?[]
        {
            f.Row.Id, f.Row.Customer, f.Row.Field, f.Row.Source, f.Row.Run, f.Theirs is null ? f.Row.Cipher : keys.Encrypt(f.Theirs), f.Row.Hash, f.Row.TheirsAt, f.Row.State, f.Row.OpenedAt, null, "",
        }),
        "id", ["run_id", "theirs_cipher", "theirs_hash", "theirs_at", "state", "opened_at", "decided_at", "decided_by"], ct);

    internal sealed record Row
    {
        public required string Id { get; init; }
        public required CustomerId Customer { get; init; }
        public required CustomerField Field { get; init; }
        public required string Source { get; init; }
        public required string Run { get; init; }
        public required string Cipher { get; init; }
        public required string Hash { get; init; }
        public required DateTimeOffset? TheirsAt { get; init; }
        public required ConflictState State { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
    }

    private sealed record Counted
    {
        public required string Source { get; init; }
        public required long Number { get; init; }
    }
}

/// <summary>Where a conflict stands.</summary>
internal enum ConflictState
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>Ours stays.</summary>
    Kept,

    /// <summary>Theirs was taken, or they say the same as we by now.</summary>
    Taken,
}
