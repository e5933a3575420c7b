using Courier.Kernel.Data;

namespace Courier.Services.Knowledge;

/// <summary>Rows of <c>knowledge_incidents</c>.</summary>
internal static class IncidentRows
{
    private const int MostPublished = 200;

    private const string Select =
        """
        select id, title, text, kind, severity, regions, starts_at as StartsAt, ends_at as EndsAt, state, version, created_by as CreatedBy, created_at as CreatedAt,
          published_at as PublishedAt, ended_at as EndedAt, telling, told_parcels as ToldParcels, told_customers as ToldCustomers
        from knowledge_incidents
        """;

    /// <summary>All that are published, the worst first.</summary>
    public static async Task<IReadOnlyList<Incident>> Published(ISqlReader db, CancellationToken ct)
    {
        var rows = await db.Query<IncidentRow>(Select + " where state = 'active' order by id desc limit @limit", new { limit = MostPublished }, ct).ConfigureAwait(false);
        return [.. rows.OrderByDescending(r => r.Severity).ThenByDescending(r => r.PublishedAt).Select(r => r.Incident)];
    }

    /// <summary>One, locked until the end of the transaction; null when there is none.</summary>
    public static Task<IncidentRow?> Locked(Tx tx, string id, CancellationToken ct) =>
        tx.First<IncidentRow>($"{Select} where id = @id {tx.Dialect.ForUpdate}", new { id }, ct);

    /// <summary>One; null when there is none.</summary>
    public static Task<IncidentRow?> Find(ISqlReader db, string id, CancellationToken ct) => db.First<IncidentRow>(Select + " where id = @id", new { id }, ct);

    /// <summary>A page, the newest first.</summary>
    public static Task<IReadOnlyList<IncidentRow>> Page(ISqlReader db, IncidentState? state, string? before, int limit, CancellationToken ct) => db.Query<IncidentRow>(
        Select + " where id < @before and state in @states order by id desc limit @limit",
        new { before = before ?? "g", states = Enum.GetValues<IncidentState>().Where(s => state is null || s == state).Select(EnumText<IncidentState>.Of), limit }, ct);
}

/// <summary>A row of <c>knowledge_incidents</c>.</summary>
internal sealed record IncidentRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required IncidentKind Kind { get; init; }
    public required IncidentSeverity Severity { get; init; }
    public required string Regions { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset? EndsAt { get; init; }
    public required IncidentState State { get; init; }
    public required long Version { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? PublishedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required IncidentTelling Telling { get; init; }
    public required long ToldParcels { get; init; }
    public required long ToldCustomers { get; init; }

    public Incident Incident => new()
    {
        Id = Id, Title = Title, Text = Text, Kind = Kind, Severity = Severity, Regions = Regions.Split(' '), StartsAt = StartsAt, EndsAt = EndsAt, State = State, Version = Version,
    };

    public ListedIncident Listed => new(Incident, CreatedAt, PublishedAt, EndedAt, Telling, ToldParcels, ToldCustomers);
}
