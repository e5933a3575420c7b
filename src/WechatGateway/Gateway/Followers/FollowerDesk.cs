using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.WechatGateway.Followers;

/// <summary>The synchronisation of followers on the desk: how far it is; start, pause, go on.</summary>
internal static class FollowerDesk
{
    private static readonly string[] AnswerEvents = ["wechat.followers_sync_started", "wechat.followers_sync_paused", "wechat.followers_sync_resumed"];

    private const string Start =
        """
        update wechat_follower_syncs
        set run = @run, state = 'running', cursor_openid = '', listed = 0, total = 0, seen = 0, known = 0, errors = 0, problem = '', blocked_until = 0,
          started_at = @now, finished_at = null
        where app_id = @appId and state in ('done', 'failed', 'paused')
        """;

    private const string Pause = "update wechat_follower_syncs set state = 'paused' where app_id = @appId and state = 'running'";

    private const string Resume = "update wechat_follower_syncs set state = 'running', problem = '', blocked_until = 0 where app_id = @appId and state in ('paused', 'failed')";

    public static void MapFollowers(this IEndpointRouteBuilder endpoints)
    {
        var followers = endpoints.MapGroup("/api/desk/v1/wechat/followers").ForStaff("admin", "operator");
        followers.MapGet("", List);
        followers.MapPost("/{appId}/start", (string appId, CurrentStaff me, WechatAccounts accounts, Db db, IJobAlarm alarm, TimeProvider clock, CancellationToken ct) =>
            Change(appId, Start, AnswerEvents[0], true, me, accounts, db, alarm, clock, ct));
        followers.MapPost("/{appId}/pause", (string appId, CurrentStaff me, WechatAccounts accounts, Db db, IJobAlarm alarm, TimeProvider clock, CancellationToken ct) =>
            Change(appId, Pause, AnswerEvents[1], false, me, accounts, db, alarm, clock, ct));
        followers.MapPost("/{appId}/resume", (string appId, CurrentStaff me, WechatAccounts accounts, Db db, IJobAlarm alarm, TimeProvider clock, CancellationToken ct) =>
            Change(appId, Resume, AnswerEvents[2], false, me, accounts, db, alarm, clock, ct));
    }

    private static async Task<Ok<SyncList>> List(WechatAccounts accounts, WechatOptions options, Db db, TimeProvider clock, CancellationToken ct)
    {
        var rows = (await db.Query<FollowerSync>($"select {FollowerSync.Columns} from wechat_follower_syncs", ct: ct).ConfigureAwait(false)).ToDictionary(r => r.AppId, StringComparer.Ordinal);
        return TypedResults.Ok(new SyncList([.. accounts.All.Where(a => a.Kind == AccountKind.OfficialAccount)
            .Select(a => SyncView.Of(a.AppId, rows.GetValueOrDefault(a.AppId), options.FollowerSync, clock.GetUtcNow()))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Change(
        string appId, string sql, string action, bool begins, CurrentStaff me, WechatAccounts accounts, Db db, IJobAlarm alarm, TimeProvider clock, CancellationToken ct)
    {
        if (!accounts.TryFind(appId, out var account) || account.Kind != AccountKind.OfficialAccount) return Problems.NotFound();
        var args = new { appId, run = Ids.New(clock), now = clock.GetUtcNow() };
        var changed = await db.InTransaction(async tx =>
        {
            var rows = begins ? await tx.InsertRows("wechat_follower_syncs", ["app_id", "run", "state", "started_at"], [[appId, args.run, "running", args.now]], ifAbsent: true, ct).ConfigureAwait(false) : 0;
            if (rows == 0) rows = await tx.Execute(sql, args, ct).ConfigureAwait(false);
            if (rows == 1) await Audit.Record(tx, clock, StaffId.Parse(me.Id), action, "wechat_account:" + appId, null, ct).ConfigureAwait(false);
            return rows == 1;
        }, ct).ConfigureAwait(false);
        if (!changed) return Problems.Conflict("followers.not_now", Texts.SyncNotNow);
        alarm.Wake(LearnFollowers.JobName);
        return TypedResults.NoContent();
    }
}

/// <summary>All official accounts.</summary>
internal sealed record SyncList(IReadOnlyList<SyncView> Items);

/// <summary>How far the synchronisation of an account is.</summary>
/// <param name="AppId">The account.</param>
/// <param name="State"><c>never</c>, <c>running</c>, <c>paused</c>, <c>done</c>, <c>failed</c>.</param>
/// <param name="Total">Followers as WeChat counts them.</param>
/// <param name="Seen">Followers that were listed.</param>
/// <param name="Known">Followers whose profile is known.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it was done.</param>
/// <param name="SecondsLeft">About how long it still takes; null when it does not run.</param>
/// <param name="BlockedUntil">Until when WeChat refuses; null when it does not.</param>
/// <param name="Errors">How often WeChat refused.</param>
/// <param name="Problem">The last refusal.</param>
internal sealed record SyncView(
    string AppId, string State, long Total, long Seen, long Known, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, long? SecondsLeft,
    DateTimeOffset? BlockedUntil, long Errors, string? Problem)
{
    private const int PageSize = 10_000, BatchSize = 100;

    public static SyncView Of(string appId, FollowerSync? sync, FollowerSyncOptions options, DateTimeOffset now) => sync is null
        ? new SyncView(appId, "never", 0, 0, 0, null, null, null, null, 0, null)
        : new SyncView(appId, EnumText<SyncState>.Of(sync.State), sync.Total, sync.Seen, sync.Known, sync.StartedAt, sync.FinishedAt, Left(sync, options, now),
            sync.BlockedUntil > now ? sync.BlockedUntil : null, sync.Errors, sync.Problem.Length > 0 ? sync.Problem : null);

    private static long? Left(FollowerSync sync, FollowerSyncOptions options, DateTimeOffset now)
    {
        if (sync.State != SyncState.Running) return null;
        var pages = Math.Max(0, sync.Total - sync.Seen + PageSize - 1) / PageSize;
        var batches = Math.Max(0, Math.Max(sync.Total, sync.Seen) - sync.Known + BatchSize - 1) / BatchSize;
        var blocked = sync.BlockedUntil > now ? (long)(sync.BlockedUntil - now).TotalSeconds : 0;
        return blocked + (pages + batches + options.CallsPerSecond - 1) / options.CallsPerSecond;
    }
}
