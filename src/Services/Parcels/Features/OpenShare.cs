using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>Shows a parcel to whoever has its link: no name, no phone, no street, nothing that people wrote.</summary>
public static class OpenShare
{
    private const string Read =
        """
        select p.id as Id, p.waybill as Waybill, p.product as Product, p.sender_province as FromProvince, p.sender_city as FromCity,
          p.recipient_province as ToProvince, p.recipient_city as ToCity, p.promised_by as PromisedBy, p.registered_at as RegisteredAt,
          s.status as Status, s.last_event_at as LastEventAt, s.latest_text as LatestText, s.latest_place as LatestPlace, h.expires_at as ExpiresAt
        from parcels_shares h
        join parcels_parcels p on p.id = h.parcel_id
        join parcels_states s on s.parcel_id = h.parcel_id
        where h.token_hash = @hash and h.revoked_at is null and h.expires_at > @now
        """;

    /// <summary>What the link shows; null for one that is unknown, revoked or over, which nobody can tell apart.</summary>
    public static async Task<SharedParcel?> Execute(Db db, TimeProvider clock, ParcelOutlook outlook, string? token, CancellationToken ct)
    {
        if (!ShareToken.LooksRight(token)) return null;
        var (hash, now) = (ShareToken.Hash(token!), clock.GetUtcNow());
        if (await db.First<Row>(Read, new { hash, now }, ct).ConfigureAwait(false) is not { } row || row.ExpiresAt <= now || row.EndsAt <= now) return null;
        var points = (await StatusPoints.Of(db, [row.Id], ct).ConfigureAwait(false))[row.Id].ToList();
        var view = await outlook.Look(ct).ConfigureAwait(false);
        var parcel = row.Progress(points);
        var (eta, trouble) = view.Of(parcel);
        var isOnItsWay = StatusMachine.StateOf(row.Status) == ParcelState.Open && parcel.Stage is not LaneStage.Awaiting;
        return new SharedParcel(Masked(row.Waybill.Text), row.Status, ParcelWords.Of(row.Status), row.FromCity, row.ToCity, parcel.LastScanAt, eta,
            isOnItsWay ? OutlookWords.Promise(row.PromisedBy, eta, trouble, now) : null,
            [.. points.AsEnumerable().Reverse().Select(p => new SharedPoint(p.At, p.City, ParcelWords.Of(p.Status)))], row.EndsAt);
    }

    /// <summary>CY12*******0128: enough to recognise one's own, too little to ask for it.</summary>
    private static string Masked(string waybill) => waybill.Length <= 8 ? waybill[..2] + "****" : $"{waybill[..4]}****{waybill[^4..]}";

    private sealed record Row : ParcelRow
    {
        public required string LatestText { get; init; }
        public required string LatestPlace { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }

        public DateTimeOffset EndsAt =>
            StatusMachine.StateOf(Status) == ParcelState.Done && LastEventAt + ShareParcel.AfterDone < ExpiresAt ? LastEventAt + ShareParcel.AfterDone : ExpiresAt;

        // What people wrote is judged by and never shown.
        public ParcelProgress Progress(IReadOnlyList<StatusPoint> points) => ProgressBy(points, LatestPlace, LatestText);
    }
}

/// <summary>A parcel as a stranger may see it.</summary>
/// <param name="MaskedWaybill">Its number, the middle hidden.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="FromCity">The sender's city.</param>
/// <param name="ToCity">The recipient's city.</param>
/// <param name="UpdatedAt">When it was scanned last.</param>
/// <param name="Eta">When it will probably arrive; null when it has, will not, or too little is known.</param>
/// <param name="Promise">What is said about the promise; null when there is nothing to say.</param>
/// <param name="Points">Its way, the newest first.</param>
/// <param name="EndsAt">When the link dies.</param>
public sealed record SharedParcel(
    string MaskedWaybill, ParcelStatus Status, string StatusText, string FromCity, string ToCity, DateTimeOffset UpdatedAt, DeliveryEta? Eta, string? Promise,
    IReadOnlyList<SharedPoint> Points, DateTimeOffset EndsAt);

/// <summary>A point of its way, in our own words.</summary>
/// <param name="At">When.</param>
/// <param name="City">Where; may be empty.</param>
/// <param name="Text">What, such as 运输中.</param>
public sealed record SharedPoint(DateTimeOffset At, string City, string Text);
