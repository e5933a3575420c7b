namespace Courier.Wechat.Client.Calls;

/// <summary>template/get_all_private_template: the templates that the account has.</summary>
public sealed record GetTemplates : WechatCall<IReadOnlyList<AccountTemplate>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/template/get_all_private_template");

    internal override IReadOnlyList<AccountTemplate> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.PrivateTemplates).TemplateList;
}

/// <summary>The answer of get_all_private_template.</summary>
internal sealed record PrivateTemplates(IReadOnlyList<AccountTemplate> TemplateList);

/// <summary>A template of an account.</summary>
public sealed record AccountTemplate
{
    /// <summary>Its id in the account.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Wider line of business; null for templates of a category.</summary>
    public string? PrimaryIndustry { get; init; }

    /// <summary>Narrower line of business; null for templates of a category.</summary>
    public string? DeputyIndustry { get; init; }

    /// <summary>Its text with fields such as <c>{{thing1.DATA}}</c>.</summary>
    public required string Content { get; init; }

    /// <summary>An example of it; null when WeChat has none.</summary>
    public string? Example { get; init; }
}
