namespace Courier.Services.Parcels;

/// <summary>Where a parcel stands, and how a report moves it. No I/O.</summary>
internal sealed class Parcel
{
    public required string Id { get; init; }

    public required WaybillNumber Waybill { get; init; }

    public required string Core { get; init; }

    public required ParcelStatus Status { get; set; }

    public required long Version { get; set; }

    /// <summary>Time of the newest event known.</summary>
    public required DateTimeOffset LastEventAt { get; set; }

    /// <summary>What the newest event says.</summary>
    public required string LatestText { get; set; }

    /// <summary>Where the newest event happened.</summary>
    public required string LatestPlace { get; set; }

    /// <summary>
    /// Takes a report. One that is older than what is known already changes nothing. Gives the event when the status changes.
    /// </summary>
    public ParcelStatusChanged? Apply(RouteEvent report)
    {
        if (IsLate(report)) return null;
        LastEventAt = report.At;
        LatestText = report.Text;
        LatestPlace = report.Place;
        if (report.Meaning.StatusFor(Status) is not { } reported || StatusMachine.Of(Status, reported) == Transition.Ignored) return null;
        var from = Status;
        Status = reported;
        Version++;
        return new ParcelStatusChanged(Id, Waybill, from, reported, report.At, report.City, report.Place, Kernel.Masking.PhonesIn(report.Text),
            report.Reason.Length > 0 ? Kernel.Masking.PhonesIn(report.Reason) : null, Version);
    }

    private bool IsLate(RouteEvent report) =>
        report.At < LastEventAt || (report.At == LastEventAt && StatusMachine.Rank(report.Meaning.Status) < StatusMachine.Rank(Status));
}
