using Courier.Kernel.Events;

namespace Courier.Services.Parcels;

/// <summary>A parcel will probably break its promise; its followers (<see cref="LateWarnings.ToldOf"/>) are to hear of it before they ask.</summary>
/// <param name="ParcelId">The parcel's id.</param>
/// <param name="Waybill">Its number.</param>
/// <param name="PromisedBy">The promise; not over yet.</param>
/// <param name="Expected">When it will probably arrive, in words with dates, as it may be read later; empty when that is not known.</param>
/// <param name="Why">Why, in words; empty when it only is slow.</param>
/// <param name="ParcelVersion">The parcel's version: a newer state makes the warning worthless.</param>
/// <param name="Round">1 for the first warning; more when it got worse.</param>
[EventName("parcel.late_expected.v1")]
public sealed record ParcelLateExpected(
    string ParcelId, WaybillNumber Waybill, DateTimeOffset PromisedBy, string Expected, string Why, long ParcelVersion, long Round) : IEvent
{
    /// <summary>When it was found out: who is to be told now has this moment in <see cref="ToldFollower.WarnedAt"/>. Null means all of them.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <inheritdoc />
    public string Aggregate => "parcel_late:" + ParcelId;

    /// <inheritdoc />
    public long Version => 2 * Round - 1;

    /// <summary>Is it this warning that a customer is to be told of? Who heard of it otherwise is not told again.</summary>
    public bool IsFor(ToldFollower told) => FoundAt is not { } at || told.WarnedAt.ToUnixTimeMilliseconds() == at.ToUnixTimeMilliseconds();
}

/// <summary>A parcel that was expected to be late is in time again, or has arrived: what was not sent yet need not be sent.</summary>
/// <param name="ParcelId">The parcel's id.</param>
/// <param name="Round">The last warning's round.</param>
[EventName("parcel.late_recovered.v1")]
public sealed record ParcelLateRecovered(string ParcelId, long Round) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "parcel_late:" + ParcelId;

    /// <inheritdoc />
    public long Version => 2 * Round;
}
