using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>The code that each organisation in China is registered and taxed under (统一社会信用代码, GB 32100-2015): 18 letters and digits, the last a check character.</summary>
[JsonConverter(typeof(TextValueJsonConverter<CreditCode>))]
public readonly record struct CreditCode : ITextValue<CreditCode>
{
    /// <summary>The letters of the standard in the order of their values: without I, O, S, V and Z.</summary>
    private const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private const int Length = 18;

    private readonly string? _text;

    private CreditCode(string text) => _text = text;

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out CreditCode value)
    {
        var upper = text?.Trim().ToUpperInvariant() ?? "";
        var right = upper.Length == Length && upper.All(c => Letters.Contains(c)) && upper[^1] == CheckOf(upper);
        value = right ? new CreditCode(upper) : default;
        return right;
    }

    /// <summary>The code's text.</summary>
    public override string ToString() => Text;

    // Weights are the powers of three modulo 31 (GB 32100-2015, annex A).
    private static char CheckOf(string code)
    {
        var (sum, weight) = (0, 1);
        for (var i = 0; i < Length - 1; i++, weight = weight * 3 % 31) sum += Letters.IndexOf(code[i], StringComparison.Ordinal) * weight;
        return Letters[(31 - sum % 31) % 31];
    }
}
