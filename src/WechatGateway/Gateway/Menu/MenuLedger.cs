using Courier.Kernel.Data;

namespace Courier.WechatGateway.Menu;

/// <summary>Keeps what became of publishing each menu.</summary>
internal sealed class MenuLedger(Db db, TimeProvider clock)
{
    private const int LongestProblem = 1000;

    private const string Read = "select app_id as AppId, state, problem, published_at as PublishedAt from wechat_menus";

    public Task Published(string appId, CancellationToken ct)
    {
        var sql = "insert into wechat_menus (app_id, state, problem, published_at, tried_at) values (@appId, 'published', '', @now, @now) "
            + db.Dialect.OnConflictUpdate("app_id", "state", "problem", "published_at", "tried_at");
        return db.Execute(sql, new { appId, now = clock.GetUtcNow() }, ct);
    }

    public Task Refused(string appId, string problem, CancellationToken ct)
    {
        var sql = "insert into wechat_menus (app_id, state, problem, tried_at) values (@appId, 'refused', @problem, @now) "
            + db.Dialect.OnConflictUpdate("app_id", "state", "problem", "tried_at");
        return db.Execute(sql, new { appId, problem = problem.Length <= LongestProblem ? problem : problem[..LongestProblem], now = clock.GetUtcNow() }, ct);
    }

    public async Task<IReadOnlyDictionary<string, MenuRow>> All(CancellationToken ct) =>
        (await db.Query<MenuRow>(Read, ct: ct).ConfigureAwait(false)).ToDictionary(r => r.AppId, StringComparer.Ordinal);
}

/// <summary>What became of publishing a menu.</summary>
internal sealed record MenuRow
{
    public required string AppId { get; init; }
    public required MenuState State { get; init; }
    public required string Problem { get; init; }
    public required DateTimeOffset? PublishedAt { get; init; }
}
