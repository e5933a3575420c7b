using Courier.Kernel.Data;

namespace Courier.WechatGateway.Keywords;

/// <summary>A keyword that matched, and what followed it.</summary>
internal sealed record KeywordHit(Keyword Keyword, string Rest);

/// <summary>The keyword table as it is in the database, read again every few seconds: other processes edit it too.</summary>
internal sealed class KeywordTable(Db db, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private const string All =
        """
        select id, app_id as AppId, word, match_kind as MatchKind, command, reply, guide, position,
               valid_from as ValidFrom, valid_until as ValidUntil, hours
        from wechat_keywords
        where enabled = 1
        order by position, id
        """;

    private volatile Snapshot? _snapshot;

    /// <summary>The keywords that match, the surest kind of match first, then the longest word.</summary>
    public async Task<IReadOnlyList<KeywordHit>> Match(string appId, string words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return [.. (await Rows(appId, ct).ConfigureAwait(false))
            .Where(k => k.IsValid(now))
            .Select(k => (Keyword: k, After: k.RestOf(words)))
            .Where(h => h.After is not null)
            .OrderBy(h => h.Keyword.MatchKind).ThenByDescending(h => h.Keyword.AppId.Length).ThenByDescending(h => h.Keyword.Word.Length)
            .Select(h => new KeywordHit(h.Keyword, h.After!))];
    }

    /// <summary>The lines of the guidance in their order.</summary>
    public async Task<IReadOnlyList<string>> Guide(string appId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return [.. (await Rows(appId, ct).ConfigureAwait(false)).Where(k => k.Guide.Length > 0 && k.IsValid(now)).Select(k => k.Guide)];
    }

    private async Task<IEnumerable<Keyword>> Rows(string appId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_snapshot is not { } snapshot || now - snapshot.ReadAt >= Fresh)
            _snapshot = snapshot = new Snapshot(await db.Query<Keyword>(All, ct: ct).ConfigureAwait(false), now);
        return snapshot.Rows.Where(k => k.AppId.Length == 0 || string.Equals(k.AppId, appId, StringComparison.Ordinal));
    }

    private sealed record Snapshot(IReadOnlyList<Keyword> Rows, DateTimeOffset ReadAt);
}
