namespace Courier.WechatGateway.Keywords;

/// <summary>A keyword that matched, and what followed it.</summary>
internal sealed record KeywordHit(Keyword Keyword, string Rest);

/// <summary>Which rows of a table are for a follower, and which of them fit his words.</summary>
internal static class KeywordMatches
{
    /// <summary>The rows that count now for a follower of this account with these tags, who is in these groups.</summary>
    public static IEnumerable<Keyword> For(IEnumerable<Keyword> rows, string appId, IReadOnlySet<long> tags, IReadOnlySet<string> groups, DateTimeOffset now) => rows.Where(k =>
        k.Enabled && (k.AppId.Length == 0 || string.Equals(k.AppId, appId, StringComparison.Ordinal)) && (k.TagId == 0 || tags.Contains(k.TagId))
        && (k.Group.Length == 0 || groups.Contains(k.Group)) && k.IsValid(now));

    /// <summary>The rows that match: the surest kind of match first, then those for a group or tag, for an account, and the longest word.</summary>
    public static IReadOnlyList<KeywordHit> Of(IEnumerable<Keyword> rows, string words) => [.. rows
        .Select(k => (Keyword: k, After: k.RestOf(words)))
        .Where(h => h.After is not null)
        .OrderBy(h => h.Keyword.MatchKind).ThenByDescending(h => Rank(h.Keyword)).ThenByDescending(h => h.Keyword.Word.Length)
        .Select(h => new KeywordHit(h.Keyword, h.After!))];

    /// <summary>The lines of the guidance in their order; where a row for a group, a tag or an account has the same word as one for everybody, its line counts.</summary>
    public static IReadOnlyList<string> Guide(IEnumerable<Keyword> rows) => [.. rows
        .GroupBy(k => (k.MatchKind, k.Word))
        .Select(same => same.MaxBy(Rank)!.Guide)
        .Where(line => line.Length > 0)];

    private static int Rank(Keyword row) => row.Group.Length > 0 ? 3 : row.TagId > 0 ? 2 : row.AppId.Length > 0 ? 1 : 0;
}
