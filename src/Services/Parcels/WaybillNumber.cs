using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>The number on a parcel's label: 6 to 32 of A–Z, 0–9 and hyphen, upper case, with a digit at least. Case, spaces and full-width forms do not matter when it is read.</summary>
[JsonConverter(typeof(TextValueJsonConverter<WaybillNumber>))]
public readonly record struct WaybillNumber : ITextValue<WaybillNumber>
{
    /// <summary>Shortest length in characters.</summary>
    public const int MinLength = 6;

    /// <summary>Greatest length in characters.</summary>
    public const int MaxLength = 32;

    private static readonly SearchValues<char> AsStored = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private readonly string? _text;

    private WaybillNumber(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Reads a number that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static WaybillNumber Parse(string text) => TryParse(text, null, out var number) ? number : throw new FormatException("not a waybill number");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out WaybillNumber value)
    {
        value = default;
        if (text is null || text.Length > 2 * MaxLength || Canonical(text) is not { Length: >= MinLength and <= MaxLength } canonical) return false;
        if (!canonical.AsSpan().ContainsAnyInRange('0', '9') || canonical[0] == '-') return false;
        value = new WaybillNumber(canonical);
        return true;
    }

    /// <summary>The number's text.</summary>
    public override string ToString() => Text;

    private static string? Canonical(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(AsStored)) return text; // as it comes out of the database
        var canonical = new StringBuilder(text.Length);
        foreach (var raw in text)
        {
            var c = LabelText.Plain(raw);
            if (c == ' ') continue;
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return null;
            canonical.Append(char.ToUpperInvariant(c));
        }
        return canonical.ToString();
    }
}

/// <summary>Characters of labels and chats as numbers are printed: half width, one kind of blank, one kind of hyphen.</summary>
internal static class LabelText
{
    public static char Plain(char c) => HalfWidth.Of(c) switch
    {
        '\t' or '\u00A0' => ' ',
        '–' or '—' or '‐' or '‑' => '-',
        var half => half,
    };
}
