namespace Courier.Services.Customers;

/// <summary>Who somebody is to WeChat.</summary>
/// <param name="AppId">The account that knows the person.</param>
/// <param name="OpenId">The person's id inside this account.</param>
/// <param name="UnionId">The person's id over all accounts of one owner; null when WeChat did not tell it.</param>
public sealed record WechatIdentity(string AppId, OpenId OpenId, string? UnionId);

/// <summary>Under which name an account reaches a customer.</summary>
public sealed record CustomerWechat
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The WeChat account.</summary>
    public required string AppId { get; init; }

    /// <summary>The customer's id inside the account.</summary>
    public required OpenId OpenId { get; init; }
}
