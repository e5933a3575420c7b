using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Followers;

/// <summary>
/// Learns about followers, a second's worth of calls at a time: the next page of a synchronisation that runs, then the profiles that are
/// wanted (of the pages, of new followers). Everything that counts lies in the database, so it goes on after a crash where it was.
/// </summary>
internal sealed partial class LearnFollowers(
    Db db, WechatAccounts accounts, WechatClient wechat, WechatOptions options, FollowerPages pages, FollowerProfiles profiles, AccountPauses pauses, TimeProvider clock, ILogger<LearnFollowers> log) : IScheduledJob
{
    /// <summary>The job's name.</summary>
    public const string JobName = "wechat.learn_followers";

    private const string Block =
        """
        update wechat_follower_syncs
        set errors = errors + 1, problem = @problem, blocked_until = @until, state = case when @fails = 1 and state = 'running' then 'failed' else state end
        where app_id = @appId
        """;

    private const string Finish =
        """
        update wechat_follower_syncs set state = 'done', finished_at = @now
        where app_id = @appId and run = @run and state = 'running' and listed = 1
          and not exists (select 1 from wechat_follower_profiles p where p.app_id = @appId and p.state = 'wanted' and p.run = @run)
        """;

    public async Task Run(CancellationToken ct)
    {
        foreach (var account in accounts.All.Where(a => a.Kind == AccountKind.OfficialAccount)) await Learn(account, ct).ConfigureAwait(false);
    }

    private async Task Learn(GatewayAccount account, CancellationToken ct)
    {
        for (var calls = 0; calls < options.FollowerSync.CallsPerSecond; calls++)
        {
            var sync = await FollowerSync.Of(db, account.AppId, ct).ConfigureAwait(false);
            if (IsBlocked(account.AppId, sync)) return;
            try
            {
                if (sync is { IsListing: true }) await NextPage(account, sync, ct).ConfigureAwait(false);
                else if (!await NextProfiles(account, sync, ct).ConfigureAwait(false)) return;
            }
            catch (WechatException error)
            {
                await GiveWay(account.AppId, error, ct).ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task NextPage(GatewayAccount account, FollowerSync sync, CancellationToken ct)
    {
        var asked = clock.GetUtcNow();
        var page = await wechat.SendAsync(account.Wechat, new GetFollowers(sync.CursorOpenId.Length == 0 ? null : sync.CursorOpenId), ct).ConfigureAwait(false);
        await pages.Take(sync, page, asked, ct).ConfigureAwait(false);
    }

    private async Task<bool> NextProfiles(GatewayAccount account, FollowerSync? sync, CancellationToken ct)
    {
        var next = await profiles.Next(account.AppId, ct).ConfigureAwait(false);
        // A paused synchronisation asks nothing; whoever follows meanwhile is asked about all the same when it goes on.
        if (next.Count == 0 || sync is { State: SyncState.Paused or SyncState.Failed })
        {
            if (sync is { State: SyncState.Running, Listed: 1 })
                await db.Execute(Finish, new { appId = account.AppId, run = sync.Run, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
            return false;
        }
        await Ask(account, next, ct).ConfigureAwait(false);
        return true;
    }

    // WeChat refuses the whole batch for one name that is none: halves find it.
    private async Task Ask(GatewayAccount account, IReadOnlyList<string> openIds, CancellationToken ct)
    {
        var asked = clock.GetUtcNow();
        try
        {
            await profiles.Keep(account.AppId, openIds, await wechat.SendAsync(account.Wechat, new GetUsers(openIds), ct).ConfigureAwait(false), asked, ct).ConfigureAwait(false);
        }
        catch (WechatException error) when (error.Reaction is ErrorReaction.Drop or ErrorReaction.DropAndMarkUnreachable)
        {
            if (openIds.Count == 1)
            {
                await profiles.Keep(account.AppId, openIds, [], asked, ct).ConfigureAwait(false);
                return;
            }
            await Ask(account, [.. openIds.Take(openIds.Count / 2)], ct).ConfigureAwait(false);
            await Ask(account, [.. openIds.Skip(openIds.Count / 2)], ct).ConfigureAwait(false);
        }
    }

    private bool IsBlocked(string appId, FollowerSync? sync)
    {
        var now = clock.GetUtcNow();
        return sync is null ? pauses.Until(appId) > now : sync.BlockedUntil > now;
    }

    private async Task GiveWay(string appId, WechatException error, CancellationToken ct)
    {
        var until = error.BlockedUntil ?? clock.GetUtcNow() + options.FollowerSync.PauseAfterError;
        var fails = error.Reaction is ErrorReaction.StopAndAlert or ErrorReaction.NeverRetry;
        pauses.Set(appId, until);
        var problem = error.Message.Length > 300 ? error.Message[..300] : error.Message;
        await db.Execute(Block, new { appId, problem, until, fails = fails ? 1 : 0 }, ct).ConfigureAwait(false);
        Waits(log, appId, until, error.Code, error.Reaction);
    }

    [LoggerMessage(LogLevel.Warning, "WeChat tells nothing about followers of {AppId} until {Until}: error {Code} ({Reaction})")]
    private static partial void Waits(ILogger log, string appId, DateTimeOffset until, int? code, ErrorReaction reaction);
}

/// <summary>Pauses of accounts that were never synchronised and so have no row to keep one in; forgetting them at a restart harms nobody.</summary>
internal sealed class AccountPauses
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public DateTimeOffset Until(string appId) => _until.GetValueOrDefault(appId);

    public void Set(string appId, DateTimeOffset until) => _until[appId] = until;
}
