namespace Courier.Services.Addresses.Parsing;

/// <summary>Lines that a messenger writes above each message when several are copied: 小雨 2026/11/20 14:22:31.</summary>
internal static class ChatHeads
{
    private const int LongestNick = 16;

    /// <summary>
    /// Makes them walls. Of one head alone only the time: who is named before it may be the recipient; where there are several, it is whoever writes.
    /// </summary>
    public static void Wall(PastedText text)
    {
        if (text.KeyFrom(0).IndexOfAny('\n', '\r') < 0) return;
        List<(int Start, int Time, int End)>? heads = null;
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = start;
            while (end < text.Length && text.Key[end] is not ('\n' or '\r')) end++;
            if (TimeIn(text, start, end) is { } time) (heads ??= new(2)).Add((start, time, end));
        }
        foreach (var (start, time, end) in heads ?? []) text.Set(heads!.Count > 1 ? start : time, end, Mark.Wall);
    }

    // Where date and time begin that end this line; null when they do not, or when more than a nick stands before them.
    private static int? TimeIn(PastedText text, int start, int end)
    {
        while (end > start && text.Key[end - 1] == ' ') end--;
        if (end - start < 11 || !text.IsDigit(end - 1)) return null;
        var (at, colons, dashes) = (end, 0, 0);
        while (at > start && (text.IsDigit(at - 1) || text.Key[at - 1] is ':' or '/' or '-' or '.' or ' ' or '年' or '月' or '日' or '上' or '下' or '午'))
        {
            at--;
            if (text.Key[at] == ':' && text.IsDigit(at - 1) && text.IsDigit(at + 1) && text.IsDigit(at + 2)) colons++; // 14:22; 电话:138 is a label
            if (text.Key[at] is '/' or '-' or '.' or '年' or '月') dashes++;
        }
        if (colons is not (1 or 2) || dashes is not (1 or 2) || at - start > LongestNick) return null;
        while (at < end && !text.IsDigit(at)) at++;
        return text.KeyOf(start, at).IndexOfAnyInRange('0', '9') < 0 ? at : null;
    }
}
