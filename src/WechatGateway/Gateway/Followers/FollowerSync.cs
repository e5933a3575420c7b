using Courier.Kernel.Data;

namespace Courier.WechatGateway.Followers;

/// <summary>How far the synchronisation of an account's followers is.</summary>
internal enum SyncState
{
    /// <summary>It runs; while blocked it waits by itself.</summary>
    Running,

    /// <summary>An operator has stopped it; it goes on where it was.</summary>
    Paused,

    /// <summary>All followers are known.</summary>
    Done,

    /// <summary>WeChat refuses until somebody looks at the account; resuming goes on where it was.</summary>
    Failed,
}

/// <summary>A row of the synchronisation.</summary>
internal sealed record FollowerSync
{
    /// <summary>The columns, for a select.</summary>
    public const string Columns =
        """
        app_id as AppId, run as Run, state as State, cursor_openid as CursorOpenId, listed as Listed, total as Total, seen as Seen, known as Known,
        errors as Errors, problem as Problem, blocked_until as BlockedUntil, started_at as StartedAt, finished_at as FinishedAt
        """;

    public required string AppId { get; init; }
    public required string Run { get; init; }
    public required SyncState State { get; init; }
    public required string CursorOpenId { get; init; }
    public required long Listed { get; init; }
    public required long Total { get; init; }
    public required long Seen { get; init; }
    public required long Known { get; init; }
    public required long Errors { get; init; }
    public required string Problem { get; init; }
    public required DateTimeOffset BlockedUntil { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }

    public bool IsListing => State == SyncState.Running && Listed == 0;

    public static Task<FollowerSync?> Of(ISqlReader db, string appId, CancellationToken ct) =>
        db.First<FollowerSync>($"select {Columns} from wechat_follower_syncs where app_id = @appId", new { appId }, ct);
}
