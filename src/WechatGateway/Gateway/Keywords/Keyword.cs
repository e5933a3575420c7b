using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Services.Calendars;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Keywords;

/// <summary>How the word of a keyword is compared with what was typed.</summary>
internal enum KeywordMatch
{
    /// <summary>The whole text.</summary>
    Exact,

    /// <summary>A number out of the guidance as people send it (<see cref="SaidNumber"/>); something may follow where the command takes it.</summary>
    Number,

    /// <summary>The text begins with it; the rest is the command's.</summary>
    Prefix,

    /// <summary>It stands anywhere in the text.</summary>
    Contains,
}

/// <summary>A row of the keyword table: a word, and either a fixed reply or a command.</summary>
internal sealed partial record Keyword
{
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

    // 不要转人工 is the opposite of a wish, and so is 不要人工 where the word is 要人工; 我不要机器人，转人工 is one.
    private bool IsWished(string words)
    {
        for (var at = words.IndexOf(Word, StringComparison.OrdinalIgnoreCase); at >= 0; at = words.IndexOf(Word, at + 1, StringComparison.OrdinalIgnoreCase))
            if (!Refusal().IsMatch(words.AsSpan(0, at))) return true;
        return false;
    }

    // Not in 要不要, 是不是, 能不能, nor in a reproach (怎么不转人工, 不给我转人工).
    [GeneratedRegex("(?:(?<!要|是|能|可|会|怎么|为什么|为啥|干嘛|咋)不(?!给|帮)|(?<!特|个|分|区|级)别|勿|莫|甭|无需|无须)(?:要|用|想|需|必|是|再|先|去|找|转|叫|给我|帮我)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Refusal();

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

    // 2 查快递: who repeats the row's own line of the guidance says no more than its number.
    private string? AfterNumber(string words)
    {
        if (SaidNumber.In(words) is not { } said || !said.Is(Word)) return null;
        return said.Rest.Length > 1 && Guide.Contains(said.Rest, StringComparison.Ordinal) ? "" : said.Rest;
    }
}
