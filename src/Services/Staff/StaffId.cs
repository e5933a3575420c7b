using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Staff;

/// <summary>Which member of staff: 32 lower-case hex characters.</summary>
[JsonConverter(typeof(TextValueJsonConverter<StaffId>))]
public readonly record struct StaffId : ITextValue<StaffId>
{
    private readonly string? _text;

    private StaffId(string text) => _text = text;

    /// <summary>The product itself, as the audit trail names it when nobody is signed in.</summary>
    public static StaffId System { get; } = new(new string('0', 32));

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>A new id.</summary>
    public static StaffId New(TimeProvider clock) => new(Ids.New(clock));

    /// <summary>Reads an id that is known to be right, such as one that we stored.</summary>
    /// <exception cref="FormatException">It is no id.</exception>
    public static StaffId Parse(string text) => TryParse(text, null, out var id) ? id : throw new FormatException("not a staff id");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out StaffId value)
    {
        var fits = text is { Length: 32 } && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
        value = fits ? new StaffId(text!) : default;
        return fits;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}
