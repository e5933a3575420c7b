using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Courier.Kernel;
using Courier.Services.Calendars;

namespace Courier.Services.Orders;

/// <summary>
/// The number by which people speak of an order: 14 digits, the day it was placed (yyMMdd, China), seven random ones, and a Luhn
/// check digit, so that a wrong digit is noticed at once and nobody finds orders by counting.
/// </summary>
[JsonConverter(typeof(TextValueJsonConverter<OrderNumber>))]
public readonly record struct OrderNumber : ITextValue<OrderNumber>
{
    private const int Length = 14;

    private readonly string? _digits;

    private OrderNumber(string digits) => _digits = digits;

    /// <inheritdoc />
    public string Text => _digits ?? "";

    /// <summary>In groups, as it is shown and read out: <c>2611 2248 3051 72</c>.</summary>
    public string Spoken => Text.Length == Length ? $"{Text[..4]} {Text[4..8]} {Text[8..12]} {Text[12..]}" : Text;

    /// <summary>A new number; the stock of a day is ten million, so one may be taken already.</summary>
    public static OrderNumber New(DateTimeOffset now)
    {
        var digits = ChinaTime.In(now).ToString("yyMMdd", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetInt32(10_000_000).ToString("d7", CultureInfo.InvariantCulture);
        return new(digits + CheckDigits.Luhn(digits));
    }

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out OrderNumber value)
    {
        value = default;
        if (text is null || text.Length > 40) return false;
        var digits = string.Concat(HalfWidth.Of(text).Where(c => c is not (' ' or '-')));
        if (digits.Length != Length || !digits.All(char.IsAsciiDigit) || !CheckDigits.LuhnHolds(digits)) return false;
        value = new(digits);
        return true;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => Text;
}
