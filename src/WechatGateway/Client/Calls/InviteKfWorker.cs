namespace Courier.Wechat.Client.Calls;

/// <summary>
/// kfaccount/inviteworker: asks a person to serve under a customer-service account, which serves nobody before (65402). Whether the invitation waits, was
/// turned down or ran out stands in <see cref="KfAgent.InviteStatus"/>. 65407 the person is your agent already, 65411 an invitation waits, 65412 somebody is bound.
/// </summary>
/// <param name="KfAccount">Which account, <c>prefix@account</c>.</param>
/// <param name="Wechat">The person's WeChat name.</param>
public sealed record InviteKfWorker(string KfAccount, string Wechat) : WechatCall<Done>
{
    /// <summary>Which account.</summary>
    public string KfAccount { get; } = KfNames.Checked(KfAccount, nameof(KfAccount));

    /// <summary>The person's WeChat name.</summary>
    public string Wechat { get; } = Limit.NotBlank(Wechat, nameof(Wechat));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/customservice/kfaccount/inviteworker");

    internal override HttpContent Content(WechatAccount account) => Json(new KfInvitationBody(KfAccount, Wechat), WechatJson.Relaxed.KfInvitationBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of kfaccount/inviteworker.</summary>
internal sealed record KfInvitationBody(string KfAccount, string InviteWx);
