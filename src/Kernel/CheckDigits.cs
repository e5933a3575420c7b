namespace Courier.Kernel;

/// <summary>Check digits of numbers that people read and type.</summary>
public static class CheckDigits
{
    private static ReadOnlySpan<byte> S10Weights => [8, 6, 4, 2, 3, 5, 9, 7];

    /// <summary>The digit that makes a row of digits right by Luhn's rule (ISO/IEC 7812-1 annex B).</summary>
    /// <param name="digits">Digits without their check digit.</param>
    public static char Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
            sum += digit;
        }
        return (char)('0' + (10 - sum % 10) % 10);
    }

    /// <summary>Is the last digit the Luhn digit of those before it?</summary>
    public static bool LuhnHolds(ReadOnlySpan<char> digits) => digits.Length > 1 && Luhn(digits[..^1]) == digits[^1];

    /// <summary>Has a number the form of UPU S10: two letters, nine digits, two letters?</summary>
    public static bool IsS10(ReadOnlySpan<char> number)
    {
        if (number.Length != 13) return false;
        for (var i = 0; i < 13; i++)
        {
            if (i is < 2 or > 10 ? !char.IsAsciiLetterUpper(number[i]) : !char.IsAsciiDigit(number[i])) return false;
        }
        return true;
    }

    /// <summary>Does the ninth digit of an S10 number fit (weights 8 6 4 2 3 5 9 7, 11 minus the sum modulo 11, 10 → 0, 11 → 5)?</summary>
    public static bool S10Holds(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += (number[2 + i] - '0') * S10Weights[i];
        var check = 11 - sum % 11;
        return number[10] - '0' == (check switch { 10 => 0, 11 => 5, _ => check });
    }
}
