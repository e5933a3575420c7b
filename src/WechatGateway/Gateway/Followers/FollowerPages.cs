using Courier.Kernel.Data;
using Courier.Wechat.Client.Calls;

namespace Courier.WechatGateway.Followers;

/// <summary>
/// Takes a page of user/get over, a thousand at a time. The cursor moves in the same transaction and only when it stands where the page
/// began: after a crash, or beside a second process, each follower is still taken once.
/// </summary>
internal sealed class FollowerPages(Db db, TimeProvider clock)
{
    private const int Portion = 1000, Few = 500;

    private const string Advance =
        """
        update wechat_follower_syncs
        set cursor_openid = @next, listed = @listed, total = @total, seen = seen + @count, problem = ''
        where app_id = @AppId and run = @Run and state = 'running' and listed = 0 and cursor_openid = @CursorOpenId
        """;

    // Only who left before the page was asked for: an event that came since knows better.
    private const string Returned =
        "update wechat_followers set followed = 1, follow_changed_at = @asked where app_id = @app and openid in @few and followed = 0 and follow_changed_at < @asked";

    /// <summary>Takes the page over; false when somebody else has moved on meanwhile.</summary>
    /// <param name="sync">The synchronisation as it was when the page was asked for.</param>
    /// <param name="page">The page.</param>
    /// <param name="asked">When it was asked for.</param>
    /// <param name="ct">Ends it between two portions.</param>
    public async Task<bool> Take(FollowerSync sync, FollowerPage page, DateTimeOffset asked, CancellationToken ct)
    {
        var at = new DateTimeOffset(asked.Ticks - asked.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero); // events count in whole seconds
        var portions = page.OpenIds.Chunk(Portion).ToList();
        if (portions.Count == 0) portions.Add([]);
        for (var i = 0; i < portions.Count; i++)
        {
            var isLast = i == portions.Count - 1;
            var next = isLast ? page.NextOpenId ?? "" : portions[i][^1];
            var listed = isLast && page.NextOpenId is null;
            if (!await TakePortion(sync, portions[i], next, listed, page.Total ?? sync.Total, at, ct).ConfigureAwait(false)) return false;
            sync = sync with { CursorOpenId = next };
        }
        return true;
    }

    private Task<bool> TakePortion(FollowerSync sync, string[] openIds, string next, bool listed, long total, DateTimeOffset asked, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            if (await tx.Execute(Advance, new { sync.AppId, sync.Run, sync.CursorOpenId, next, listed = listed ? 1 : 0, total, count = openIds.Length }, ct).ConfigureAwait(false) == 0)
                return false;
            var app = sync.AppId;
            await tx.InsertRows("wechat_followers", ["app_id", "openid", "followed", "follow_changed_at"], openIds.Select(o => new object?[] { app, o, 1, asked }), ifAbsent: true, ct)
                .ConfigureAwait(false);
            foreach (var few in openIds.Chunk(Few)) await tx.Execute(Returned, new { app, few, asked }, ct).ConfigureAwait(false);
            await FollowerProfiles.Want(tx, app, openIds, sync.Run, clock.GetUtcNow(), ct).ConfigureAwait(false);
            return true;
        }, ct);
}
