using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>A party's number with what is dialled after it has answered. As one text, <c>18400001234-5678</c>, it lies encrypted.</summary>
/// <param name="Phone">The number.</param>
/// <param name="Extension">Digits to dial afterwards; null for none.</param>
internal readonly record struct PartyPhone(Phone Phone, string? Extension)
{
    private const int LongestExtension = 8;

    /// <summary>Both, unmasked: for storing only.</summary>
    public string Text => Extension is null ? Phone.Text : $"{Phone.Text}-{Extension}";

    /// <summary>Reads what was stored.</summary>
    public static PartyPhone Parse(string text) => text.IndexOf('-', StringComparison.Ordinal) is > 0 and var at ? new(Phone.Parse(text[..at]), text[(at + 1)..]) : new(Phone.Parse(text), null);

    /// <summary>Can this be dialled after a number, or is it nothing at all?</summary>
    public static bool IsExtension(string text) => text.Length <= LongestExtension && text.All(char.IsAsciiDigit);
}
