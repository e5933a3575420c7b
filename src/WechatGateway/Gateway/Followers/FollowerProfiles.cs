using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Wechat.Client.Calls;

namespace Courier.WechatGateway.Followers;

/// <summary>What user/info tells about followers: UnionId, tags, since when and how they came.</summary>
internal sealed class FollowerProfiles(Db db, TimeProvider clock, IJobAlarm alarm)
{
    private const string Wanted = "select openid from wechat_follower_profiles where app_id = @appId and state = 'wanted' and wanted_at <= @now order by wanted_at limit @most";

    private const string StillWanted = "select openid as OpenId, run as Run from wechat_follower_profiles where app_id = @appId and state = 'wanted' and openid in @asked ";

    private const string Left =
        """
        update wechat_followers set followed = 0, sends_left = 0, window_until = 0, follow_changed_at = @at
        where app_id = @appId and openid in @gone and followed = 1 and follow_changed_at < @at
        """;

    private const string Here = "update wechat_followers set followed = 1, follow_changed_at = @at where app_id = @appId and openid in @here and followed = 0 and follow_changed_at < @at";

    private const string Count = "update wechat_follower_syncs set known = known + @count where app_id = @appId and run = @run";

    private static readonly TimeSpan OverTheSecond = TimeSpan.FromSeconds(2); // WeChat's clock and ours are not quite the same

    private static readonly string[] Columns = ["app_id", "openid", "state", "run", "wanted_at", "unionid", "subscribed_at", "way", "scene"];

    /// <summary>Asks for the profile of somebody who has just followed, or whose profile changed; the job asks WeChat soon.</summary>
    public async Task Want(string appId, OpenId openId, CancellationToken ct)
    {
        await db.InTransaction(tx => Want(tx, appId, [openId.Text], "", clock.GetUtcNow(), ct), ct).ConfigureAwait(false);
        alarm.Wake(LearnFollowers.JobName);
    }

    /// <summary>Asks, once their second is over, about somebody who followed and left within it.</summary>
    public Task Settle(string appId, OpenId openId, CancellationToken ct) =>
        db.InTransaction(tx => Want(tx, appId, [openId.Text], "", clock.GetUtcNow() + OverTheSecond, ct), ct);

    /// <summary>Asks for the profiles of many.</summary>
    public static Task Want(Tx tx, string appId, IEnumerable<string> openIds, string run, DateTimeOffset now, CancellationToken ct) =>
        tx.UpsertRows("wechat_follower_profiles", ["app_id", "openid", "state", "run", "wanted_at"], openIds.Select(o => new object?[] { appId, o, "wanted", run, now }),
            "app_id, openid", ["state", "run", "wanted_at"], ct);

    /// <summary>Whom to ask about next, those who wait longest first.</summary>
    public Task<IReadOnlyList<string>> Next(string appId, CancellationToken ct) => db.Query<string>(Wanted, new { appId, now = clock.GetUtcNow(), most = GetUsers.Most }, ct);

    /// <summary>Keeps what WeChat told. Who was asked about and is not in the answer is nobody.</summary>
    /// <param name="appId">The account.</param>
    /// <param name="asked">Whom WeChat was asked about.</param>
    /// <param name="users">What it told.</param>
    /// <param name="askedAt">When.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Keep(string appId, IReadOnlyList<string> asked, IReadOnlyList<WechatUser> users, DateTimeOffset askedAt, CancellationToken ct)
    {
        // The customers first: if the process dies in between, the profiles are still wanted and it is done again.
        await RecogniseCustomers.Execute(db, clock, [.. users.Where(u => u.IsFollower).Select(u => IdentityOf(appId, u)).OfType<WechatIdentity>()], ct).ConfigureAwait(false);
        var at = new DateTimeOffset(askedAt.Ticks - askedAt.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var told = users.DistinctBy(u => u.OpenId).ToDictionary(u => u.OpenId, StringComparer.Ordinal);
        await db.InTransaction(async tx =>
        {
            // A second process that asked about the same people finds nobody wanted any more.
            var wanted = await tx.Query<WantedRow>($"{StillWanted} {tx.Dialect.ForUpdate}", new { appId, asked }, ct).ConfigureAwait(false);
            if (wanted.Count == 0) return;
            var gone = wanted.Where(w => !told.TryGetValue(w.OpenId, out var user) || !user.IsFollower).Select(w => w.OpenId).ToList();
            await tx.UpsertRows("wechat_follower_profiles", Columns, wanted.Select(w => Row(appId, w, told.GetValueOrDefault(w.OpenId), askedAt)),
                "app_id, openid", ["state", "unionid", "subscribed_at", "way", "scene"], ct).ConfigureAwait(false);
            if (gone.Count > 0) await tx.Execute(Left, new { appId, gone, at }, ct).ConfigureAwait(false);
            if (gone.Count < wanted.Count) await tx.Execute(Here, new { appId, here = wanted.Select(w => w.OpenId).Except(gone), at }, ct).ConfigureAwait(false);
            await KeepTags(tx, appId, [.. wanted.Select(w => w.OpenId)], told, ct).ConfigureAwait(false);
            foreach (var run in wanted.Where(w => w.Run.Length > 0).GroupBy(w => w.Run))
                await tx.Execute(Count, new { appId, run = run.Key, count = run.Count() }, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private static async Task KeepTags(Tx tx, string appId, List<string> openIds, Dictionary<string, WechatUser> told, CancellationToken ct)
    {
        await tx.Execute("delete from wechat_follower_tags where app_id = @appId and openid in @openIds", new { appId, openIds }, ct).ConfigureAwait(false);
        var tags = openIds.SelectMany(o => (told.GetValueOrDefault(o)?.TagidList ?? []).Distinct().Select(t => new object?[] { appId, o, (long)t }));
        await tx.InsertRows("wechat_follower_tags", ["app_id", "openid", "tag_id"], tags, ifAbsent: true, ct).ConfigureAwait(false);
    }

    private static object?[] Row(string appId, WantedRow wanted, WechatUser? user, DateTimeOffset now) => user is { IsFollower: true }
        ? [appId, wanted.OpenId, "known", wanted.Run, now, user.UnionId ?? "", Since(user), Cut(user.SubscribeScene, 60), Cut(SceneOf(user), 200)]
        : [appId, wanted.OpenId, "gone", wanted.Run, now, user?.UnionId ?? "", null, "", ""];

    private static WechatIdentity? IdentityOf(string appId, WechatUser user) =>
        user.UnionId is { Length: > 0 and <= 128 } union && OpenId.TryParse(user.OpenId, null, out var openId) ? new WechatIdentity(appId, openId, union) : null;

    private static DateTimeOffset? Since(WechatUser user) => user.SubscribeTime is { } seconds and > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string SceneOf(WechatUser user) =>
        user.QrSceneStr is { Length: > 0 } text ? text : user.QrScene is { } number and not 0 ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";

    private static string Cut(string? text, int most) => text is null ? "" : text.Length <= most ? text : text[..most];

    private sealed record WantedRow
    {
        public required string OpenId { get; init; }
        public required string Run { get; init; }
    }
}
