using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>A person's id inside one WeChat account: 1 to 128 letters, digits, hyphens and underscores; case matters.</summary>
[JsonConverter(typeof(TextValueJsonConverter<OpenId>))]
public readonly record struct OpenId : ITextValue<OpenId>
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string? _text;

    private OpenId(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Reads an OpenId that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static OpenId Parse(string text) => TryParse(text, null, out var id) ? id : throw new FormatException("not an OpenId");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out OpenId value)
    {
        var right = text is { Length: >= 1 and <= 128 } && !text.AsSpan().ContainsAnyExcept(Allowed);
        value = right ? new OpenId(text!) : default;
        return right;
    }

    /// <summary>The OpenId's text.</summary>
    public override string ToString() => Text;
}
