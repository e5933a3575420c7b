namespace Courier.Services.Addresses.Parsing;

/// <summary>Words between gaps.</summary>
internal sealed class Segment
{
    public required int Start { get; set; }

    public required int End { get; set; }

    /// <summary>What the label before it says.</summary>
    public Field Field { get; init; }

    /// <summary>Does it touch a phone, with nothing but gaps between?</summary>
    public bool BesidePhone { get; init; }

    /// <summary>Comes a telephone number before it?</summary>
    public bool BehindPhone { get; init; }

    /// <summary>Comes a post code directly before it?</summary>
    public bool BehindZip { get; init; }

    /// <summary>Does it begin a line?</summary>
    public bool BeginsLine { get; init; }

    /// <summary>Behind 麻烦寄到, 我家的地址是 and the like; the start when there is none.</summary>
    public int AfterNoise { get; set; }

    /// <summary>How it was taken in the end: true when it went into name or detail or is nothing.</summary>
    public bool Used { get; set; }

    public bool MayHoldPlace => Field is Field.None or Field.Region or Field.Detail;

    public int Length => End - Start;

    /// <summary>Cuts a text into its segments, given its numbers and labels.</summary>
    public static List<Segment> Cut(PastedText text, List<FoundNumber> numbers, List<FoundLabel> labels)
    {
        var segments = new List<Segment>();
        for (var at = 0; at < text.Length;)
        {
            if (text.Marks[at] != Mark.Text)
            {
                at++;
                continue;
            }
            var end = at;
            while (text.IsText(end)) end++;
            Add(text, numbers, labels, segments, at, end);
            at = end;
        }
        return segments;
    }

    private static void Add(PastedText text, List<FoundNumber> numbers, List<FoundLabel> labels, List<Segment> segments, int start, int end)
    {
        while (start < end && text.Key[start] is '-' or '.' or '~' or '_' or ')' or '*' && !(text.Key[start] == '*' && end - start > 1 && PastedText.IsHan(text.Key[start + 1]))) start++;
        while (end > start && text.Key[end - 1] is '-' or '.' or '~' or '_' or '(' or '+') end--;
        if (start < end && NextIsPhone(numbers, text, end)) end -= Labels.PhoneLabelBefore(text, start, end);
        if (start >= end) return;
        var before = Before(text, start);
        var behind = numbers.FindIndex(n => n.End == before);
        segments.Add(new Segment
        {
            Start = start, End = end, AfterNoise = Noise.Behind(text, start, end), Field = FieldOf(text, labels, segments, start),
            BesidePhone = NextIsPhone(numbers, text, end) || behind >= 0 && numbers[behind].Use == NumberUse.Phone,
            BehindPhone = numbers.Exists(n => n.Use == NumberUse.Phone && n.End <= start),
            BehindZip = behind >= 0 && numbers[behind].Use == NumberUse.Zip,
            BeginsLine = text.KeyOf(before, start).IndexOfAny('\n', '\r') >= 0 || before == 0,
        });
    }

    // Behind the last number, label or word before it.
    private static int Before(PastedText text, int start)
    {
        while (start > 0 && text.Marks[start - 1] is Mark.Gap or Mark.Line) start--;
        return start;
    }

    private static bool NextIsPhone(List<FoundNumber> numbers, PastedText text, int end)
    {
        while (end < text.Length && text.Marks[end] is Mark.Gap or Mark.Line || end < text.Length && text.Key[end] is '-' or '(' or ':') end++;
        foreach (var number in numbers)
            if (number.Start == end || number.Use == NumberUse.Phone && number.Start > end && IsPhoneLabel(text, end, number.Start)) return number.Use == NumberUse.Phone;
        return false;
    }

    private static bool IsPhoneLabel(PastedText text, int start, int end)
    {
        if (end - start > 14) return false;
        while (end > start && text.Key[end - 1] is ':' or ' ' or '=' or '+') end--;
        return Labels.Of(text.KeyOf(start, end).TrimEnd("是为")) is Field.Phone;
    }

    // A label of a name holds for its line and one word; a label of a place until the next one or the end of the line.
    private static Field FieldOf(PastedText text, List<FoundLabel> labels, List<Segment> before, int start)
    {
        var label = labels.FindLast(l => l.End <= start);
        if (label.End == 0 || label.Field is Field.None) return Field.None;
        var between = text.KeyOf(label.End, start);
        if (label.Field is Field.Name or Field.Phone or Field.Zip) return between.Trim(" \t\r\n:").IsEmpty ? label.Field == Field.Name ? Field.Name : Field.None : Field.None;
        if (between.TrimStart(" \t\r\n").IndexOfAny('\n', '\r') >= 0) return Field.None;
        if (label.Field == Field.Other) return Field.Other;
        for (var at = label.End; at < start; at++)
            if (text.Marks[at] == Mark.Wall) return Field.None;
        return label.Field;
    }
}
