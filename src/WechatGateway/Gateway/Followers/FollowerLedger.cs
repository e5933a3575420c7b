using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Followers;

/// <summary>Under which name an account knows a person.</summary>
internal sealed record FollowerName(string AppId, OpenId OpenId);

/// <summary>What may be sent to a follower now.</summary>
internal sealed record FollowerState
{
    public required string AppId { get; init; }
    public required string OpenId { get; init; }
    public required long Followed { get; init; }
    public required DateTimeOffset LastActionAt { get; init; }
    public required DateTimeOffset WindowUntil { get; init; }
    public required long SendsLeft { get; init; }

    public bool CanBeWrittenTo(DateTimeOffset now) => Followed == 1 && WindowUntil > now && SendsLeft > 0;
}

/// <summary>Who follows, and how many customer-service messages each may still get. WeChat's own count is the truth: its refusals correct this one.</summary>
internal sealed class FollowerLedger(Db db, TimeProvider clock, WechatOptions options, WindowOpenings openings)
{
    private static readonly TimeSpan BetweenClocks = TimeSpan.FromMinutes(1);

    private const string Follow =
        """
        update wechat_followers
        set followed = @followed, scene = case when @scene = '' then scene else @scene end,
            sends_left = case when @followed = 1 then sends_left else 0 end,
            window_until = case when @followed = 1 then window_until else 0 end,
            follow_changed_at = @at
        where app_id = @appId and openid = @openId and follow_changed_at <= @at
        """;

    private const string Opposite = "select 1 from wechat_followers where app_id = @appId and openid = @openId and follow_changed_at = @at and followed <> @followed";

    private const string Take =
        """
        update wechat_followers
        set sends_left = sends_left - 1
        where app_id = @appId and openid = @openId and followed = 1 and window_until > @now and sends_left > 0
        """;

    private const string GiveBack = "update wechat_followers set sends_left = sends_left + 1 where app_id = @appId and openid = @openId and window_until > @now";

    private const string Close = "update wechat_followers set sends_left = 0 where app_id = @appId and openid = @openId";

    private const string Lose = "update wechat_followers set followed = 0, sends_left = 0, window_until = 0 where app_id = @appId and openid = @openId";

    private const string States =
        """
        select app_id as AppId, openid as OpenId, followed, last_action_at as LastActionAt, window_until as WindowUntil, sends_left as SendsLeft
        from wechat_followers
        where app_id in @appIds and openid in @openIds
        """;

    /// <summary>
    /// The customer did something: the window opens, or stays open when it is open wider already. It is kept in memory and written
    /// with others within a second; whatever else is asked of this ledger in this process waits for that.
    /// </summary>
    public ValueTask Acted(FollowerName who, CustomerId customer, CustomerAction action, DateTimeOffset sentAt, CancellationToken ct)
    {
        if (action == CustomerAction.None) return ValueTask.CompletedTask;
        var now = clock.GetUtcNow();
        var (length, sends) = action == CustomerAction.Message
            ? (options.Window.AfterMessage, options.Window.MessagesAfterMessage)
            : (options.Window.AfterClick, options.Window.MessagesAfterClick);
        // What waited in the spool counts from when it was sent; seconds of difference are the two clocks'.
        var from = now - At(sentAt) > BetweenClocks ? At(sentAt) : now;
        return openings.Add(who, customer, new Opening(action, now, from + length, sends, At(sentAt)), ct);
    }

    /// <summary>The customer follows from then on, or has left; an older event that comes late changes nothing.</summary>
    /// <returns>Whether it is sure. WeChat counts in seconds and callbacks overtake one another: of two opposite events of one second, which was the last is for WeChat to say.</returns>
    public async Task<bool> Followed(FollowerName who, bool followed, string scene, DateTimeOffset sentAt, CancellationToken ct)
    {
        var (appId, openId, at) = (who.AppId, who.OpenId.Text, At(sentAt));
        await openings.Written(ct).ConfigureAwait(false);
        return await db.InTransaction(async tx =>
        {
            await tx.InsertRows("wechat_followers", ["app_id", "openid", "followed"], [[appId, openId, 1]], ifAbsent: true, ct).ConfigureAwait(false);
            var args = new { appId, openId, followed = followed ? 1 : 0, scene, at };
            var isSure = await tx.First<long>($"{Opposite} {tx.Dialect.ForUpdate}", args, ct).ConfigureAwait(false) == 0;
            await tx.Execute(Follow, args, ct).ConfigureAwait(false);
            return isSure;
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Keeps that a QR code with a scene was scanned, and whether the person follows since then.</summary>
    public Task Scanned(FollowerName who, string scene, bool followedByIt, CancellationToken ct) => db.InTransaction(tx =>
        tx.InsertRows("wechat_scans", ["id", "app_id", "openid", "scene", "followed_by_it", "scanned_at"],
            [[Ids.New(clock), who.AppId, who.OpenId.Text, scene.Length <= 200 ? scene : scene[..200], followedByIt ? 1 : 0, clock.GetUtcNow()]], ct: ct), ct);

    /// <summary>Takes one of the messages that may still be sent; false when there is none.</summary>
    public async Task<bool> TakeSend(FollowerName who, CancellationToken ct) =>
        await Write(Take, new { appId = who.AppId, openId = who.OpenId.Text, now = clock.GetUtcNow() }, ct).ConfigureAwait(false) == 1;

    /// <summary>Gives a message back that was surely not sent.</summary>
    public Task GiveSendBack(FollowerName who, CancellationToken ct) =>
        Write(GiveBack, new { appId = who.AppId, openId = who.OpenId.Text, now = clock.GetUtcNow() }, ct);

    /// <summary>WeChat says that nothing more may be sent until the customer acts.</summary>
    public Task CloseWindow(FollowerName who, CancellationToken ct) => Write(Close, new { appId = who.AppId, openId = who.OpenId.Text }, ct);

    /// <summary>WeChat says that this person is no follower.</summary>
    public Task MarkGone(FollowerName who, CancellationToken ct) => Write(Lose, new { appId = who.AppId, openId = who.OpenId.Text }, ct);

    /// <summary>What is known of these names; a name that never wrote is absent.</summary>
    public async Task<IReadOnlyList<FollowerState>> Of(IReadOnlyCollection<FollowerName> names, CancellationToken ct)
    {
        if (names.Count == 0) return [];
        await openings.Written(ct).ConfigureAwait(false);
        var rows = await db.Query<FollowerState>(States, new { appIds = names.Select(n => n.AppId).Distinct(), openIds = names.Select(n => n.OpenId.Text) }, ct).ConfigureAwait(false);
        var asked = names.Select(n => (n.AppId, n.OpenId.Text)).ToHashSet();
        return [.. rows.Where(r => asked.Contains((r.AppId, r.OpenId)))];
    }

    private async Task<int> Write(string sql, object args, CancellationToken ct)
    {
        await openings.Written(ct).ConfigureAwait(false);
        return await db.Execute(sql, args, ct).ConfigureAwait(false);
    }

    // CreateTime counts in seconds: what WeChat left out is taken as now.
    private DateTimeOffset At(DateTimeOffset sentAt) => sentAt == DateTimeOffset.UnixEpoch ? clock.GetUtcNow() : sentAt;
}
