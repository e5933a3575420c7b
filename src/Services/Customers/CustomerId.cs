using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>A customer: 32 lower-case hex characters (<see cref="Ids"/>).</summary>
[JsonConverter(typeof(TextValueJsonConverter<CustomerId>))]
public readonly record struct CustomerId : ITextValue<CustomerId>
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdef");

    private readonly string? _text;

    private CustomerId(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>A new customer's id.</summary>
    public static CustomerId New(TimeProvider clock) => new(Ids.New(clock));

    /// <summary>Reads an id that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CustomerId Parse(string text) => TryParse(text, null, out var id) ? id : throw new FormatException("not a customer id");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out CustomerId value)
    {
        var right = text is { Length: 32 } && !text.AsSpan().ContainsAnyExcept(Allowed);
        value = right ? new CustomerId(text!) : default;
        return right;
    }

    /// <summary>The id's text.</summary>
    public override string ToString() => Text;
}
