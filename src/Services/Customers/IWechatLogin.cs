using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>Asks WeChat who somebody is; implemented by the gateway, which knows the accounts.</summary>
public interface IWechatLogin
{
    /// <summary>Exchanges the code of <c>wx.login</c> for the person's identity.</summary>
    /// <exception cref="RuleBroken"><c>session.code_invalid</c>: wrong, used or expired code, or no such account.</exception>
    Task<WechatIdentity> Login(string appId, string code, CancellationToken ct);

    /// <summary>Exchanges the code of <c>getPhoneNumber</c> for the person's number.</summary>
    /// <exception cref="RuleBroken"><c>session.code_invalid</c>: wrong, used or expired code, or no such account.</exception>
    Task<Phone> PhoneNumber(string appId, string code, CancellationToken ct);
}
