namespace Courier.Wechat.Client.Calls;

/// <summary>template/api_add_template: takes a template of WeChat's library into the account. An account has at most 25.</summary>
/// <param name="ShortId">Number of the template in the library, such as TM00015 or 43216.</param>
/// <param name="Keywords">For templates of a category: the names of the fields, in their order; empty for others.</param>
public sealed record AddTemplate(string ShortId, IReadOnlyList<string> Keywords) : WechatCall<TemplateAdded>
{
    /// <summary>Number of the template in the library.</summary>
    public string ShortId { get; } = Limit.NotBlank(ShortId, nameof(ShortId));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/template/api_add_template");

    internal override HttpContent Content(WechatAccount account) =>
        Json(new AddTemplateBody(ShortId, Keywords.Count == 0 ? null : Keywords), WechatJson.Relaxed.AddTemplateBody);

    internal override TemplateAdded Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.TemplateAdded);
}

/// <summary>Body of api_add_template.</summary>
internal sealed record AddTemplateBody(string TemplateIdShort, IReadOnlyList<string>? KeywordNameList);

/// <summary>A template that the account has now.</summary>
/// <param name="TemplateId">Its id in the account, for <see cref="SendTemplate"/>.</param>
public sealed record TemplateAdded(string TemplateId);
