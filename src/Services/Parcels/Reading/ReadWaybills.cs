using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>Finds waybill numbers in whatever people send: chat text, scans, links, labels copied with everything around.</summary>
public static class ReadWaybills
{
    /// <summary>Numbers asked for at once.</summary>
    public const int Most = 15;

    private const int LongestText = 4000;
    private const int OwnDigits = 13;
    private const int LongestAlone = 64;
    private const int CertainForm = 55, LikelyForm = 30;
    private const int LongestGrouped = 18;

    // What stands around a number when somebody asks for nothing but the parcel; longer words first.
    private static readonly string[] Labels =
    [
        "CODE_128", "CODE_39", "QR_CODE", "EAN_13", "快递单号", "运单编号", "物流单号", "运单号码", "手机尾号", "手机后四位", "查询快递", "查一下快递",
        "快递查询", "查一下", "帮我查", "运单号", "后四位", "后4位", "我的", "快递", "单号", "运单", "物流", "查询", "尾号", "手机", "查件", "包裹", "到哪了", "到哪里了", "请问",
        "你好", "您好", "帮忙", "谢谢", "呢", "吗", "查", "和", "的", "NO",
    ];

    /// <summary>Reads a text. Pure; longer texts are read to their 4000th character.</summary>
    public static WaybillReading In(string text, ParcelsOptions options)
    {
        var chars = Normal(text);
        if (OneOfOurs(chars.AsSpan().Trim(), options.WaybillPrefix) is { } own) return new WaybillReading([own], true, null);
        var left = chars.ToCharArray();
        var found = new List<WaybillCandidate>();
        ReadOwn(chars, left, options.WaybillPrefix, found);
        var tokens = Tokens(new string(left));
        var tail = PhoneTail(tokens, left);
        var others = ReadOthers(tokens, left);
        if (found.Count + others.Count == 0)
            return Whole(chars) is { } whole ? new WaybillReading([Candidate(whole, alone: true)], true, null) : new WaybillReading([], false, null);
        var alone = OnlyLabels(left);
        found.AddRange(others.Select(n => Candidate(n, alone)));
        var ranked = Ranked(found);
        return new WaybillReading(ranked, alone, tail) { LeftOut = found.DistinctBy(c => c.Number).Count() - ranked.Count };
    }

    /// <summary>The number of ours that is all of a text, with the right check digit; null for anything else.</summary>
    public static WaybillNumber? OnlyOurs(string text, ParcelsOptions options) =>
        text.Length <= LongestAlone && OneOfOurs(Normal(text).AsSpan().Trim(), options.WaybillPrefix) is { Own: true } ours ? ours.Number : null;

    /// <summary>What the form of one number says.</summary>
    internal static WaybillCandidate LookAt(WaybillNumber number, ParcelsOptions options)
    {
        var text = number.Text;
        var digits = text.StartsWith(options.WaybillPrefix, StringComparison.Ordinal) ? text[options.WaybillPrefix.Length..] : "";
        return digits.Length is OwnDigits - 1 or OwnDigits or OwnDigits + 1 && digits.All(char.IsAsciiDigit)
            ? OwnCandidate(options.WaybillPrefix, digits)
            : Candidate(number, true);
    }

    // Most people send the number and nothing else.
    private static WaybillCandidate? OneOfOurs(ReadOnlySpan<char> text, string prefix) =>
        text.Length == prefix.Length + OwnDigits && text.StartsWith(prefix, StringComparison.Ordinal) && !text[prefix.Length..].ContainsAnyExceptInRange('0', '9')
            ? OwnCandidate(prefix, text[prefix.Length..].ToString())
            : null;

    private static List<WaybillCandidate> Ranked(List<WaybillCandidate> found) =>
    [
        .. found.DistinctBy(c => c.Number)
            .OrderBy(c => c.Own || (c.CheckDigitWrong && c.Guesses.Count == 0) ? 0 : c.Guesses.Count > 0 ? 1 : 2)
            .Take(Most),
    ];

    private static string Normal(string text) => string.Create(Math.Min(text.Length, LongestText), text, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = char.ToUpperInvariant(LabelText.Plain(from[i]));
    });

    /// <summary>Our own numbers, also written in groups; what is read is blanked out in <paramref name="left"/>.</summary>
    private static void ReadOwn(string text, char[] left, string prefix, List<WaybillCandidate> found)
    {
        for (var start = text.IndexOf(prefix, StringComparison.Ordinal); start >= 0; start = text.IndexOf(prefix, start + 1, StringComparison.Ordinal))
        {
            if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])) continue;
            var (digits, end) = OwnDigitsAt(text, start + prefix.Length);
            if (digits is null) continue;
            found.Add(OwnCandidate(prefix, digits));
            Blank(left, start, end);
        }
    }

    /// <summary>The digits behind our prefix: one row of 12 to 14 (one too few or many is a typing error), or groups that make 13.</summary>
    private static (string? Digits, int End) OwnDigitsAt(string text, int at)
    {
        var digits = "";
        for (var i = Skip(text, at); ;)
        {
            var end = i;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end == i || (end < text.Length && char.IsAsciiLetter(text[end]))) return (null, 0);
            if (digits.Length == 0 && end - i is >= OwnDigits - 1 and <= OwnDigits + 1) return (text[i..end], end);
            digits += text[i..end];
            if (digits.Length == OwnDigits) return (digits, end);
            if (digits.Length > OwnDigits) return (null, 0);
            i = Skip(text, end);
            if (i == end) return (null, 0);
        }
    }

    private static int Skip(string text, int at) => at < text.Length && text[at] is (' ' or '-') ? at + 1 : at;

    private static WaybillCandidate OwnCandidate(string prefix, string digits)
    {
        var right = digits.Length == OwnDigits && CheckDigits.LuhnHolds(digits);
        return new WaybillCandidate(WaybillNumber.Parse(prefix + digits), right, !right, []);
    }

    private static WaybillCandidate Candidate(WaybillNumber number, bool alone) =>
        new(number, false, CheckDigits.IsS10(number.Text) && !CheckDigits.S10Holds(number.Text), Carriers.Guess(number.Text, alone ? 0 : LikelyForm));

    /// <summary>Numbers of any other form; what is read is blanked out in <paramref name="left"/>.</summary>
    private static List<WaybillNumber> ReadOthers(List<Token> tokens, char[] left)
    {
        var found = new List<WaybillNumber>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var (last, joined) = (i, default(WaybillNumber));
            if (Grouped(tokens, i) is { } group) (joined, last) = group;
            else if (!IsPossible(tokens[i].Text) || !WaybillNumber.TryParse(tokens[i].Text, null, out joined)) continue;
            found.Add(joined);
            Blank(left, tokens[i].Start, tokens[last].End);
            i = last;
        }
        return found;
    }

    /// <summary>Groups such as "7312 3456 7890" or "SF 1234 5678 90123" that make a certain form of a carrier together.</summary>
    private static (WaybillNumber Number, int Last)? Grouped(List<Token> tokens, int first)
    {
        if (tokens[first].Text.Length > 5 || !tokens[first].Text.All(char.IsAsciiLetterOrDigit)) return null;
        var joined = tokens[first].Text;
        (WaybillNumber, int)? longest = null;
        for (var i = first + 1; i < tokens.Count && tokens[i].Start == tokens[i - 1].End + 1; i++)
        {
            joined += tokens[i].Text;
            if (joined.Length > LongestGrouped || !tokens[i].Text.All(char.IsAsciiDigit)) break;
            if (!IsPhone(joined) && Carriers.Guess(joined, CertainForm).Count > 0) longest = (WaybillNumber.Parse(joined), i);
        }
        return longest;
    }

    private static bool IsPossible(string token)
    {
        var digits = token.Count(char.IsAsciiDigit);
        return token.Length is >= WaybillNumber.MinLength and <= WaybillNumber.MaxLength && digits >= 5 && !IsPhone(token) && !IsDate(token)
            && (token.Any(char.IsAsciiLetter) || !token.Contains('-', StringComparison.Ordinal));
    }

    private static bool IsPhone(string token) => token.Length > 0 && Phone.TryParse(token, out var phone) && (phone.IsMobile || phone.Text.Length == 10 || token[0] == '0');

    private static bool IsDate(string token) => token.StartsWith("20", StringComparison.Ordinal)
        && DateOnly.TryParseExact(token, ["yyyyMMdd", "yyyy-M-d", "yyyy-MM-dd"], out _);

    /// <summary>A message that is one word and could be a number in whatever form a core registered it.</summary>
    private static WaybillNumber? Whole(string text)
    {
        var word = text.Trim();
        return word.Count(char.IsAsciiDigit) >= 3 && !word.Contains(' ', StringComparison.Ordinal) && !IsPhone(word) && !IsDate(word) && WaybillNumber.TryParse(word, null, out var number) ? number : null;
    }

    private static string? PhoneTail(List<Token> tokens, char[] left)
    {
        var tails = tokens.Where((t, i) => t.Text.Length == 4 && t.Text.All(char.IsAsciiDigit) && !InGroup(tokens, i)).ToList();
        if (tails.Count != 1) return null;
        Blank(left, tails[0].Start, tails[0].End);
        tokens.Remove(tails[0]);
        return tails[0].Text;
    }

    private static bool InGroup(List<Token> tokens, int i) =>
        (i > 0 && tokens[i - 1].End + 1 == tokens[i].Start && tokens[i - 1].Text.Length <= 5)
        || (i + 1 < tokens.Count && tokens[i].End + 1 == tokens[i + 1].Start && tokens[i + 1].Text.Length <= 5);

    private static bool OnlyLabels(char[] left)
    {
        var rest = WithoutLinks(new string(left));
        foreach (var label in Labels) rest = rest.Replace(label, "", StringComparison.Ordinal);
        return !rest.Any(char.IsLetterOrDigit);
    }

    /// <summary>A link that held a number is its wrapping (labels carry codes like this); the blanks that the number left belong to it.</summary>
    private static string WithoutLinks(string text)
    {
        var at = text.IndexOf("HTTP", StringComparison.Ordinal);
        if (at < 0) return text;
        var end = at;
        while (end < text.Length && char.IsAscii(text[end])) end++;
        return WithoutLinks(text.Remove(at, end - at));
    }

    private static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || (text[i] == '-' && i > start))) i++;
            if (i > start) tokens.Add(new Token(text[start..i].TrimEnd('-'), start, i));
        }
        return tokens;
    }

    private static void Blank(char[] text, int from, int to) => Array.Fill(text, ' ', from, to - from);

    private sealed record Token(string Text, int Start, int End);
}
