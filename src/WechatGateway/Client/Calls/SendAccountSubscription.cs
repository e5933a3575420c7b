using System.Text.Json.Serialization;
using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Calls;

/// <summary>
/// subscribe/bizsend: a subscription notice of a service account (订阅通知). Each consent of the customer is good for one;
/// 43101 says that none is left or that the customer refused. WeChat takes no id, so a lost answer is ambiguous and never repeated here,
/// and so is -1 (busy). What became of it comes as subscribe_msg_sent_event.
/// </summary>
public sealed record SendAccountSubscription : WechatCall<SubscriptionTaken>
{
    /// <summary>The customer.</summary>
    [JsonPropertyName("touser")]
    public required string OpenId { get; init; }

    /// <summary>Id of the template in this account.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Page that it opens; null for none.</summary>
    public string? Page { get; init; }

    /// <summary>Mini-program that it opens; it goes before the page; null for none.</summary>
    [JsonPropertyName("miniprogram")]
    public TemplateMiniProgram? MiniProgram { get; init; }

    /// <summary>Values by the names of the template's fields, such as <c>thing1</c>; an empty one is refused here, as WeChat would (47003).</summary>
    public required IReadOnlyDictionary<string, TemplateValue> Data { get; init => field = SubscriptionValues.Checked(value); }

    private static readonly CallSpec Post = new(HttpMethod.Post, "/cgi-bin/message/subscribe/bizsend");

    internal override CallSpec Spec => Post;

    internal override HttpContent Content(WechatAccount account) => Json(this, WechatJson.Relaxed.SendAccountSubscription);

    internal override ErrorReaction? ReactionTo(int code) => code == -1 ? ErrorReaction.Ambiguous : base.ReactionTo(code);

    internal override SubscriptionTaken Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.SubscriptionTaken);
}

/// <summary>A subscription message that WeChat took.</summary>
/// <param name="Msgid">Its number, which subscribe_msg_sent_event brings back; null where WeChat tells none.</param>
public sealed record SubscriptionTaken(long? Msgid = null);

/// <summary>What WeChat checks of the values of every subscription template.</summary>
internal static class SubscriptionValues
{
    public static IReadOnlyDictionary<string, TemplateValue> Checked(IReadOnlyDictionary<string, TemplateValue> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var (name, value) in data)
            if (string.IsNullOrWhiteSpace(value.Value)) throw new ArgumentException($"The value of {name} is empty; WeChat refuses the whole message.", nameof(data));
        return data;
    }
}
