using System.Text.RegularExpressions;
using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>The code to take a parcel with, as the keeper's text tells it. Pure.</summary>
public static partial class PickupCode
{
    /// <summary>The code; null when the text tells none.</summary>
    public static string? In(string text) => Pattern().Match(HalfWidth.Of(text)) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("取件码(?:为|是)?[: ]*([0-9A-Za-z][0-9A-Za-z-]{1,11})(?![0-9A-Za-z-])")]
    private static partial Regex Pattern();
}
