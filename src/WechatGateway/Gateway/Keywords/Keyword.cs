using System.Globalization;
using Courier.Services.Calendars;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Keywords;

/// <summary>How the word of a keyword is compared with what was typed.</summary>
internal enum KeywordMatch
{
    /// <summary>The whole text.</summary>
    Exact,

    /// <summary>A number out of the guidance: <c>1</c>, <c>回复1</c>, <c>1.</c>; something may follow where the command takes it.</summary>
    Number,

    /// <summary>The text begins with it; the rest is the command's.</summary>
    Prefix,

    /// <summary>It stands anywhere in the text.</summary>
    Contains,
}

/// <summary>A row of the keyword table: a word, and either a fixed reply or a command.</summary>
internal sealed record Keyword
{
    private static readonly string[] Refusals = ["不要", "不用", "不想", "不需要", "别", "别给我", "不要给我"];

    /// <summary>Its own for as long as it lives, over all editions: what its uses are counted by.</summary>
    public required string Id { get; init; }

    /// <summary>The account that it is for; empty for all.</summary>
    public string AppId { get; init; } = "";

    /// <summary>Only for followers of that account who have this tag; 0 for everybody.</summary>
    public long TagId { get; init; }

    /// <summary>Only for customers in this group (<see cref="Services.Customers.CustomerGroups"/>), in whatever account; empty for everybody.</summary>
    public string Group { get; init; } = "";

    public required string Word { get; init; }

    public required KeywordMatch MatchKind { get; init; }

    /// <summary>Name of the command; empty when there is a fixed reply.</summary>
    public string Command { get; init; } = "";

    /// <summary>Fixed reply; empty when there is a command.</summary>
    public string Reply { get; init; } = "";

    /// <summary>Its line in the guidance; empty for none.</summary>
    public string Guide { get; init; } = "";

    /// <summary>Whether it counts; a row can rest without being lost.</summary>
    public bool Enabled { get; init; } = true;

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Hours of the day in China, <c>HH:mm-HH:mm</c>, over midnight too; empty for always.</summary>
    public string Hours { get; init; } = "";

    /// <summary>What follows the word in the text; null when the word does not match it.</summary>
    public string? RestOf(string words) => MatchKind switch
    {
        KeywordMatch.Exact => Same(words, Word) || Same(WithoutEnd(words), Word) ? "" : null,
        KeywordMatch.Number => AfterNumber(words),
        KeywordMatch.Prefix => words.StartsWith(Word, StringComparison.OrdinalIgnoreCase) ? words[Word.Length..].TrimStart(' ', ':', ',', '，', '：', '+') : null,
        KeywordMatch.Contains => IsWished(words) ? "" : null,
    };

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    // 不要转人工 is the opposite of a wish.
    private bool IsWished(string words)
    {
        var at = words.IndexOf(Word, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && !Refusals.Any(words[..at].EndsWith);
    }

    /// <summary>Does it hold now?</summary>
    public bool IsValid(DateTimeOffset now) =>
        (ValidFrom is not { } from || from <= now) && (ValidUntil is not { } until || now < until) && IsWithinHours(now);

    private bool IsWithinHours(DateTimeOffset now)
    {
        if (Hours.Length == 0) return true;
        if (!TryHours(Hours, out var from, out var to)) return false;
        var time = TimeOnly.FromTimeSpan(ChinaTime.In(now).TimeOfDay);
        return time.IsBetween(from, to);
    }

    /// <summary>Reads <c>HH:mm-HH:mm</c>.</summary>
    public static bool TryHours(string hours, out TimeOnly from, out TimeOnly to)
    {
        (from, to) = (default, default);
        var bounds = hours.Split('-');
        return bounds.Length == 2 && TryTime(bounds[0], out from) && TryTime(bounds[1], out to);
    }

    private static bool TryTime(string text, out TimeOnly time)
    {
        // 24:00 ends a day; TimeOnly knows only the one that begins it.
        if (text == "24:00") return (time = TimeOnly.MinValue) == TimeOnly.MinValue;
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>What is compared with a whole word: the text without the marks that end a sentence.</summary>
    public static string WithoutEnd(string words) => words.TrimEnd('。', '!', '?', '.', '~');

    /// <summary>What is compared with a number of the guidance: the text without 回复, 选 and the like.</summary>
    public static string WithoutLead(string words)
    {
        foreach (var lead in (ReadOnlySpan<string>)["回复", "选择", "选", "按", "发"])
            if (words.StartsWith(lead, StringComparison.Ordinal)) return words[lead.Length..].TrimStart();
        return words;
    }

    private string? AfterNumber(string words)
    {
        words = WithoutLead(words);
        if (!words.StartsWith(Word, StringComparison.Ordinal)) return null;
        var rest = words[Word.Length..];
        if (rest.Length > 0 && char.IsLetterOrDigit(rest[0]) && char.IsAscii(rest[0])) return null;   // 1 is not 12, and not 1A
        return rest.TrimStart(' ', '.', '、', ',', '，', ':', '：', '。', ')', '）', '+');
    }
}
