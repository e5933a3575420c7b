using Courier.Kernel.Data;

namespace Courier.Services.Customers.Imports;

/// <summary>
/// Takes some rows over, in one transaction: what they change, what the report says of them, and how far the run has come, commit
/// together. So a run goes on after a crash where it was.
/// </summary>
internal sealed class ImportPortion(Tx tx, DataKeys keys, ImportSource source, ImportsOptions options, CustomersOptions customers, ImportRun run, TimeProvider clock)
{
    /// <summary>Of one run the report keeps so many lines; the counts are of all.</summary>
    public const int MostLines = 20_000;

    private readonly DateTimeOffset _now = clock.GetUtcNow();
    private readonly HashSet<CustomerId> _new = [];
    private readonly List<(string Key, string ExternalId, CustomerId Customer, RecordQuality Quality, DateTimeOffset CreatedAt)> _links = [];
    private readonly Dictionary<(CustomerId, CustomerField), RecordedField> _said = [];
    private readonly List<(ImportConflicts.Row, string?)> _conflicts = [];
    private readonly List<object?[]> _lines = [];
    private readonly Tally _tally = new();
    private KnownRecords _known = null!;
    private int _part;

    /// <summary>Takes the rows over.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="doneThrough">The last record of the file that they stand for.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>What became of them.</returns>
    public async Task<Tally> Take(IReadOnlyList<ImportRow> rows, long doneThrough, CancellationToken ct)
    {
        var good = rows.Where(r => r.Faults.Count == 0).ToList();
        _known = await KnownRecords.Load(tx, keys, source.Name, [.. good.Select(KeyOf).Distinct()], [.. good.Select(PhoneHashOf).OfType<string>().Distinct()], ct).ConfigureAwait(false);
        foreach (var row in rows)
        {
            _part = 0;
            var (outcome, quality) = row.Faults.Count > 0 ? Reject(row, row.Faults) : Decide(row);
            _tally.Add(outcome, quality);
        }
        await Write(doneThrough, ct).ConfigureAwait(false);
        return _tally;
    }

    private (ImportOutcome?, RecordQuality) Reject(ImportRow row, IEnumerable<RowFault> faults)
    {
        foreach (var fault in faults) AddLine(row, ImportOutcome.Rejected, fault.Column, fault.What);
        return (ImportOutcome.Rejected, RecordQuality.None);
    }

    private (ImportOutcome?, RecordQuality) Decide(ImportRow row)
    {
        var key = KeyOf(row);
        var link = _known.Link(key);
        if (link is not null && !_known.Lives(link.Customer)) return Reject(row, [new("", Texts.ImportErased)]);
        if (link?.SeenRun == run.Id) return Duplicate(row, CustomerId.Parse(link.Customer), Texts.ImportKeyTwice);
        if (link is not null && _known.SpeaksAnother(CustomerId.Parse(link.Customer), key)) return Duplicate(row, CustomerId.Parse(link.Customer), Texts.ImportTwoOfOne);

        var customer = link is not null ? CustomerId.Parse(link.Customer) : SamePerson(row) ?? CustomerId.New(clock);
        var isNew = link is null && !_known.Lives(customer.Text);
        if (isNew) _new.Add(customer);
        var doubles = Doubles(row, customer);
        var (outcome, conflicts) = Compare(row, customer);
        if (isNew) AddLine(row, ImportOutcome.New, "", Texts.ImportNew, customer);
        var quality = new RecordQuality(
            RecordQuality.CompletenessOf(row.Told.Select(t => t.Field)), 1000, RecordQuality.FreshnessOf(row.At, _now), doubles ? 0 : RecordQuality.Share(row.Told.Count - conflicts, Math.Max(1, row.Told.Count)));
        _links.Add((key, row.ExternalId, customer, quality, link?.CreatedAt ?? _now));
        _known.Add(new() { SourceKey = key, Customer = customer.Text, SeenRun = run.Id, CreatedAt = link?.CreatedAt ?? _now });
        return (doubles ? ImportOutcome.Duplicate : isNew ? ImportOutcome.New : outcome, quality);
    }

    private (ImportOutcome?, RecordQuality) Duplicate(ImportRow row, CustomerId customer, string what)
    {
        AddLine(row, ImportOutcome.Duplicate, "", what, customer);
        return (ImportOutcome.Duplicate, new RecordQuality(RecordQuality.CompletenessOf(row.Told.Select(t => t.Field)), 1000, RecordQuality.FreshnessOf(row.At, _now), 0));
    }

    /// <summary>
    /// The customer whom a row is about that we have not seen before: only the one who proved the row's number lately, alone, whose name is
    /// no other, and for whom no row of this source speaks. Anything less would be a guess.
    /// </summary>
    private CustomerId? SamePerson(ImportRow row)
    {
        if (PhoneHashOf(row) is not { } hash || _known.Holders(hash).Take(2).ToList() is not [{ } holder]) return null;
        if (!_known.Lives(holder.Customer.Text) || holder.At < _now.AddDays(-customers.MergeProofDays) || _known.IsLinked(holder.Customer)) return null;
        var name = row.Told.FirstOrDefault(t => t.Field == CustomerField.Name)?.Value;
        var known = _known.Field(holder.Customer, CustomerField.Name)?.Value;
        return name is null || known is null || name == known ? holder.Customer : null;
    }

    // The same number at another record, proven or only told: listed, never merged.
    private bool Doubles(ImportRow row, CustomerId customer)
    {
        if (PhoneHashOf(row) is not { } hash) return false;
        var proven = _known.Holders(hash).Select(h => h.Customer).Where(c => c != customer).ToList();
        var others = proven.Concat(_known.Tellers(hash)).Where(c => c != customer).Distinct().ToList();
        _known.AddTeller(hash, customer);
        if (others.Count == 0) return false;
        AddLine(row, ImportOutcome.Duplicate, ColumnOf(row, CustomerField.Phone), Texts.ImportSameNumber(others.Count, proven.Count > 0), others[0]);
        return true;
    }

    private (ImportOutcome? Outcome, int Conflicts) Compare(ImportRow row, CustomerId customer)
    {
        ImportOutcome? outcome = null;
        var conflicts = 0;
        foreach (var told in row.Told)
        {
            var known = _known.Field(customer, told.Field);
            var hash = CustomerFields.HashOf(keys, told.Field, told.Value);
            var verdict = FieldPrecedence.Of(known, told.Value, hash, row.At, source, options);
            var conflict = _known.Conflict(customer, told.Field);
            // What a person has decided about this very word is decided.
            if (conflict is { State: ConflictState.Kept } && conflict.Hash == hash && verdict is FieldVerdict.Take or FieldVerdict.Conflict) verdict = FieldVerdict.Keep;
            switch (verdict)
            {
                case FieldVerdict.Same:
                    Confirm(row, customer, told, known!, conflict);
                    break;
                case FieldVerdict.Take:
                    _said[(customer, told.Field)] = Said(row, told);
                    if (conflict is { State: ConflictState.Open }) _conflicts.Add((conflict with { State = ConflictState.Taken }, null));
                    if (!_new.Contains(customer)) AddLine(row, ImportOutcome.Changed, told.Column, known is null ? Texts.ImportAdded : Texts.ImportChanged, customer, told, known);
                    outcome ??= ImportOutcome.Changed;
                    break;
                case FieldVerdict.Keep:
                    AddLine(row, ImportOutcome.Kept, told.Column, Texts.ImportKept, customer, told, known);
                    break;
                case FieldVerdict.Conflict:
                    AddLine(row, ImportOutcome.Conflict, told.Column, Texts.ImportConflict(known!.Origin), customer, told, known);
                    _conflicts.Add((Opened(row, customer, told, hash, conflict), told.Value));
                    (outcome, conflicts) = (ImportOutcome.Conflict, conflicts + 1);
                    break;
            }
        }
        return (outcome, conflicts);
    }

    // The word is repeated: it is fresh again when it is this system's own, and nobody disagrees any more.
    private void Confirm(ImportRow row, CustomerId customer, ToldField told, RecordedField known, ImportConflicts.Row? conflict)
    {
        if (known.Origin == FieldOrigin.Import && known.Source == source.Name && row.At > known.At) _said[(customer, told.Field)] = known with { At = row.At.Value };
        if (conflict is { State: ConflictState.Open }) _conflicts.Add((conflict with { State = ConflictState.Taken }, null));
    }

    private RecordedField Said(ImportRow row, ToldField told) =>
        new() { Field = told.Field, Value = told.Value, Origin = FieldOrigin.Import, Source = source.Name, At = row.At ?? run.FileAt };

    private ImportConflicts.Row Opened(ImportRow row, CustomerId customer, ToldField told, string hash, ImportConflicts.Row? before) => new()
    {
        Id = before?.Id ?? Kernel.Ids.New(clock), Customer = customer, Field = told.Field, Source = source.Name, Run = run.Id, Cipher = "", Hash = hash, TheirsAt = row.At,
        State = ConflictState.Open, OpenedAt = before is { State: ConflictState.Open } ? before.OpenedAt : _now,
    };

    private void AddLine(ImportRow row, ImportOutcome outcome, string column, string what, CustomerId? customer = null, ToldField? told = null, RecordedField? known = null)
    {
        if (run.KeptLines + _lines.Count >= MostLines) return;
        _lines.Add([run.Id, row.Number, _part++, outcome, Short(column, 60), Short(what, 200), customer?.Text ?? "", told is null ? "" : EnumText<CustomerField>.Of(told.Field),
            known is null ? "" : keys.Encrypt(known.Value), told is null ? "" : keys.Encrypt(told.Value)]);
    }

    private async Task Write(long doneThrough, CancellationToken ct)
    {
        if (_new.Count > 0) await tx.InsertRows("customers_customers", ["id", "version", "created_at"], _new.Select(c => new object?[] { c, 1, _now }), ct: ct).ConfigureAwait(false);
        if (_said.Count > 0) await CustomerFields.Write(tx, keys, _said.Select(s => (s.Key.Item1, s.Value)), ct).ConfigureAwait(false);
        if (_conflicts.Count > 0) await ImportConflicts.Write(tx, keys, _conflicts, ct).ConfigureAwait(false);
        if (_lines.Count > 0)
            await tx.InsertRows("customers_import_lines", ["run_id", "row_at", "part", "outcome", "column_name", "what", "customer_id", "field", "old_cipher", "new_cipher"], _lines, ct: ct).ConfigureAwait(false);
        if (_links.Count > 0)
            await tx.UpsertRows("customers_import_links", ["source_key", "source", "external_id", "customer_id", "seen_run", "score", "created_at", "seen_at"],
                _links.Select(l => new object?[] { l.Key, source.Name, l.ExternalId, l.Customer, run.Id, l.Quality.Score, l.CreatedAt, _now }), "source_key", ["seen_run", "score", "seen_at"], ct).ConfigureAwait(false);
        await ImportLedger.Count(tx, run.Id, _tally, _lines.Count, doneThrough, ct).ConfigureAwait(false);
    }

    private string KeyOf(ImportRow row) => ImportLinks.KeyOf(keys, source.Name, row.ExternalId);

    private string? PhoneHashOf(ImportRow row) =>
        row.Told.FirstOrDefault(t => t.Field == CustomerField.Phone) is { } told ? CustomerFields.HashOf(keys, CustomerField.Phone, told.Value) : null;

    private static string ColumnOf(ImportRow row, CustomerField field) => row.Told.First(t => t.Field == field).Column;

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}

/// <summary>How many rows became what, and the sum of their qualities.</summary>
internal sealed class Tally
{
    private readonly long[] _outcomes = new long[Enum.GetValues<ImportOutcome>().Length];

    public long Rows { get; private set; }

    public long Unchanged => Rows - _outcomes.Sum();

    public RecordQuality Qualities { get; private set; } = RecordQuality.None;

    public long Of(ImportOutcome outcome) => _outcomes[(int)outcome];

    /// <summary>Counts a row; null when nothing changed by it.</summary>
    public void Add(ImportOutcome? outcome, RecordQuality quality)
    {
        Rows++;
        if (outcome is { } counted) _outcomes[(int)counted]++;
        Qualities = new(
            Qualities.Completeness + quality.Completeness, Qualities.Validity + quality.Validity, Qualities.Freshness + quality.Freshness, Qualities.Consistency + quality.Consistency);
    }
}
