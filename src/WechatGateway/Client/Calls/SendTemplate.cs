using System.Text.Json.Serialization;
using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Calls;

/// <summary>One value of a template message.</summary>
/// <param name="Value">At most 20 characters without line breaks; what that means for a field is the template's to say.</param>
public sealed record TemplateValue(string Value);

/// <summary>The mini-program that a template message opens; it goes before the page.</summary>
/// <param name="AppId">AppID, linked to the account.</param>
/// <param name="PagePath">Page with its query.</param>
public sealed record TemplateMiniProgram(
    [property: JsonPropertyName("appid")] string AppId,
    [property: JsonPropertyName("pagepath")] string PagePath);

/// <summary>
/// template/send: a notice to a follower, whenever. With <see cref="ClientMessageId"/> it can be repeated safely for about ten
/// minutes, and is, when WeChat is busy or the answer is lost. What became of it comes as TEMPLATESENDJOBFINISH with the msgid.
/// </summary>
public sealed record SendTemplate : WechatCall<TemplateSent>
{
    /// <summary>The follower.</summary>
    [JsonPropertyName("touser")]
    public required string OpenId { get; init; }

    /// <summary>Id of the template in this account.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Page that it opens; null for none.</summary>
    public string? Url { get; init; }

    /// <summary>Mini-program that it opens; null for none.</summary>
    [JsonPropertyName("miniprogram")]
    public TemplateMiniProgram? MiniProgram { get; init; }

    /// <summary>At most 32 characters; the same for each attempt of the same message. Null makes a lost answer ambiguous.</summary>
    [JsonPropertyName("client_msg_id")]
    public string? ClientMessageId { get; init; }

    /// <summary>Values by the names of the template's fields, such as <c>thing1</c>.</summary>
    public required IReadOnlyDictionary<string, TemplateValue> Data { get; init; }

    private static readonly CallSpec Post = new(HttpMethod.Post, "/cgi-bin/message/template/send");

    internal override CallSpec Spec => Post;

    internal override bool IsRepeatable => ClientMessageId is not null;

    internal override HttpContent Content(WechatAccount account) => Json(this, WechatJson.Relaxed.SendTemplate);

    // Busy does not mean that it was not sent; with an id WeChat drops the repeat.
    internal override ErrorReaction? ReactionTo(int code) => code == -1 && !IsRepeatable ? ErrorReaction.Ambiguous : base.ReactionTo(code);

    internal override TemplateSent Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.TemplateSent);
}

/// <summary>A template message that WeChat took.</summary>
/// <param name="Msgid">Its number; TEMPLATESENDJOBFINISH brings it back.</param>
public sealed record TemplateSent(long Msgid);
