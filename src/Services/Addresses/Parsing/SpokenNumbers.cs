namespace Courier.Services.Addresses.Parsing;

/// <summary>Mobile numbers as they are said and dictated: 一三八〇〇一三八〇〇〇. Whatever else is written so (文三路二百号) stays.</summary>
internal static class SpokenNumbers
{
    private const int Digits = 11;

    // At the place of each its digit; 幺 is how one says 1 in numbers.
    private const string Said = "〇零一幺壹二贰三叁四肆五伍六陆七柒八捌九玖";

    private const string Meant = "001112233445566778899";

    /// <summary>Writes them in digits, each in the place of its character.</summary>
    public static void Write(PastedText text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text.Key[at] is not ('1' or '一' or '幺' or '壹') || at > 0 && Digit(text.Key[at - 1]) != 0 || End(text, at) is not (> 0 and var end)) continue;
            for (; at < end; at++)
                if (Digit(text.Key[at]) is > '\0' and var digit) text.Key[at] = text.Shown[at] = digit;
        }
    }

    // Eleven in all, in groups or not, at least one of them in words; 0 when it is none. 138〇〇〇〇1234 hides its middle.
    private static int End(PastedText text, int at)
    {
        var (count, words, spokenHead, hidden) = (0, false, false, true);
        for (; at < text.Length; at++)
        {
            var digit = Digit(text.Key[at]);
            if (digit == 0 && count is 3 or 7 && text.Key[at] is ' ' or '-' && at + 1 < text.Length && Digit(text.Key[at + 1]) != 0) continue;
            if (digit == 0) break;
            if (++count > Digits || count == 2 && digit < '3') return 0;
            var spoken = digit != text.Key[at];
            words |= spoken;
            if (count <= 3) spokenHead |= spoken;
            else if (count <= 7) hidden &= spoken && digit == '0';
        }
        return count == Digits && words && (spokenHead || !hidden) ? at : 0;
    }

    private static char Digit(char c) => char.IsAsciiDigit(c) ? c : c >= '\u3007' && Said.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Meant[at] : '\0';
}
