using Courier.Kernel.Data;

namespace Courier.WechatGateway.Tags;

/// <summary>A tag of an account (用户标签), as WeChat listed it last.</summary>
internal sealed record FollowerTag
{
    public required long TagId { get; init; }

    public required string Name { get; init; }

    /// <summary>How many followers have it.</summary>
    public required long Followers { get; init; }
}

/// <summary>Reads the tags of accounts and of their followers.</summary>
internal sealed class FollowerTags(Db db)
{
    private const string OfFollower = "select tag_id from wechat_follower_tags where app_id = @appId and openid = @openId";

    private const string OfAccount = "select tag_id as TagId, name, followers from wechat_tags where app_id = @appId order by tag_id";

    /// <summary>The tags that a follower has.</summary>
    public async Task<IReadOnlySet<long>> Of(string appId, string openId, CancellationToken ct) =>
        (await db.Query<long>(OfFollower, new { appId, openId }, ct).ConfigureAwait(false)).ToHashSet();

    /// <summary>The tags that an account knows.</summary>
    public Task<IReadOnlyList<FollowerTag>> All(string appId, CancellationToken ct) => db.Query<FollowerTag>(OfAccount, new { appId }, ct);
}
