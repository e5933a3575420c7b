using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Login;

/// <summary>Asks WeChat who is behind the code of a mini-program. The session key is not kept: nothing here needs it.</summary>
internal sealed class WechatLogin(WechatAccounts accounts, WechatClient wechat) : IWechatLogin
{
    private const int LongestCode = 512;

    public async Task<WechatIdentity> Login(string appId, string code, CancellationToken ct)
    {
        var session = await Ask(appId, code, new ExchangeMiniProgramCode(code), ct).ConfigureAwait(false);
        return OpenId.TryParse(session.OpenId, null, out var openId)
            ? new WechatIdentity(appId, openId, string.IsNullOrEmpty(session.UnionId) ? null : session.UnionId)
            : throw Invalid();
    }

    public async Task<Phone> PhoneNumber(string appId, string code, CancellationToken ct)
    {
        var phone = await Ask(appId, code, new GetPhoneNumber(code), ct).ConfigureAwait(false);
        return phone.CountryCode is "86" or "" && Phone.TryParse(phone.PurePhoneNumber, out var number)
            ? number
            : throw new RuleBroken("session.phone_not_supported", Texts.PhoneAbroad);
    }

    private async Task<T> Ask<T>(string appId, string code, WechatCall<T> call, CancellationToken ct)
    {
        if (code.Length is 0 or > LongestCode || !accounts.TryFind(appId, out var account) || account.Kind != AccountKind.MiniProgram) throw Invalid();
        try
        {
            return await wechat.SendAsync(account.Wechat, call, ct).ConfigureAwait(false);
        }
        catch (WechatException error) when (error.Reaction is ErrorReaction.LoginAgain)
        {
            throw Invalid();
        }
        catch (WechatException error) when (error.Reaction is ErrorReaction.Refuse)
        {
            throw new RuleBroken("session.refused", Texts.LoginRefused);
        }
        catch (WechatException error) when (error.Reaction is ErrorReaction.BackOff or ErrorReaction.BreakCall or ErrorReaction.Ambiguous)
        {
            throw new RuleBroken("session.wechat_busy", Texts.LoginBusy);
        }
    }

    private static RuleBroken Invalid() => new("session.code_invalid", Texts.LoginAgain);
}
