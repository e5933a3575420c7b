namespace Courier.Wechat.Client.Calls;

/// <summary>menu/trymatch: the menu that one follower sees.</summary>
/// <param name="Follower">Openid or WeChat name.</param>
public sealed record TryMenu(string Follower) : WechatCall<IReadOnlyList<MenuButton>>
{
    /// <summary>Openid or WeChat name.</summary>
    public string Follower { get; } = Limit.NotBlank(Follower, nameof(Follower));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/menu/trymatch");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new TryMenuBody(Follower), WechatJson.Relaxed.TryMenuBody);

    internal override IReadOnlyList<MenuButton> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.MenuBody).Button;
}

/// <summary>Body of menu/trymatch.</summary>
internal sealed record TryMenuBody(string UserId);
