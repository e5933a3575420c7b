using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Staff;

namespace Courier.Services.Knowledge;

/// <summary>What an operator writes about an incident.</summary>
/// <param name="Title">1 to 20 characters.</param>
/// <param name="Text">One line of 1 to 100 characters.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Regions">1 to 50 codes of provinces, cities and districts, or <see cref="Incident.WholeCountry"/>.</param>
/// <param name="StartsAt">From when on it is shown.</param>
/// <param name="EndsAt">Until when; null until somebody ends it.</param>
public sealed record IncidentDraft(
    string Title, string Text, IncidentKind Kind, IncidentSeverity Severity, IReadOnlyList<string> Regions, DateTimeOffset StartsAt, DateTimeOffset? EndsAt)
{
    /// <summary>What is wrong with it: the field as callers name it, and the sentence that people read; null when nothing is.</summary>
    public (string Field, string Message)? Problem(Divisions divisions) => this switch
    {
        { Title: { Length: 0 or > 20 } } => ("title", Texts.IncidentTitle),
        { Text: { Length: 0 or > 100 } } => ("text", Texts.IncidentSentence),
        _ when (Title + Text).Any(char.IsControl) => ("text", Texts.IncidentSentence),
        { Regions.Count: 0 or > 50 } => ("regions", Texts.IncidentRegions),
        _ when Regions.Any(r => r != Incident.WholeCountry && divisions.Find(r) is not { IsPlace: true, Level: < DivisionLevel.Street }) => ("regions", Texts.IncidentRegions),
        { EndsAt: { } end } when end <= StartsAt => ("until", Texts.IncidentEnd),
        _ => null,
    };
}

/// <summary>Writes, publishes and ends incidents. Every change is audited, and counts at once in this process, within a second in the others.</summary>
public static class WriteIncidents
{
    /// <summary>Somebody else has changed it in the meantime.</summary>
    public const string Changed = "incident.changed";

    /// <summary>The affected customers were told already.</summary>
    public const string AlreadyTold = "incident.already_told";

    private const string Raise = "update knowledge_versions set version = version + 1 where name = 'incidents'";

    private const string Insert =
        """
        insert into knowledge_incidents (id, title, text, kind, severity, regions, starts_at, ends_at, state, version, created_by, created_at)
        values (@id, @Title, @Text, @kind, @severity, @regions, @StartsAt, @EndsAt, 'draft', 1, @who, @now)
        """;

    private const string Update =
        """
        update knowledge_incidents
        set title = @Title, text = @Text, kind = @kind, severity = @severity, regions = @regions, starts_at = @StartsAt, ends_at = @EndsAt, version = version + 1
        where id = @id
        """;

    // Who was to be told when it begins is not told any more.
    private const string Ended =
        """
        update knowledge_incidents
        set state = 'ended', ended_at = @now, telling = case when tells_later = 1 then 'no' else telling end, tells_later = 0, version = version + 1
        where id = @id
        """;

    /// <summary>Writes a draft, which nobody but staff sees.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">The draft has a problem: see <see cref="IncidentDraft.Problem"/>.</exception>
    public static Task<string> Create(Db db, TimeProvider clock, Divisions divisions, StaffId who, IncidentDraft draft, CancellationToken ct)
    {
        Check(draft, divisions);
        return db.InTransaction(async tx =>
        {
            var (id, now) = (Ids.New(clock), clock.GetUtcNow());
            await tx.Execute(Insert, Args(draft, id, who, now), ct).ConfigureAwait(false);
            await Record(tx, clock, who, "created", id, draft.Title, ct).ConfigureAwait(false);
            return id;
        }, ct);
    }

    /// <summary>Writes it anew; one that is shown is shown in its new words at once.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="divisions">Check the regions.</param>
    /// <param name="board">Learns of it at once.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="id">Which.</param>
    /// <param name="version">The version that the caller saw.</param>
    /// <param name="draft">What it says from now on.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>False when there is no such incident.</returns>
    /// <exception cref="RuleBroken"><see cref="Changed"/>, <see cref="IncidentMachine.Ended"/>.</exception>
    public static Task<bool> Change(
        Db db, TimeProvider clock, Divisions divisions, IncidentBoard board, StaffId who, string id, long version, IncidentDraft draft, CancellationToken ct)
    {
        Check(draft, divisions);
        return Act(db, clock, board, who, id, IncidentAction.Change, "changed", draft.Title, async (tx, row) =>
        {
            if (row.Version != version) throw new RuleBroken(Changed, Texts.IncidentChanged);
            await tx.Execute(Update, Args(draft, id, who, clock.GetUtcNow()), ct).ConfigureAwait(false);
        }, ct);
    }

    /// <summary>Shows it to customers from its beginning on, and has those told then whose parcels are affected when that is wished.</summary>
    /// <returns>False when there is no such incident.</returns>
    /// <exception cref="RuleBroken"><see cref="IncidentMachine.AlreadyActive"/>, <see cref="IncidentMachine.Ended"/>.</exception>
    public static Task<bool> Publish(Db db, TimeProvider clock, IncidentBoard board, StaffId who, string id, bool tell, CancellationToken ct) =>
        Act(db, clock, board, who, id, IncidentAction.Publish, "published", tell ? Texts.WithTelling : null, async (tx, row) =>
        {
            await tx.Execute("update knowledge_incidents set state = 'active', published_at = @now, version = version + 1 where id = @id", new { id, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
            if (tell) await Tell(tx, row, clock, ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Has the customers told whose parcels are affected, each once and not before it begins; the parcels are looked through page by page in the background.</summary>
    /// <returns>False when there is no such incident.</returns>
    /// <exception cref="RuleBroken"><see cref="AlreadyTold"/>, <see cref="IncidentMachine.NotActive"/>, <see cref="IncidentMachine.Ended"/>.</exception>
    public static Task<bool> Tell(Db db, TimeProvider clock, IncidentBoard board, StaffId who, string id, CancellationToken ct) =>
        Act(db, clock, board, who, id, IncidentAction.Tell, "told", null, async (tx, row) =>
        {
            if (row.Telling != IncidentTelling.No) throw new RuleBroken(AlreadyTold, Texts.IncidentAlreadyTold);
            await Tell(tx, row, clock, ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Ends it now; customers do not see it any more.</summary>
    /// <returns>False when there is no such incident.</returns>
    /// <exception cref="RuleBroken"><see cref="IncidentMachine.Ended"/>.</exception>
    public static Task<bool> End(Db db, TimeProvider clock, IncidentBoard board, StaffId who, string id, string? reason, CancellationToken ct) =>
        Act(db, clock, board, who, id, IncidentAction.End, "ended", reason, (tx, _) =>
            tx.Execute(Ended, new { id, now = clock.GetUtcNow() }, ct), ct);

    /// <summary>Begins to tell of one that has begun, unless another process has.</summary>
    internal static Task TellNow(Db db, TimeProvider clock, string id, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        const string sql = "update knowledge_incidents set tells_later = 0 where id = @id and tells_later = 1 and state = 'active' and starts_at <= @now";
        if (await tx.Execute(sql, new { id, now }, ct).ConfigureAwait(false) > 0) await tx.Publish(IncidentAudienceWanted.First(id, now), ct).ConfigureAwait(false);
    }, ct);

    /// <summary>Ends one whose time is over, unless somebody has just ended or prolonged it.</summary>
    internal static Task<bool> EndOver(Db db, TimeProvider clock, IncidentBoard board, string id, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        const string sql = "update knowledge_incidents set state = 'ended', ended_at = ends_at, version = version + 1 where id = @id and state = 'active' and ends_at <= @now";
        if (await tx.Execute(sql, new { id, now }, ct).ConfigureAwait(false) == 0) return false;
        await tx.Execute(Raise, ct: ct).ConfigureAwait(false);
        await Record(tx, clock, StaffId.System, "ended", id, Texts.TimeOver, ct).ConfigureAwait(false);
        tx.AfterCommit(board.LookAgain);
        return true;
    }, ct);

    private static Task<bool> Act(
        Db db, TimeProvider clock, IncidentBoard board, StaffId who, string id, IncidentAction action, string verb, string? details,
        Func<Tx, IncidentRow, Task> change, CancellationToken ct) => db.InTransaction(async tx =>
        {
            if (await IncidentRows.Locked(tx, id, ct).ConfigureAwait(false) is not { } row) return false;
            IncidentMachine.After(row.State, action);
            await change(tx, row).ConfigureAwait(false);
            await tx.Execute(Raise, ct: ct).ConfigureAwait(false);
            await Record(tx, clock, who, verb, id, details, ct).ConfigureAwait(false);
            tx.AfterCommit(board.LookAgain);
            return true;
        }, ct);

    private static async Task Tell(Tx tx, IncidentRow row, TimeProvider clock, CancellationToken ct)
    {
        var (now, isWaiting) = (clock.GetUtcNow(), row.StartsAt > clock.GetUtcNow());
        await tx.Execute("update knowledge_incidents set telling = 'under_way', tells_later = @later where id = @id", new { id = row.Id, later = isWaiting ? 1 : 0 }, ct).ConfigureAwait(false);
        if (!isWaiting) await tx.Publish(IncidentAudienceWanted.First(row.Id, now), ct).ConfigureAwait(false);
    }

    private static Task Record(Tx tx, TimeProvider clock, StaffId who, string verb, string id, string? details, CancellationToken ct) =>
        Audit.Record(tx, clock, who, "incident." + verb, "incident:" + id, details, ct);

    private static void Check(IncidentDraft draft, Divisions divisions)
    {
        if (draft.Problem(divisions) is { } problem) throw new ArgumentException($"{problem.Field}: {problem.Message}", nameof(draft));
    }

    private static object Args(IncidentDraft draft, string id, StaffId who, DateTimeOffset now) => new
    {
        id, draft.Title, draft.Text, kind = EnumText<IncidentKind>.Of(draft.Kind), severity = EnumText<IncidentSeverity>.Of(draft.Severity),
        regions = string.Join(' ', draft.Regions.Distinct()), draft.StartsAt, draft.EndsAt, who = who.Text, now,
    };
}
