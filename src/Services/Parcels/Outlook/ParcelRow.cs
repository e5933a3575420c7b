namespace Courier.Services.Parcels;

/// <summary>What every reader of a parcel selects of it; from these columns follows where it stands.</summary>
internal abstract record ParcelRow : LaneRow
{
    public required WaybillNumber Waybill { get; init; }
    public required DateTimeOffset? PromisedBy { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required ParcelStatus Status { get; init; }
    public required DateTimeOffset LastEventAt { get; init; }

    /// <summary>When it was scanned last; its registration before any scan.</summary>
    public DateTimeOffset UpdatedAt => LastEventAt > DateTimeOffset.UnixEpoch ? LastEventAt : RegisteredAt;

    /// <summary>Where it stands, by its turns so far.</summary>
    protected ParcelProgress ProgressBy(IEnumerable<StatusPoint> points, string place, string text) => ProgressSince(StatusPoints.Since(Status, points, UpdatedAt), place, text);

    /// <summary>Where it stands, when its last turn is known.</summary>
    protected ParcelProgress ProgressSince((DateTimeOffset Since, string City) turn, string place, string text) =>
        new(Status, Lane, turn.City, place, text, turn.Since, UpdatedAt, PromisedBy);
}
