namespace Courier.Services.Parcels;

/// <summary>Where a parcel stands, and how a report moves it. No I/O.</summary>
internal sealed class Parcel
{
    public required string Id { get; init; }

    public required WaybillNumber Waybill { get; init; }

    public required string Core { get; init; }

    /// <summary>Until when delivery was promised; null when it was not.</summary>
    public required DateTimeOffset? PromisedBy { get; init; }

    public required ParcelStatus Status { get; set; }

    public required long Version { get; set; }

    /// <summary>Time of the newest event known.</summary>
    public required DateTimeOffset LastEventAt { get; set; }

    /// <summary>What the newest event says.</summary>
    public required string LatestText { get; set; }

    /// <summary>Where the newest event happened; for a parcel in a locker or station, where it waits.</summary>
    public required string LatestPlace { get; set; }

    /// <summary>
    /// Takes a report. One that is older than what is known already changes nothing. Gives the event when the status changes.
    /// </summary>
    public ParcelStatusChanged? Apply(RouteEvent report)
    {
        if (IsLate(report)) return null;
        LastEventAt = report.At;
        LatestText = report.Text;
        var next = report.Meaning.StatusFor(Status) is { } status && StatusMachine.Of(Status, status) == Transition.Allowed ? status : (ParcelStatus?)null;
        if (next is not null || TellsThePlace(report)) LatestPlace = report.Place;
        if (next is not { } reported) return null;
        var from = Status;
        Status = reported;
        Version++;
        return new ParcelStatusChanged(Id, Waybill, from, reported, report.At, report.City, report.Place, Kernel.Masking.PhonesIn(report.Text),
            report.Reason.Length > 0 ? Kernel.Masking.PhonesIn(report.Reason) : null, Version);
    }

    // A parcel that waits does so where it was put, whatever else is told about it (reminders, updates) until it moves on.
    private bool TellsThePlace(RouteEvent report) =>
        Status is not (ParcelStatus.InLocker or ParcelStatus.InStation) || (report.Meaning.Status == Status && report.Place.Length > 0);

    private bool IsLate(RouteEvent report) =>
        report.At < LastEventAt || (report.At == LastEventAt && StatusMachine.Rank(report.Meaning.Status) < StatusMachine.Rank(Status));
}
