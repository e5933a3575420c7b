using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.CallCenter.Phones;

/// <summary>An agent's telephone, by the sign-in name of its owner: <c>agent1001</c>.</summary>
[JsonConverter(typeof(TextValueJsonConverter<PhoneUser>))]
internal readonly record struct PhoneUser : ITextValue<PhoneUser>
{
    private const int Longest = 40;
    private readonly string? _text;

    private PhoneUser(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out PhoneUser value)
    {
        var fits = text is { Length: >= 1 and <= Longest } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');
        value = fits ? new PhoneUser(text!) : default;
        return fits;
    }

    /// <summary>The telephone that dialled digits mean: <c>1001</c> is <c>agent1001</c>, as is the whole name.</summary>
    public static bool TryDialled(string dialled, out PhoneUser user) =>
        TryParse(dialled.Length == 4 && dialled.All(char.IsAsciiDigit) ? "agent" + dialled : dialled, null, out user) && user.Text.Any(char.IsAsciiLetter);

    /// <inheritdoc />
    public override string ToString() => Text;
}
