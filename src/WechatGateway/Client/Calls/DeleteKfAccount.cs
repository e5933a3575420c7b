namespace Courier.Wechat.Client.Calls;

/// <summary>kfaccount/del: a customer-service account goes.</summary>
/// <param name="KfAccount">Which account, <c>prefix@account</c>.</param>
public sealed record DeleteKfAccount(string KfAccount) : WechatCall<Done>
{
    /// <summary>Which account.</summary>
    public string KfAccount { get; } = KfNames.Checked(KfAccount, nameof(KfAccount));

    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/customservice/kfaccount/del");

    // A GET that changes something: the repetition would be told that there is no such account.
    internal override bool IsRepeatable => false;

    internal override void AddQuery(QueryText query, WechatAccount account) => query.Add("kf_account", KfAccount);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
