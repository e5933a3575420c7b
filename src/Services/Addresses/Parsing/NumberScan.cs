namespace Courier.Services.Addresses.Parsing;

/// <summary>What a run of digits is.</summary>
internal enum NumberUse
{
    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>Six digits of a post code.</summary>
    Zip,

    /// <summary>Numbers of identity cards and orders: nobody's business here.</summary>
    Noise,
}

/// <summary>A number in the text.</summary>
internal readonly record struct FoundNumber(NumberUse Use, int Start, int End, ParsedPhone? Phone);

/// <summary>Finds telephone numbers in all the ways people write them, and the numbers that are none.</summary>
internal struct NumberScan(PastedText text)
{
    private const int LongestHead = 5, MostExtension = 6;

    private readonly PastedText _text = text;
    private readonly char[] _digits = new char[24];
    private int _count;

    public static List<FoundNumber> Find(PastedText text)
    {
        var found = new List<FoundNumber>(2);
        var scan = new NumberScan(text);
        for (var at = 0; at < text.Length; at++)
        {
            if (!(text.IsDigit(at) && !text.IsDigit(at - 1) || text.Key[at] is '+' or '(' && at + 1 < text.Length)) continue;
            if (scan.At(at) is not { } number) continue;
            found.Add(number);
            at = number.End - 1;
        }
        return found;
    }

    private FoundNumber? At(int at)
    {
        var start = at;
        if (_text.Key[at] == '(') return _text.IsDigit(at + 1) && _text.Key[at + 1] == '0' ? Landline(start, at + 1) : null;
        if (Overseas(at) is { } overseas) return overseas;
        at = AfterCountryCode(at);
        if (!_text.IsDigit(at)) return null;
        return Identity(start, at) ?? Mobile(start, at) ?? Masked(start, at) ?? Landline(start, at) ?? Service(start, at) ?? LongRun(start, at);
    }

    private readonly int RunEnd(int at)
    {
        while (_text.IsDigit(at)) at++;
        return at;
    }

    private int AfterCountryCode(int at)
    {
        var rest = _text.KeyFrom(at);
        var code = rest.StartsWith("+86") ? 3 : rest.StartsWith("0086") ? 4 : rest.StartsWith("(+86)") ? 5 : rest.StartsWith("86") ? 2 : 0;
        if (code == 0) return at;
        var next = at + code;
        while (next < _text.Length && _text.Key[next] is ' ' or '-' or ')') next++;
        if (code > 2) return next;
        // A bare 86 is a country code only before a mobile number.
        return next + 11 <= _text.Length && IsMobileAt(next) ? next : at;
    }

    private bool IsMobileAt(int at) => TakeDigits(at, 11) > 0 && _digits[0] == '1' && _digits[1] >= '3';

    /// <summary>Takes so many digits, which may be grouped by single blanks and hyphens; the position behind them, 0 when they are not there.</summary>
    private int TakeDigits(int at, int wanted)
    {
        _count = 0;
        while (_count < wanted)
        {
            if (_text.IsDigit(at)) _digits[_count++] = _text.Key[at++];
            else if (_count >= 3 && Separates(at)) at += _text.IsDigit(at + 1) ? 1 : 3;
            else return 0;
        }
        return _text.IsDigit(at) ? 0 : at;
    }

    private readonly bool Separates(int at) =>
        at + 1 < _text.Length && _text.Key[at] is ' ' or '-' or '.' or '_' && _text.IsDigit(at + 1)
        || at + 3 < _text.Length && _text.Key[at] == ' ' && _text.Key[at + 1] == '-' && _text.Key[at + 2] == ' ' && _text.IsDigit(at + 3);

    private FoundNumber? Mobile(int start, int at)
    {
        var run = RunLengthOf(at);
        if (run > 11) return Glued(start, at, run);
        // 1-1-1 and 2023 08 15 are no groups of a phone: they come as 3-4-4, 3-8, 7-4, 4-3-4, 3-3-5.
        if (_text.Key[at] != '1' || run < 3) return null;
        var end = TakeDigits(at, 11);
        if (end == 0 || _digits[1] < '3') return null;
        var (extension, behind) = Extension(end);
        var number = new string(_digits, 0, 11);
        return new FoundNumber(NumberUse.Phone, start, behind, new ParsedPhone(number, extension, extension is null ? PhoneKind.Mobile : PhoneKind.Virtual));
    }

    // 三单元30113800001123: the room and the number behind it. Longer heads belong to orders.
    private readonly FoundNumber? Glued(int start, int at, int run)
    {
        var head = run - 11;
        if (head > LongestHead || start == 0 || start != at) return null;
        var tail = _text.KeyOf(at + head, at + run);
        if (!EndsHouse(start - 1) || tail[0] != '1' || tail[1] < '3') return null;
        var (extension, behind) = Extension(at + run);
        return new FoundNumber(NumberUse.Phone, at + head, behind, new ParsedPhone(tail.ToString(), extension, extension is null ? PhoneKind.Mobile : PhoneKind.Virtual));
    }

    // 单元 and 5- and 栋A come before the number of a room; SF before that of a parcel.
    private readonly bool EndsHouse(int at) =>
        PastedText.IsHan(_text.Key[at]) || _text.Key[at] is '-' or '#' or '、' || char.IsAsciiLetter(_text.Key[at]) && at > 0 && (PastedText.IsHan(_text.Key[at - 1]) || _text.Key[at - 1] == '-');

    // "-1234", "转1234", "[1234]", "ext 1234", "#1234"; a room such as "-302室" is none.
    private readonly (string? Digits, int End) Extension(int at)
    {
        var next = at;
        while (next < _text.Length && _text.Key[next] == ' ') next++;
        if (next >= _text.Length) return (null, at);
        var rest = _text.KeyFrom(next);
        var (lead, close) = rest switch
        {
            ['-' or '_' or '#' or '+' or '转', ..] => (1, '\0'),
            ['[', ..] => (1, ']'),
            ['【', ..] => (1, '】'),
            ['(', '转', ..] => (2, ')'),
            ['(', ..] => (1, ')'),
            ['e', 'x', 't', ..] => (3, '\0'),
            ['分', '机', ..] => (2, '\0'),
            [',', '转', ..] or ['-', '转', ..] => (2, '\0'),
            _ => (0, '\0'),
        };
        if (lead == 0 || next > at && rest[0] is '-' or '_' or '+') return (null, at);
        next += lead;
        while (next < _text.Length && _text.Key[next] is ' ' or ':' or '.' or '号' or '机' or '分' or '接') next++;
        var end = RunEnd(next);
        if (end == next || end - next > MostExtension || close == '\0' && end < _text.Length && _text.Key[end] is '号' or '室' or '栋' or '楼' or '幢' or '弄' or '座' or '单' or '房') return (null, at);
        if (close != '\0' && (end >= _text.Length || _text.Key[end] != close || end - next < 3)) return (null, at);
        return (_text.ShownOf(next, end), close == '\0' ? end : end + 1);
    }

    private readonly FoundNumber? Masked(int start, int at)
    {
        var end = RunEnd(at);
        if (end - at is < 1 or > 7 || _text.Key[at] is not ('1' or '0')) return null;
        var stars = end;
        var star = end < _text.Length ? _text.Key[end] : ' ';
        if (star is not ('*' or 'x' or '•' or '●' or '○' or '〇' or '.')) return null;
        while (stars < _text.Length && _text.Key[stars] == star) stars++;
        if (stars - end < (star == '*' ? 3 : 4) || star != '*' && (end - at != 3 || _text.Key[at] != '1')) return null;
        var close = RunEnd(stars);
        if (close - stars > 4) return null;
        var shown = _text.ShownOf(at, end) + new string('*', stars - end) + _text.ShownOf(stars, close);
        var (extension, behind) = close > stars ? Extension(close) : (null, close);
        return new FoundNumber(NumberUse.Phone, start, behind, new ParsedPhone(shown, extension, PhoneKind.Masked));
    }

    // 010 and 02x take eight digits, the other area codes seven or eight; 400 and 800 numbers below.
    private readonly FoundNumber? Landline(int start, int at)
    {
        if (_text.Key[at] != '0' || at + 7 >= _text.Length) return null;
        var area = at + 1 < _text.Length && (_text.Key[at + 1] == '2' || _text.KeyFrom(at).StartsWith("010")) ? 3 : 4;
        if (_text.Key[at + 1] is '0' or '1' && area == 4 || RunLengthOf(at) < area) return null;
        var hyphen = at + area;
        var next = hyphen;
        while (next < _text.Length && _text.Key[next] is ' ' or '-' or ')' && next - hyphen < 3) next++;
        var rest = RunLengthOf(next);
        if (next == hyphen ? RunLengthOf(at) - area is not (7 or 8) : rest is not (7 or 8) && !Grouped(next, out rest)) return null;
        if (area == 3 && rest != 8) return null;
        var number = Gathered(next, rest, out var end);
        var written = _text.ShownOf(at, at + area) + (next == hyphen ? "" : "-") + number;
        var (extension, behind) = Extension(end);
        return new FoundNumber(NumberUse.Phone, start, behind, new ParsedPhone(written, extension, PhoneKind.Landline));
    }

    // "0571 8888 1234" and "021-6222-3333"
    private readonly bool Grouped(int at, out int digits)
    {
        var (first, second) = (RunLengthOf(at), 0);
        var next = at + first;
        if (first is 3 or 4 && next < _text.Length && _text.Key[next] is ' ' or '-') second = RunLengthOf(next + 1);
        digits = first + second;
        return first is 3 or 4 && second == 4;
    }

    private readonly int RunLengthOf(int at) => RunEnd(at) - at;

    private readonly string Gathered(int at, int digits, out int end)
    {
        var number = new System.Text.StringBuilder(digits);
        for (; number.Length < digits; at++)
            if (_text.IsDigit(at)) number.Append(_text.Key[at]);
        end = at;
        return number.ToString();
    }

    private FoundNumber? Service(int start, int at)
    {
        var rest = _text.KeyFrom(at);
        if (rest.StartsWith("400") || rest.StartsWith("800"))
        {
            var end = TakeDigits(at, 10);
            if (end == 0) return null;
            var (extension, behind) = Extension(end);
            return new FoundNumber(NumberUse.Phone, start, behind, new ParsedPhone(_text.ShownOf(at, end).Replace(' ', '-'), extension, PhoneKind.Service));
        }
        if (!rest.StartsWith("950") || RunLengthOf(at) is < 10 or > 18) return null;
        var close = RunEnd(at);
        var (inner, after) = Extension(close);
        return new FoundNumber(NumberUse.Phone, start, after, new ParsedPhone(_text.ShownOf(at, close), inner, PhoneKind.Virtual));
    }

    private FoundNumber? Overseas(int at)
    {
        var rest = _text.KeyFrom(at);
        var code = rest.StartsWith("+852") || rest.StartsWith("+853") || rest.StartsWith("+886") ? 4 : rest.StartsWith("00852") || rest.StartsWith("00853") || rest.StartsWith("00886") ? 5 : 0;
        if (code == 0) return null;
        var next = at + code;
        while (next < _text.Length && _text.Key[next] is ' ' or '-' or ')') next++;
        var wanted = _text.Key[at + code - 1] == '6' && _text.Key[at + code - 2] == '8' ? 9 : 8;
        if (next < _text.Length && _text.Key[next] == '0' && wanted == 9) next++;
        var end = TakeDigits(next, wanted);
        return end == 0 ? null : new FoundNumber(NumberUse.Phone, at, end, new ParsedPhone($"+{_text.KeyOf(at + code - 3, at + code)}{new string(_digits, 0, wanted)}", null, PhoneKind.Overseas));
    }

    /// <summary>
    /// A number as they write it over there, without the country's code, in a text that names a place there: 0912-345-678, 6123 4567. The
    /// first that is called a telephone, else the last.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="numbers">The numbers that were found in it.</param>
    /// <param name="province">71, 81 or 82.</param>
    public static FoundNumber? Local(PastedText text, List<FoundNumber> numbers, ReadOnlySpan<char> province)
    {
        var (country, heads) = province switch { "71" => ("+886", "0"), "81" => ("+852", "235679"), _ => ("+853", "628") };
        var scan = new NumberScan(text);
        FoundNumber? last = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (!text.IsDigit(at) || text.IsDigit(at - 1) || !heads.Contains(text.Key[at], StringComparison.Ordinal) || at > 0 && (text.Key[at - 1] is '-' or '+' || char.IsAsciiLetter(text.Key[at - 1]))) continue;
            if (text.Marks[at] == Mark.Wall && !MayBeLocal(numbers, at) || Labels.Before(text, at) is var field && field is Field.Other or Field.Zip) continue;
            var end = country == "+886" ? scan.TaiwanEnd(at) : scan.EightEnd(at, field is Field.Phone);
            if (end == 0 || text.IsDigit(end) || end < text.Length && text.Key[end] is '-' or '#' or '号' or '室' or '楼' or '栋' or '座' or '房' or '弄') continue;
            var number = country == "+886" ? scan.Gathered(at + 1, 9, out _) : scan.Gathered(at, 8, out _);
            last = new FoundNumber(NumberUse.Phone, at, end, new ParsedPhone(country + number, null, PhoneKind.Overseas));
            if (field is Field.Phone) break;
            at = end - 1;
        }
        return last;
    }

    // What was taken for a number without its area code, or for that of an order.
    private static bool MayBeLocal(List<FoundNumber> numbers, int at) =>
        numbers.Exists(n => n.Start == at && (n.Use == NumberUse.Noise || n.Phone is { Kind: PhoneKind.Landline, Dialled: null }));

    // 61234567 and 6123 4567; with a hyphen it may be two rooms (2301-2308) unless it is called a telephone.
    private readonly int EightEnd(int at, bool labelled)
    {
        var run = RunLengthOf(at);
        if (run == 8) return at + 8;
        return run == 4 && at + 4 < _text.Length && (_text.Key[at + 4] == ' ' || labelled && _text.Key[at + 4] == '-') && RunLengthOf(at + 5) == 4 ? at + 9 : 0;
    }

    // 0912345678, 0912-345678, 0912-345-678 and 0912 345 678.
    private readonly int TaiwanEnd(int at)
    {
        var run = RunLengthOf(at);
        if (run is not (4 or 10) || _text.Key[at + 1] != '9') return 0;
        if (run == 10) return at + 10;
        if (!Parts(at + 4)) return 0;
        if (RunLengthOf(at + 5) == 6) return at + 11;
        return RunLengthOf(at + 5) == 3 && Parts(at + 8) && RunLengthOf(at + 9) == 3 ? at + 12 : 0;
    }

    private readonly bool Parts(int at) => at < _text.Length && _text.Key[at] is ' ' or '-';

    private readonly FoundNumber? Identity(int start, int at)
    {
        var run = RunLengthOf(at);
        var x = run == 17 && at + 17 < _text.Length && _text.Key[at + 17] == 'x';
        if (run != 18 && !x || _text.Key[at + 6] is not ('1' or '2') || _text.Key[at + 7] is not ('9' or '0')) return null;
        return new FoundNumber(NumberUse.Noise, start, at + 18, null);
    }

    // Ten digits and more that are no telephone number are numbers of orders and parcels; six that stand alone are a post code.
    private readonly FoundNumber? LongRun(int start, int at)
    {
        var end = at;
        while (_text.IsDigit(end)) end++;
        var alone = !_text.IsText(start - 1) && !_text.IsText(end);
        if (end - at >= 10) return new FoundNumber(NumberUse.Noise, WordStart(start), end, null);
        return end - at == 6 && alone ? new FoundNumber(NumberUse.Zip, start, end, null) : null;
    }

    // The letters of a parcel's number: SF1234567890123.
    private readonly int WordStart(int at)
    {
        while (at > 0 && char.IsAsciiLetter(_text.Key[at - 1])) at--;
        return at;
    }
}
