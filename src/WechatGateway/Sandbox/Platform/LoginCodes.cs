using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>One-time codes: five minutes, one use.</summary>
internal static class LoginCodes
{
    public static LoginCode Issue(SandboxPlatform platform, Follower person, CodePurpose purpose, string scope = "")
    {
        foreach (var old in platform.State.Codes.Values.Where(code => code.ExpiresAt < platform.Now.AddDays(-1)).ToList()) platform.State.Codes.Remove(old.Code);
        var code = new LoginCode("0" + SandboxState.RandomText(31), person.AppId, person.OpenId, purpose, scope, platform.Now + platform.Limits.CodeLifetime);
        return platform.State.Codes.Put(code.Code, code);
    }

    /// <summary>Uses a code up; 40029 when it is unknown or too old, 40163 when it was used before.</summary>
    public static LoginCode Use(PlatformCall call, string? value, CodePurpose purpose)
    {
        if (string.IsNullOrEmpty(value)) throw new PlatformError(41008, "missing code", "缺少 code。");
        if (!call.State.Codes.TryGet(value, out var code) || code.AppId != call.Account.AppId || code.Purpose != purpose || code.ExpiresAt <= call.Now)
            throw new PlatformError(40029, "invalid code", "code 无效、已过 5 分钟，或不是这个账号的。");
        if (code.Used) throw new PlatformError(40163, "code been used", "code 只能使用一次；同一个回跳可能到达两次，应复用第一次的结果。");
        return call.State.Codes.Put(value, code with { Used = true });
    }
}
