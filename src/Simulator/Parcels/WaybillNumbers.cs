using System.Globalization;

namespace Courier.Simulator.Parcels;

/// <summary>Our own waybill numbers: prefix, day (yyMMdd), six digits that do not count up visibly, and a Luhn check digit over all twelve.</summary>
internal static class WaybillNumbers
{
    public static string Make(string prefix, DateTimeOffset day, int sequence, int seed)
    {
        // 7919 and 1,000,000 have no common divisor, so a million numbers a day are all different.
        var scattered = (sequence * 7919L + Math.Abs((long)seed)) % 1_000_000;
        var body = day.ToOffset(TimeSpan.FromHours(8)).ToString("yyMMdd", CultureInfo.InvariantCulture) + scattered.ToString("000000", CultureInfo.InvariantCulture);
        return prefix + body + CheckDigit(body);
    }

    /// <summary>The Luhn digit (ISO/IEC 7812-1 Annex B) that makes the whole number divisible.</summary>
    public static int CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        return (10 - sum % 10) % 10;
    }
}
