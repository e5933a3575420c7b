using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>Section <c>Parcels</c>.</summary>
public sealed record ParcelsOptions : ICheckedOptions
{
    /// <summary>Our own waybill numbers begin with these 1 to 6 letters A–Z; 13 digits follow, the last of them a Luhn check digit.</summary>
    public string WaybillPrefix { get; init; } = "CY";

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (WaybillPrefix.Length is < 1 or > 6 || !WaybillPrefix.All(char.IsAsciiLetterUpper))
            yield return "WaybillPrefix must be 1 to 6 letters A-Z";
    }
}
