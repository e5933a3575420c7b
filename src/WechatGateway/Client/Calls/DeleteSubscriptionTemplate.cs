using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>newtmpl/deltemplate: a subscription template leaves the account.</summary>
/// <param name="TemplateId">Its id in the account.</param>
public sealed record DeleteSubscriptionTemplate(string TemplateId) : WechatCall<Done>
{
    /// <summary>Its id in the account.</summary>
    public string TemplateId { get; } = Limit.NotBlank(TemplateId, nameof(TemplateId));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxaapi/newtmpl/deltemplate");

    internal override HttpContent Content(WechatAccount account) => Json(new DeleteSubscriptionBody(TemplateId), WechatJson.Relaxed.DeleteSubscriptionBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of newtmpl/deltemplate.</summary>
internal sealed record DeleteSubscriptionBody([property: JsonPropertyName("priTmplId")] string TemplateId);
