using System.Collections.Frozen;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.WechatGateway.Editions;
using Courier.WechatGateway.Replies;
using Courier.WechatGateway.Tags;

namespace Courier.WechatGateway.Keywords;

/// <summary>
/// The live edition of the keyword table. Once a second it is asked whether another has taken its place, by whichever process; while
/// the database is away, the last known one goes on answering.
/// </summary>
internal sealed class KeywordTable(Db db, TimeProvider clock, FollowerTags tags)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private const string Live = "select live_edition from wechat_contents where kind = 'keywords' and app_id = ''";

    private volatile Snapshot? _snapshot;

    /// <summary>The keywords that match what somebody typed or tapped, the surest first.</summary>
    public async ValueTask<IReadOnlyList<KeywordHit>> Match(Ask ask, string words, CancellationToken ct)
    {
        var candidates = (await Current(ct).ConfigureAwait(false)).Candidates(words);
        return candidates.Count == 0 ? [] : KeywordMatches.Of(await For(ask, candidates, ct).ConfigureAwait(false), words);
    }

    /// <summary>The lines of the guidance in their order.</summary>
    public async Task<IReadOnlyList<string>> Guide(Ask ask, CancellationToken ct) =>
        KeywordMatches.Guide(await For(ask, await Rows(ct).ConfigureAwait(false), ct).ConfigureAwait(false));

    /// <summary>Is there a row for these words, for everybody or for some?</summary>
    public async Task<bool> Knows(string appId, string words, CancellationToken ct)
    {
        var rows = await Rows(ct).ConfigureAwait(false);
        var (everyTag, everyGroup) = (rows.Select(r => r.TagId).ToHashSet(), rows.Select(r => r.Group).ToHashSet(StringComparer.Ordinal));
        return KeywordMatches.Of(KeywordMatches.For(rows, appId, everyTag, everyGroup, clock.GetUtcNow()), Ask.Plain(words)).Count > 0;
    }

    /// <summary>The rows of the live edition.</summary>
    public async Task<IReadOnlyList<Keyword>> Rows(CancellationToken ct) => (await Current(ct).ConfigureAwait(false)).Rows;

    /// <summary>The next one who asks reads it anew.</summary>
    public void Forget() => _snapshot = null;

    private ValueTask<KeywordIndex> Current(CancellationToken ct) =>
        _snapshot is { } known && clock.GetUtcNow() - known.AskedAt < Fresh ? new(known.Index) : new(Look(ct));

    private async Task<KeywordIndex> Look(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = _snapshot;
        try
        {
            return (_snapshot = await Read(known, now, ct).ConfigureAwait(false)).Index;
        }
        catch (Exception e) when (known is not null && db.IsAway(e))
        {
            return known.Index; // readiness and the database's own log tell of it
        }
    }

    private async Task<IEnumerable<Keyword>> For(Ask ask, IReadOnlyList<Keyword> rows, CancellationToken ct)
    {
        var appId = ask.Account.AppId;
        var mine = rows.Any(r => r.TagId > 0 && r.AppId == appId) ? await tags.Of(appId, ask.Inbound.OpenId, ct).ConfigureAwait(false) : FrozenSet<long>.Empty;
        var groups = rows.Any(r => r.Group.Length > 0) ? (await CustomerGroups.Of(db, ask.Customer, ct).ConfigureAwait(false)).ToFrozenSet(StringComparer.Ordinal) : FrozenSet<string>.Empty;
        return KeywordMatches.For(rows, appId, mine, groups, clock.GetUtcNow());
    }

    private async Task<Snapshot> Read(Snapshot? known, DateTimeOffset now, CancellationToken ct)
    {
        var live = await db.First<string>(Live, ct: ct).ConfigureAwait(false);
        if (known is not null && known.Edition == live) return known with { AskedAt = now };
        var edition = await EditionStore.Load(db, live, ct).ConfigureAwait(false);
        return new Snapshot(live, new KeywordIndex(edition is null ? [] : KeywordsContent.Read(edition.Content).Rows), now);
    }

    private sealed record Snapshot(string? Edition, KeywordIndex Index, DateTimeOffset AskedAt);
}
