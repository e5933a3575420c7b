using System.Text.Json.Serialization;
using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Calls;

/// <summary>Which version of a mini-program something opens.</summary>
public enum MiniProgramVersion
{
    /// <summary>The one that everybody has.</summary>
    Released,

    /// <summary>The one under trial.</summary>
    Trial,

    /// <summary>The developers' own.</summary>
    Developer,
}

/// <summary>
/// subscribe/send: a subscription message of a mini-program (订阅消息). Each consent of the customer is good for one;
/// 43101 says that none is left or that the customer refused. WeChat takes no id, so a lost answer is ambiguous and never repeated here,
/// and so is -1 (busy). What became of it comes as subscribe_msg_sent_event.
/// </summary>
public sealed record SendMiniProgramSubscription : WechatCall<SubscriptionTaken>
{
    /// <summary>The customer.</summary>
    [JsonPropertyName("touser")]
    public required string OpenId { get; init; }

    /// <summary>Id of the template in this mini-program.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Page that it opens, with its query; null for none.</summary>
    public string? Page { get; init; }

    /// <summary>Which version it opens.</summary>
    [JsonIgnore]
    public MiniProgramVersion Version { get; init; }

    /// <summary>Language of the card.</summary>
    public string Lang { get; init; } = "zh_CN";

    /// <summary>Values by the names of the template's fields, such as <c>thing1</c>; an empty one is refused here, as WeChat would (47003).</summary>
    public required IReadOnlyDictionary<string, TemplateValue> Data { get; init => field = SubscriptionValues.Checked(value); }

    [JsonInclude, JsonPropertyName("miniprogram_state")]
    internal string State => Version switch
    {
        MiniProgramVersion.Released => "formal",
        MiniProgramVersion.Trial => "trial",
        MiniProgramVersion.Developer => "developer",
    };

    private static readonly CallSpec Post = new(HttpMethod.Post, "/cgi-bin/message/subscribe/send");

    internal override CallSpec Spec => Post;

    internal override HttpContent Content(WechatAccount account) => Json(this, WechatJson.Relaxed.SendMiniProgramSubscription);

    internal override ErrorReaction? ReactionTo(int code) => code == -1 ? ErrorReaction.Ambiguous : base.ReactionTo(code);

    internal override SubscriptionTaken Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.SubscriptionTaken);
}
