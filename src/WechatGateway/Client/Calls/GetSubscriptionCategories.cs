namespace Courier.Wechat.Client.Calls;

/// <summary>newtmpl/getcategory: the categories of the account, whose subscription templates it may use.</summary>
public sealed record GetSubscriptionCategories : WechatCall<IReadOnlyList<SubscriptionCategory>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/wxaapi/newtmpl/getcategory");

    internal override IReadOnlyList<SubscriptionCategory> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.SubscriptionCategories).Data;
}

/// <summary>The answer of newtmpl/getcategory.</summary>
internal sealed record SubscriptionCategories(IReadOnlyList<SubscriptionCategory> Data);

/// <summary>A category of an account.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
public sealed record SubscriptionCategory(int Id, string Name);
