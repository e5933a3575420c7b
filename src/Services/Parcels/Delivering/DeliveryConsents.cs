using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>
/// Where some parcels may be left: what their recipients chose for this very parcel, then what they agreed to for its address and size. Five queries at
/// most, however many parcels.
/// </summary>
internal sealed class DeliveryConsents
{
    private const string Parcels =
        """
        select id as Id, waybill as Waybill, recipient_phone_hash as RecipientHash, recipient_province as Province, recipient_city as City, recipient_district as District,
          recipient_detail_cipher as Detail
        from parcels_parcels
        where waybill in @waybills and core in ('', @core)
        """;

    private const string Standing =
        """
        select d.parcel_id as ParcelId, d.kind as Kind, d.detail_cipher as DetailCipher
        from parcels_directions d
        join (select parcel_id, max(version) as version from parcels_directions where parcel_id in @ids and kind <> 'correct' group by parcel_id) n
          on n.parcel_id = d.parcel_id and n.version = d.version
        where d.state in ('asked', 'accepted')
        """;

    private readonly Dictionary<WaybillNumber, Known> _parcels;
    private readonly AgreedByNumber _agreed;

    private DeliveryConsents(Dictionary<WaybillNumber, Known> parcels, AgreedByNumber agreed) => (_parcels, _agreed) = (parcels, agreed);

    /// <summary>Reads them; parcels of other cores are as unknown as those that do not exist.</summary>
    public static async Task<DeliveryConsents> Of(ISqlReader db, DataKeys keys, string core, IReadOnlyCollection<WaybillNumber> waybills, CancellationToken ct)
    {
        var rows = waybills.Count == 0 ? [] : await db.Query<Row>(Parcels, new { waybills = waybills.Select(w => w.Text).Distinct(), core }, ct).ConfigureAwait(false);
        if (rows.Count == 0) return new([], new AgreedByNumber([]));
        var standing = (await db.Query<StandingRow>(Standing, new { ids = rows.Select(r => r.Id) }, ct).ConfigureAwait(false)).ToDictionary(s => s.ParcelId, StringComparer.Ordinal);
        var agreed = await Consents.OfPhones(db, [.. rows.Select(r => r.RecipientHash).Distinct(StringComparer.Ordinal)], ct).ConfigureAwait(false);
        var places = await AddressBook.Places(db, keys, agreed.AddressIds, ct).ConfigureAwait(false);
        var known = rows.ToDictionary(r => r.Waybill, r =>
        {
            var chosen = standing.GetValueOrDefault(r.Id);
            // Sent to another address, it goes to none of those that were decided about.
            var plain = places.Count == 0 || chosen?.Kind is DirectionKind.OtherAddress ? "" : new PostalAddress(r.Province, r.City, r.District, "", keys.Decrypt(r.Detail)).Plain;
            return new Known(r.RecipientHash, [.. places.Where(p => plain.Length > 0 && p.Value.Plain == plain).Select(p => p.Key)], chosen is null ? null : Leaving(chosen.Kind),
                chosen is null ? null : JsonSerializer.Deserialize<DirectionDetail>(keys.Decrypt(chosen.DetailCipher), KernelJson.Options)?.Place);
        });
        return new(known, agreed);
    }

    /// <summary>Is it a parcel of this core?</summary>
    public bool Knows(WaybillNumber waybill) => _parcels.ContainsKey(waybill);

    /// <summary>Keyed hash of the recipient's number.</summary>
    public string RecipientHash(WaybillNumber waybill) => _parcels[waybill].RecipientHash;

    /// <summary>Where the recipient wants this parcel: a locker's or outlet's code, or where the neighbour lives; null when nothing was chosen.</summary>
    public string? ChosenPlace(WaybillNumber waybill) => _parcels[waybill].Place;

    /// <summary>May it be left there?</summary>
    public ConsentAnswer Of(WaybillNumber waybill, ParcelSize? size, ConsentKind kind) =>
        _parcels[waybill] is var parcel && parcel.Chosen == kind ? ConsentAnswer.Of(ConsentGround.Chosen) : _agreed.Allows(parcel.RecipientHash, parcel.Addresses, size, kind);

    /// <summary>Where a wish about the way leaves the parcel; null when it is about something else.</summary>
    internal static ConsentKind? Leaving(DirectionKind kind) => kind switch
    {
        DirectionKind.Locker => ConsentKind.Locker,
        DirectionKind.Station => ConsentKind.Station,
        DirectionKind.Neighbour => ConsentKind.Neighbour,
        DirectionKind.OtherTime or DirectionKind.Hold or DirectionKind.OtherAddress or DirectionKind.Intercept or DirectionKind.Correct => null,
    };

    private sealed record Known(string RecipientHash, IReadOnlyCollection<string> Addresses, ConsentKind? Chosen, string? Place);

    private sealed record Row
    {
        public required string Id { get; init; }
        public required WaybillNumber Waybill { get; init; }
        public required string RecipientHash { get; init; }
        public required string Province { get; init; }
        public required string City { get; init; }
        public required string District { get; init; }
        public required string Detail { get; init; }
    }

    private sealed record StandingRow
    {
        public required string ParcelId { get; init; }
        public required DirectionKind Kind { get; init; }
        public required string DetailCipher { get; init; }
    }
}
