using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Staff;

/// <summary>The name that a member of staff signs in with: 2–32 of a–z, 0–9, dot, hyphen, underscore, the first a letter; upper case is read as lower.</summary>
[JsonConverter(typeof(TextValueJsonConverter<StaffName>))]
public readonly record struct StaffName : ITextValue<StaffName>
{
    private readonly string? _text;

    private StaffName(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Reads a name that is known to be right.</summary>
    /// <exception cref="FormatException">It is no name.</exception>
    public static StaffName Parse(string text) => TryParse(text, null, out var name) ? name : throw new FormatException("not a staff name");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out StaffName value)
    {
        var lower = text?.Trim().ToLowerInvariant();
        var fits = lower is { Length: >= 2 and <= 32 } && char.IsAsciiLetter(lower[0])
            && lower.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
        value = fits ? new StaffName(lower!) : default;
        return fits;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}
