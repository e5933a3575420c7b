namespace Courier.Wechat.Client.Calls;

/// <summary>kfaccount/add: a new customer-service account. 65405 and 61456 say that there are as many as may be.</summary>
/// <param name="KfAccount">Its name, such as <c>agent1@courier</c>: what is before the sign is free, what follows is the account's WeChat name.</param>
/// <param name="Nickname">What customers see.</param>
public sealed record AddKfAccount(string KfAccount, string Nickname) : WechatCall<Done>
{
    /// <summary>Its name.</summary>
    public string KfAccount { get; } = KfNames.Checked(KfAccount, nameof(KfAccount));

    /// <summary>What customers see.</summary>
    public string Nickname { get; } = Limit.NotBlank(Nickname, nameof(Nickname));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/customservice/kfaccount/add");

    internal override HttpContent Content(WechatAccount account) => Json(new KfAccountBody(KfAccount, Nickname), WechatJson.Relaxed.KfAccountBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of kfaccount/add and kfaccount/update.</summary>
internal sealed record KfAccountBody(string KfAccount, string Nickname);

/// <summary>What WeChat checks of the name of every customer-service account.</summary>
internal static class KfNames
{
    public static string Checked(string account, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(account, name);
        var at = account.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < account.Length - 1
            ? account : throw new ArgumentException("A customer-service account is named prefix@account (61452).", name);
    }
}
