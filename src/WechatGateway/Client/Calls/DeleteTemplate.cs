namespace Courier.Wechat.Client.Calls;

/// <summary>template/del_private_template: a template leaves the account; 40037 when it is not there.</summary>
/// <param name="TemplateId">Its id in the account.</param>
public sealed record DeleteTemplate(string TemplateId) : WechatCall<Done>
{
    /// <summary>Its id in the account.</summary>
    public string TemplateId { get; } = Limit.NotBlank(TemplateId, nameof(TemplateId));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/template/del_private_template");

    internal override HttpContent Content(WechatAccount account) => Json(new DeleteTemplateBody(TemplateId), WechatJson.Relaxed.DeleteTemplateBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of del_private_template.</summary>
internal sealed record DeleteTemplateBody(string TemplateId);
