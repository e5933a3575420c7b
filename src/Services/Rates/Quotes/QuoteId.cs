using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>A stored quote: 32 lower-case hex characters (<see cref="Ids"/>), which nobody guesses.</summary>
[JsonConverter(typeof(TextValueJsonConverter<QuoteId>))]
public readonly record struct QuoteId : ITextValue<QuoteId>
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdef");

    private readonly string? _text;

    private QuoteId(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>A new quote's id.</summary>
    public static QuoteId New(TimeProvider clock) => new(Ids.New(clock));

    /// <summary>Reads an id that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static QuoteId Parse(string text) => TryParse(text, null, out var id) ? id : throw new FormatException("not a quote id");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out QuoteId value)
    {
        var right = text is { Length: 32 } && !text.AsSpan().ContainsAnyExcept(Allowed);
        value = right ? new QuoteId(text!) : default;
        return right;
    }

    /// <summary>The id's text.</summary>
    public override string ToString() => Text;
}
