using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;

namespace Courier.Services.Notifications;

/// <summary>
/// What incidents say in messages at the moment when these are sent: hours may lie between the plan and the send (quiet hours, a
/// message that waits until its customer writes), and an incident may have ended or been written anew meanwhile.
/// </summary>
internal sealed class IncidentLines(Db db, TimeProvider clock, IncidentBoard board, Divisions divisions)
{
    private const string Incident = "incident:", Parcel = "parcel:";

    /// <summary>By order key: an incident's own line, and for a parcel the worst that concerns it. What no incident is shown for is absent.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Of(IReadOnlyList<DueMessage> due, CancellationToken ct)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in Ids(due, NotificationKind.Incident, Incident)) // few; not from the board, which may not know yet what another process has just published
            if (await ListIncidents.Find(db, id, ct).ConfigureAwait(false) is { Incident: var told } && told.IsShown(clock.GetUtcNow())) lines.Add(Incident + id, told.Line);
        var parcels = await ParcelIncidents.OfParcels(db, board, divisions, Ids(due, NotificationKind.ParcelStatus, Parcel), ct).ConfigureAwait(false);
        foreach (var (id, incidents) in parcels) lines.Add(Parcel + id, incidents[0].Line);
        return lines;
    }

    private static List<string> Ids(IReadOnlyList<DueMessage> due, NotificationKind kind, string prefix) =>
        [.. due.Where(m => m.Kind == kind).Select(m => m.OrderKey ?? "").Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]).Distinct()];
}
