using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>newtmpl/gettemplate: the subscription templates that the account has.</summary>
public sealed record GetSubscriptionTemplates : WechatCall<IReadOnlyList<SubscriptionTemplate>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/wxaapi/newtmpl/gettemplate");

    internal override IReadOnlyList<SubscriptionTemplate> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.SubscriptionTemplates).Data;
}

/// <summary>The answer of newtmpl/gettemplate.</summary>
internal sealed record SubscriptionTemplates(IReadOnlyList<SubscriptionTemplate> Data);

/// <summary>A subscription template of an account.</summary>
/// <param name="TemplateId">Its id in the account.</param>
/// <param name="Title">Its title.</param>
/// <param name="Content">Its text with fields such as <c>{{thing1.DATA}}</c>.</param>
/// <param name="Example">An example of it.</param>
/// <param name="Type">2 for one message each consent, 3 for as many as wanted.</param>
public sealed record SubscriptionTemplate([property: JsonPropertyName("priTmplId")] string TemplateId, string Title, string Content, string Example, int Type);
