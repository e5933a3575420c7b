using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Network;

/// <summary>What is printed on a locker: <c>HZL001</c>; 2 to 32 of A–Z, 0–9 and hyphen. Small letters are read as capitals.</summary>
[JsonConverter(typeof(TextValueJsonConverter<LockerCode>))]
public readonly record struct LockerCode : ITextValue<LockerCode>
{
    private const int MinLength = 2, MaxLength = 32;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private readonly string? _text;

    private LockerCode(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Reads a code that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static LockerCode Parse(string text) => TryParse(text, null, out var code) ? code : throw new FormatException("not a locker's code");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out LockerCode value)
    {
        value = default;
        if (text is null || text.Length > 2 * MaxLength) return false;
        var code = text.Trim().ToUpperInvariant();
        if (code.Length is < MinLength or > MaxLength || code.AsSpan().ContainsAnyExcept(Allowed)) return false;
        value = new LockerCode(code);
        return true;
    }

    /// <summary>The code's text.</summary>
    public override string ToString() => Text;
}
