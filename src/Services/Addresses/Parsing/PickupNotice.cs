namespace Courier.Services.Addresses.Parsing;

/// <summary>What the message of a locker or station says.</summary>
/// <param name="Code">The code to take the parcel with, as it was written: <c>24-4-3882</c>, <c>Q7-32</c>.</param>
/// <param name="Place">Where the parcel lies; empty when it is not said.</param>
/// <param name="Carrier">Who brought it, by its short name (圆通, 极兔, 顺丰 …); empty when it is not said.</param>
public sealed record PickupNotice(string Code, string Place, string Carrier)
{
    /// <summary>The number of the waybill; empty when the message does not say it, or says only its end.</summary>
    public string Waybill { get; init; } = "";

    /// <summary>Without the code: whoever knows it gets the parcel.</summary>
    public override string ToString() => $"{Carrier} {Place}";
}
