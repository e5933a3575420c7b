namespace Courier.Wechat.Client.Calls;

/// <summary>kfaccount/update: another name for customers to see.</summary>
/// <param name="KfAccount">Which account, <c>prefix@account</c>.</param>
/// <param name="Nickname">What customers see.</param>
public sealed record RenameKfAccount(string KfAccount, string Nickname) : WechatCall<Done>
{
    /// <summary>Which account.</summary>
    public string KfAccount { get; } = KfNames.Checked(KfAccount, nameof(KfAccount));

    /// <summary>What customers see.</summary>
    public string Nickname { get; } = Limit.NotBlank(Nickname, nameof(Nickname));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/customservice/kfaccount/update");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new KfAccountBody(KfAccount, Nickname), WechatJson.Relaxed.KfAccountBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
