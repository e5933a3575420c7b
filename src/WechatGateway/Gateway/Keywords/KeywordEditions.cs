using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Editions;
using Courier.WechatGateway.Commands;
using Courier.WechatGateway.Editions;
using Courier.WechatGateway.Tags;

namespace Courier.WechatGateway.Keywords;

/// <summary>What an edition of the keyword table is: what may stand in it. It takes effect by being the live one.</summary>
internal sealed class KeywordEditions(Db db, WechatAccounts accounts, FollowerTags tags, ChatCommands commands, KeywordTable table) : IEditionContent
{
    private const int MostRows = 1000, LongestWord = 100, LongestGuide = 200, LongestReply = 2048;

    public EditionKind Kind => EditionKind.Keywords;

    public bool Knows(string appId) => appId.Length == 0;

    public string Normal(string json) => KeywordsContent.Write(KeywordsContent.Read(json).Rows);

    public async Task<IReadOnlyList<ContentProblem>> Problems(string appId, string content, CancellationToken ct)
    {
        var rows = KeywordsContent.Read(content).Rows;
        var known = await KnownTags(rows, ct).ConfigureAwait(false);
        var groups = await Groups(rows, ct).ConfigureAwait(false);
        var seen = new HashSet<(string, long, string, KeywordMatch, string)>();
        var problems = new List<ContentProblem>(OfTable(rows));
        for (var i = 0; i < rows.Count; i++)
        {
            var (path, row) = (FormattableString.Invariant($"rows/{i}"), rows[i]);
            problems.AddRange(Of(row, known, groups).Select(p => new ContentProblem(path, p.Field, p.Message)));
            if (row.Word.Length > 0 && !seen.Add((row.AppId, row.TagId, row.Group, row.MatchKind, row.Word.ToUpperInvariant()))) problems.Add(new(path, "word", Texts.WordTwice));
        }
        return problems;
    }

    public async Task<IReadOnlyList<string>> Lines(string appId, string content, CancellationToken ct)
    {
        var rows = KeywordsContent.Read(content).Rows;
        var names = (await Names(rows, ct).ConfigureAwait(false)).ToDictionary(t => (t.AppId, t.Tag.TagId), t => t.Tag.Name);
        var groups = await Groups(rows, ct).ConfigureAwait(false);
        return [.. rows.Select(r => Line(r, names.GetValueOrDefault((r.AppId, r.TagId)), groups.GetValueOrDefault(r.Group, r.Group)))];
    }

    public IEnumerable<string> Counted(string content) => KeywordsContent.Read(content).Rows.Select(r => r.Id);

    public bool NeedsTag(string content, string appId, long tagId) => KeywordsContent.Read(content).Rows.Any(r => r.AppId == appId && r.TagId == tagId);

    public Task Deliver(string appId, string content, CancellationToken ct) => Task.CompletedTask;

    public void Forget() => table.Forget();

    private static IEnumerable<ContentProblem> OfTable(IReadOnlyList<Keyword> rows)
    {
        if (rows.Count == 0) yield return new("", "", Texts.NoRows);
        if (rows.Count > MostRows) yield return new("", "", Texts.TooManyRows);
        if (rows.Count > 0 && rows.All(r => r.Guide.Length == 0)) yield return new("", "", Texts.NoGuide, IsWarning: true);
        if (LinesWithoutRoom(rows) is > 0 and var lines) yield return new("", "", Texts.GuideWithoutRoom(lines), IsWarning: true);
    }

    // In the account that has the most.
    private static int LinesWithoutRoom(IReadOnlyList<Keyword> rows) => rows.Select(r => r.AppId).Append("").Distinct(StringComparer.Ordinal)
        .Select(appId => KeywordMatches.Guide(rows.Where(r => r.Enabled && (r.AppId.Length == 0 || r.AppId == appId))))
        .Max(lines => lines.Count - WechatGateway.Texts.GuidanceShows(lines));

    private IEnumerable<(string Field, string Message)> Of(Keyword row, IReadOnlySet<(string, long)> known, IReadOnlyDictionary<string, string> groups)
    {
        if (row.Word.Length == 0) yield return ("word", Texts.WordMissing);
        if (row.Word.Length > LongestWord) yield return ("word", Texts.WordTooLong);
        if (row.MatchKind == KeywordMatch.Number && row.Word.Length > 0 && !row.Word.All(char.IsAsciiDigit)) yield return ("word", Texts.WordNoNumber);
        if (row is { Command: "", Reply: "" }) yield return ("reply", Texts.NothingSaid);
        if (row is { Command.Length: > 0, Reply.Length: > 0 }) yield return ("reply", Texts.BothSaid);
        if (row.Command.Length > 0 && commands.Find(row.Command) is null) yield return ("command", Texts.CommandUnknown);
        if (Encoding.UTF8.GetByteCount(row.Reply) is > LongestReply and var bytes) yield return ("reply", Texts.ReplyTooLong(bytes));
        if (row.Guide.Length > LongestGuide) yield return ("guide", Texts.GuideTooLong);
        if (row.Hours.Length > 0 && (!Keyword.TryHours(row.Hours, out var from, out var to) || from == to)) yield return ("hours", Texts.HoursWrong);
        if (row.ValidUntil <= row.ValidFrom) yield return ("validUntil", Texts.DatesWrong);
        if (row.Group.Length > 0 && !groups.ContainsKey(row.Group)) yield return ("group", Texts.GroupUnknown);
        if (row.AppId.Length > 0 && !accounts.TryFind(row.AppId, out _)) yield return ("appId", Texts.AccountUnknown);
        else if (row.TagId != 0 && !known.Contains((row.AppId, row.TagId))) yield return ("tagId", Texts.TagUnknown);
    }

    private async Task<IReadOnlySet<(string, long)>> KnownTags(IReadOnlyList<Keyword> rows, CancellationToken ct) =>
        (await Names(rows, ct).ConfigureAwait(false)).Select(t => (t.AppId, t.Tag.TagId)).ToHashSet();

    // A question an account, and there are few of those.
    private async Task<IReadOnlyList<(string AppId, FollowerTag Tag)>> Names(IReadOnlyList<Keyword> rows, CancellationToken ct)
    {
        var all = new List<(string, FollowerTag)>();
        foreach (var appId in rows.Where(r => r.TagId != 0).Select(r => r.AppId).Distinct(StringComparer.Ordinal))
            all.AddRange((await tags.All(appId, ct).ConfigureAwait(false)).Select(t => (appId, t)));
        return all;
    }

    // Code and name; a group that was switched off has no members and stays what it is.
    private async Task<IReadOnlyDictionary<string, string>> Groups(IReadOnlyList<Keyword> rows, CancellationToken ct) => rows.All(r => r.Group.Length == 0)
        ? FrozenDictionary<string, string>.Empty
        : (await Segments.All(db, ct).ConfigureAwait(false)).Where(s => s.Kind == SegmentKind.Group).ToDictionary(s => s.Code, s => s.Name, StringComparer.Ordinal);

    private static string Line(Keyword row, string? tag, string group)
    {
        var line = new StringBuilder($"{Texts.MatchOf(row.MatchKind)}｜{row.Word} → {(row.Command.Length > 0 ? $"[{Texts.CommandOf(row.Command)}]" : row.Reply.ReplaceLineEndings(" "))}");
        if (row.AppId.Length > 0) line.Append("｜").Append(row.AppId);
        if (row.TagId != 0) line.Append("｜标签 ").Append(tag ?? row.TagId.ToString(CultureInfo.InvariantCulture));
        if (row.Group.Length > 0) line.Append("｜分组 ").Append(group);
        if (row.Guide.Length > 0) line.Append("｜引导：").Append(row.Guide);
        if (row.Hours.Length > 0) line.Append('｜').Append(row.Hours);
        if (row.ValidFrom is { } from) line.Append("｜从 ").Append(Time(from));
        if (row.ValidUntil is { } until) line.Append("｜到 ").Append(Time(until));
        return row.Enabled ? line.ToString() : line.Append("｜停用").ToString();
    }

    private static string Time(DateTimeOffset at) => ChinaTime.In(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
