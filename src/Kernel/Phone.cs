using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;

namespace Courier.Kernel;

/// <summary>
/// A telephone number in China: a mobile number (11 digits, 1[3-9]…), a landline with its area code, or a 400/800 number.
/// <see cref="ToString"/> masks it; <see cref="Text"/> shows it and is for storing (encrypted) and dialling only.
/// </summary>
[JsonConverter(typeof(TextValueJsonConverter<Phone>))]
public readonly record struct Phone : ITextValue<Phone>
{
    private readonly string? _digits;

    private Phone(string digits) => _digits = digits;

    /// <summary>All digits, unmasked.</summary>
    public string Text => _digits ?? "";

    /// <summary>The last four digits, which identify a party without revealing the number.</summary>
    public string Tail => Text.Length >= 4 ? Text[^4..] : Text;

    /// <summary>Can it receive an SMS?</summary>
    public bool IsMobile => Text.Length == 11 && Text[0] == '1';

    /// <summary>Reads a number; accepts full-width digits, spaces, hyphens, brackets, and the country code +86, 0086 or 86.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Phone phone) => TryParse(text, null, out phone);

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Phone value)
    {
        value = default;
        if (text is null || text.Length > 40 || Digits(text) is not { } digits) return false;
        digits = WithoutCountryCode(digits);
        if (!IsMobileNumber(digits) && !IsLandline(digits) && !IsServiceNumber(digits)) return false;
        value = new Phone(digits);
        return true;
    }

    /// <summary>Reads a number that is known to be right, such as one that we stored.</summary>
    /// <exception cref="FormatException">It is no telephone number.</exception>
    public static Phone Parse(string text) => TryParse(text, out var phone) ? phone : throw new FormatException("not a telephone number");

    /// <summary>Masked: <c>138****1234</c>.</summary>
    public override string ToString() => Text.Length switch
    {
        0 => "",
        <= 7 => new string('*', Text.Length - 2) + Text[^2..],
        _ => string.Concat(Text.AsSpan(0, 3), "****", Text.AsSpan(Text.Length - 4)),
    };

    private static string? Digits(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) digits.Append(c);
            else if (c is >= '０' and <= '９') digits.Append((char)(c - '０' + '0'));
            else if (!(c is ' ' or '-' or '(' or ')' or '+' or '　' or '（' or '）' or '－')) return null;
        }
        return digits.ToString();
    }

    private static string WithoutCountryCode(string digits) =>
        digits.StartsWith("0086", StringComparison.Ordinal) ? digits[4..]
        : digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..]
        : digits;

    private static bool IsMobileNumber(string d) => d.Length == 11 && d[0] == '1' && d[1] is >= '3' and <= '9';

    // Area codes: 010 and 02x take 8 digits, the others (0[3-9]xx) 7 or 8.
    private static bool IsLandline(string d) =>
        d.StartsWith("010", StringComparison.Ordinal) || d.StartsWith("02", StringComparison.Ordinal)
            ? d.Length == 11
            : d.Length is 11 or 12 && d[0] == '0' && d[1] is >= '3' and <= '9';

    private static bool IsServiceNumber(string d) =>
        d.Length == 10 && (d.StartsWith("400", StringComparison.Ordinal) || d.StartsWith("800", StringComparison.Ordinal));
}
