using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Where parcels come from, go to and are now, without anything personal; for whoever matches them with places.</summary>
public static class ParcelWays
{
    private const string Select =
        """
        select p.id as ParcelId, p.waybill as Waybill, s.status as Status, p.sender_province as FromProvince, p.sender_city as FromCity, p.sender_district as FromDistrict,
          p.recipient_province as ToProvince, p.recipient_city as ToCity, p.recipient_district as ToDistrict,
          (select e.city from parcels_events e where e.parcel_id = p.id and e.city <> '' order by e.happened_at desc, e.sequence desc limit 1) as NowCity
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        """;

    /// <summary>Those of the waybills that exist.</summary>
    public static Task<IReadOnlyList<ParcelWay>> OfWaybills(ISqlReader db, IReadOnlyCollection<WaybillNumber> waybills, CancellationToken ct) =>
        db.Query<ParcelWay>(Select + " where p.waybill in @waybills", new { waybills = waybills.Select(w => w.Text) }, ct);

    /// <summary>Those of the parcels that exist.</summary>
    public static Task<IReadOnlyList<ParcelWay>> Of(ISqlReader db, IReadOnlyCollection<string> parcelIds, CancellationToken ct) =>
        db.Query<ParcelWay>(Select + " where p.id in @parcelIds", new { parcelIds }, ct);

    /// <summary>A page of all open parcels in the order of their ids.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="after">Id of the last parcel of the page before; a smaller text for the first page.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<ParcelWay>> Open(ISqlReader db, string after, int limit, CancellationToken ct) => db.Query<ParcelWay>(
        Select + " where p.id > @after and s.status in @open order by p.id limit @limit",
        new { after, open = Enum.GetValues<ParcelStatus>().Where(s => StatusMachine.StateOf(s) == ParcelState.Open).Select(EnumText<ParcelStatus>.Of), limit }, ct);
}

/// <summary>A parcel's places; texts as the core wrote them, any of which may be empty.</summary>
public sealed record ParcelWay
{
    /// <summary>The parcel's id.</summary>
    public required string ParcelId { get; init; }

    /// <summary>Its number.</summary>
    public required WaybillNumber Waybill { get; init; }

    /// <summary>Where it stands.</summary>
    public required ParcelStatus Status { get; init; }

    /// <summary>The sender's province.</summary>
    public required string FromProvince { get; init; }

    /// <summary>The sender's city.</summary>
    public required string FromCity { get; init; }

    /// <summary>The sender's district.</summary>
    public required string FromDistrict { get; init; }

    /// <summary>The recipient's province.</summary>
    public required string ToProvince { get; init; }

    /// <summary>The recipient's city.</summary>
    public required string ToCity { get; init; }

    /// <summary>The recipient's district.</summary>
    public required string ToDistrict { get; init; }

    /// <summary>City of the newest report that names one; null before any.</summary>
    public required string? NowCity { get; init; }
}
