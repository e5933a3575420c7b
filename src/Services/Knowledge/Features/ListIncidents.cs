using Courier.Kernel.Data;

namespace Courier.Services.Knowledge;

/// <summary>An incident as staff see it.</summary>
/// <param name="Incident">What it says, and where it stands.</param>
/// <param name="CreatedAt">When it was written first.</param>
/// <param name="PublishedAt">When it was published; null for a draft.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Telling">How far telling the affected customers has come.</param>
/// <param name="ToldParcels">Affected parcels found so far.</param>
/// <param name="ToldCustomers">Customers who are told, so far.</param>
public sealed record ListedIncident(
    Incident Incident, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt, DateTimeOffset? EndedAt, IncidentTelling Telling, long ToldParcels, long ToldCustomers);

/// <summary>Incidents for staff.</summary>
public static class ListIncidents
{
    /// <summary>A page, the newest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="state">Only those of this state; null for all.</param>
    /// <param name="before">Id of the last one of the page before; null for the first page.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<ListedIncident>> Page(ISqlReader db, IncidentState? state, string? before, int limit, CancellationToken ct) =>
        [.. (await IncidentRows.Page(db, state, before, limit, ct).ConfigureAwait(false)).Select(r => r.Listed)];

    /// <summary>One; null when there is none.</summary>
    public static async Task<ListedIncident?> Find(ISqlReader db, string id, CancellationToken ct) => (await IncidentRows.Find(db, id, ct).ConfigureAwait(false))?.Listed;
}
