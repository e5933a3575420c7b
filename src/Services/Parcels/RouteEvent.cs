namespace Courier.Services.Parcels;

/// <summary>A checked report of something that happened to a parcel.</summary>
/// <param name="Id">The core's id.</param>
/// <param name="Waybill">The parcel's number.</param>
/// <param name="Code">The code as the core wrote it.</param>
/// <param name="Meaning">What it means to us.</param>
/// <param name="At">When it happened.</param>
/// <param name="City">Where; may be empty.</param>
/// <param name="Place">Outlet, hub or locker; may be empty.</param>
/// <param name="Text">What people read.</param>
/// <param name="Operator">Who did it; may be empty.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="WeightGrams">Weight as measured; null when it was not.</param>
internal sealed record RouteEvent(
    string Id, WaybillNumber Waybill, string Code, CodeMeaning Meaning, DateTimeOffset At, string City, string Place, string Text,
    string Operator, string Reason, long? WeightGrams)
{
    /// <summary>Its place in the batch: breaks ties between events of the same moment.</summary>
    public int Index { get; init; }
}
