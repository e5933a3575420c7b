using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.WechatGateway.Followers;

/// <summary>What the gateway keeps under a person's OpenIDs: following, scans, open questions, answers that are owed.</summary>
internal sealed class GatewayPersonalData(WindowOpenings openings) : IPersonalData
{
    private static readonly string[] ByOpenId =
        ["wechat_followers", "wechat_follower_profiles", "wechat_follower_tags", "wechat_scans", "wechat_tail_questions", "wechat_open_questions", "wechat_late_answers", "wechat_grants", "wechat_tag_wishes"];

    // A synchronisation that stands at this person begins its listing again; one that is over needs no cursor.
    private const string CursorOfTheSync = "update wechat_follower_syncs set cursor_openid = '' where app_id in @apps and cursor_openid in @openIds";

    private const string Following =
        """
        select app_id as AppId, openid as OpenId, followed as Followed, follow_changed_at as Since, scene as Scene
        from wechat_followers
        where app_id in @apps and openid in @openIds
        """;

    public string Name => "wechat";

    // wechat_oauth_states names nobody: an encrypted session token, for five minutes, worth nothing once the session is gone.
    public IReadOnlyCollection<string> Tables => [.. ByOpenId, "wechat_follower_syncs", "wechat_oauth_states"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var rows = await db.Query<Row>(Following, Args(subject), ct).ConfigureAwait(false);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(r => new JsonObject
        {
            ["appId"] = r.AppId, ["openId"] = r.OpenId, ["follows"] = r.Followed == 1, ["since"] = r.Since, ["scene"] = r.Scene,
        })]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var erased = 0L + await tx.Execute(CursorOfTheSync, Args(subject), ct).ConfigureAwait(false);
        tx.AfterCommit(() => openings.Forget(subject.Wechat.Select(w => new FollowerName(w.AppId, OpenId.Parse(w.OpenId)))));
        foreach (var table in ByOpenId)
            erased += await tx.Execute($"delete from {table} where app_id in @apps and openid in @openIds", Args(subject), ct).ConfigureAwait(false);
        return erased;
    }

    private static object Args(PersonalSubject subject) => new { apps = subject.AppIdList(), openIds = subject.OpenIdList() };

    private sealed record Row
    {
        public required string AppId { get; init; }
        public required string OpenId { get; init; }
        public required long Followed { get; init; }
        public required DateTimeOffset Since { get; init; }
        public required string Scene { get; init; }
    }
}
