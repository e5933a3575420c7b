using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>user/info/batchget: what WeChat tells about up to 100 followers at once.</summary>
/// <param name="OpenIds">1 to 100 followers.</param>
/// <param name="Language">Language of the answer.</param>
public sealed record GetUsers(IReadOnlyList<string> OpenIds, string Language = "zh_CN") : WechatCall<IReadOnlyList<WechatUser>>
{
    /// <summary>Most followers of one call.</summary>
    public const int Most = 100;

    /// <summary>1 to 100 followers.</summary>
    public IReadOnlyList<string> OpenIds { get; } = Limit.Items(OpenIds, 1, Most, nameof(OpenIds));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/user/info/batchget");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) =>
        Json(new UserListBody([.. OpenIds.Select(openId => new UserToGet(openId, Language))]), WechatJson.Relaxed.UserListBody);

    internal override IReadOnlyList<WechatUser> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.UserInfoList).Users;
}

/// <summary>Body of user/info/batchget.</summary>
internal sealed record UserListBody(IReadOnlyList<UserToGet> UserList);

/// <summary>Part of the body of user/info/batchget.</summary>
internal sealed record UserToGet([property: JsonPropertyName("openid")] string OpenId, string Lang);

/// <summary>The answer of user/info/batchget.</summary>
internal sealed record UserInfoList([property: JsonPropertyName("user_info_list")] IReadOnlyList<WechatUser> Users);
