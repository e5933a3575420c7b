using Courier.Kernel;
using Courier.Services.Calendars;

namespace Courier.Services.Parcels;

/// <summary>Section <c>Parcels</c>.</summary>
public sealed record ParcelsOptions : ICheckedOptions
{
    /// <summary>Our own waybill numbers begin with these 1 to 6 letters A–Z; 13 digits follow, the last of them a Luhn check digit.</summary>
    public string WaybillPrefix { get; init; } = "CY";

    /// <summary>When couriers deliver, every day, China time: no estimate and no time that a recipient asks for falls outside of it.</summary>
    public string DeliveryHours { get; init; } = "08:00-21:00";

    /// <summary>So many days ahead, 1 to 30, a recipient may have a parcel brought.</summary>
    public int OtherTimeDays { get; init; } = 14;

    /// <summary>A place counts as overloaded from so many stuck parcels on.</summary>
    public int OverloadedFrom { get; init; } = 20;

    /// <summary>How many days a shared link lives, 1 to 30, unless its owner says otherwise.</summary>
    public int ShareDays { get; init; } = 7;

    /// <summary>Products whose way does not change once they are under way, separated by commas: no other address, no interception.</summary>
    public string FixedProducts { get; init; } = "";

    /// <summary>A folder for carrier cores that speak no HTTP.</summary>
    public InboxOptions Inbox { get; init; } = new();

    /// <summary>Is it such a product?</summary>
    internal bool IsFixed(string product) => FixedProducts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(product);

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (WaybillPrefix.Length is < 1 or > 6 || !WaybillPrefix.All(char.IsAsciiLetterUpper))
            yield return "WaybillPrefix must be 1 to 6 letters A-Z";
        if (!DailyHours.TryParse(DeliveryHours, out var hours) || hours.IsEmpty) yield return "DeliveryHours must be periods such as 08:00-21:00";
        if (OtherTimeDays is < 1 or > 30) yield return "OtherTimeDays must be 1 to 30";
        if (ShareDays is < 1 or > 30) yield return "ShareDays must be 1 to 30";
        foreach (var problem in Inbox.Problems()) yield return "Inbox:" + problem;
        if (OverloadedFrom < 2) yield return "OverloadedFrom must be 2 at least";
    }
}
