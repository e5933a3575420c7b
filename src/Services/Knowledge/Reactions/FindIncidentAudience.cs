using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Addresses;
using Courier.Services.Parcels;

namespace Courier.Services.Knowledge;

/// <summary>
/// Looks through one page of the open parcels, tells who follows an affected one, and asks for the next page in the same
/// transaction: a crash repeats at most a page, and no transaction grows with the number of customers.
/// </summary>
internal sealed class FindIncidentAudience(Divisions divisions, TimeProvider clock) : IReaction<IncidentAudienceWanted>
{
    private const int PageSize = 500;

    private const string Known = "select customer from knowledge_incident_audience where incident_id = @id and customer in @customers";

    private const string Progress =
        """
        update knowledge_incidents
        set told_parcels = told_parcels + @parcels, told_customers = told_customers + @customers, telling = @telling
        where id = @id
        """;

    public async Task Handle(Delivery<IncidentAudienceWanted> delivery, Tx tx, CancellationToken ct)
    {
        var (id, after, page) = (delivery.Event.IncidentId, delivery.Event.After, delivery.Event.Version);
        if (await IncidentRows.Locked(tx, id, ct).ConfigureAwait(false) is not { } row) return;
        var ways = row.Incident.IsShown(clock.GetUtcNow()) ? await ParcelWays.Open(tx, after, PageSize, ct).ConfigureAwait(false) : [];
        var affected = ways.Where(w => PlacesOfParcels.Of(w, divisions).Any(row.Incident.Touches)).Select(w => w.ParcelId).ToList();
        var customers = await New(tx, id, affected, ct).ConfigureAwait(false);
        if (customers.Count > 0) await tx.Publish(new IncidentAudienceFound(id, row.Incident.Line, [.. customers.Select(Customers.CustomerId.Parse)], page), ct).ConfigureAwait(false);
        var isLast = ways.Count < PageSize;
        if (!isLast) await tx.Publish(new IncidentAudienceWanted(id, ways[^1].ParcelId, page + 1), ct).ConfigureAwait(false);
        await tx.Execute(Progress, new { id, parcels = affected.Count, customers = customers.Count, telling = EnumText<IncidentTelling>.Of(isLast ? IncidentTelling.Done : IncidentTelling.UnderWay) }, ct)
            .ConfigureAwait(false);
    }

    /// <summary>Who follows one of the parcels and was not told of this incident yet; kept as told.</summary>
    private static async Task<IReadOnlyList<string>> New(Tx tx, string id, List<string> parcels, CancellationToken ct)
    {
        var customers = (await ParcelFollowers.Of(tx, parcels, ct).ConfigureAwait(false)).Select(f => f.Customer.Text).Distinct().ToList();
        if (customers.Count == 0) return [];
        var known = (await tx.Query<string>(Known, new { id, customers }, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        customers.RemoveAll(known.Contains);
        if (customers.Count > 0)
            await tx.InsertRows("knowledge_incident_audience", ["incident_id", "customer"], customers.Select(c => new object?[] { id, c }), ct: ct).ConfigureAwait(false);
        return customers;
    }
}
