using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Network.Codes;

namespace Courier.Services.Parcels;

/// <summary>A code of the wallet: one that was pasted, or a parcel of somebody's own that waits.</summary>
/// <param name="Saved">The code.</param>
/// <param name="Parcel">The parcel; null for a pasted code.</param>
/// <param name="Place">Where it waits; null for a place that is not ours.</param>
public sealed record WalletCode(SavedCode Saved, WaitingParcel? Parcel, PickupPlace? Place)
{
    /// <summary>The parcel's number; null when nobody knows it.</summary>
    public WaybillNumber? Waybill => Parcel?.Waybill ?? (WaybillNumber.TryParse(Saved.Waybill, null, out var read) ? read : null);
}

/// <summary>One wallet for all pickup codes of a family: pasted ones, and parcels of their own that wait.</summary>
public static class PickupWallet
{
    /// <summary>The codes of these customers in the order of one walk.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the codes.</param>
    /// <param name="clock">The time.</param>
    /// <param name="owners">Whose: the customer, or all of the family.</param>
    /// <param name="fetched">Pasted codes that were fetched instead of all that waits.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<WalletCode>> Of(ISqlReader db, DataKeys keys, TimeProvider clock, IReadOnlyCollection<CustomerId> owners, bool fetched, CancellationToken ct)
    {
        var pasted = await CodeWallet.Of(db, keys, clock, owners, fetched, ct).ConfigureAwait(false);
        var parcels = fetched ? [] : await WaitingParcels.Of(db, owners, ct).ConfigureAwait(false);
        var places = (await PickupPlaces.ByName(db, [.. pasted.Select(c => c.Place).Concat(parcels.Select(p => p.Place)).Where(p => p.Length > 0).Distinct()], ct).ConfigureAwait(false))
            .GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var waiting = parcels.ToDictionary(p => "parcel-" + p.Waybill.Text, StringComparer.Ordinal);
        var known = parcels.Select(p => p.Waybill.Text).ToHashSet(StringComparer.Ordinal);
        // The message of a parcel that is our own was pasted as well: it stands once, and goes by itself.
        var codes = pasted.Where(c => !known.Contains(c.Waybill)).Concat(waiting.Select(p => Code(p.Key, p.Value, places)));
        return [.. PickupWalk.Of(codes, places, clock.GetUtcNow()).Select(c => new WalletCode(c, waiting.GetValueOrDefault(c.Id), places.GetValueOrDefault(c.Place)))];
    }

    private static SavedCode Code(string id, WaitingParcel parcel, Dictionary<string, PickupPlace> places) => new(
        id, parcel.Owner, parcel.Code ?? "", parcel.Place, "", parcel.Since, places.TryGetValue(parcel.Place, out var place) ? parcel.Since.AddHours(place.FreeHours) : null, null)
    {
        Waybill = parcel.Waybill.Text,
    };
}
