using System.Security.Cryptography;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What a mini-program's server asks: who logs in, and which phone number the customer agreed to give.</summary>
internal static class MiniProgramCalls
{
    public static object Session(PlatformCall call)
    {
        TokenCalls.Authenticate(call, call.Query("grant_type"), call.Query("appid"), call.Query("secret"), "authorization_code");
        var code = LoginCodes.Use(call, call.Query("js_code"), CodePurpose.MiniProgramLogin);
        var person = call.Follower(code.OpenId);
        person = call.State.Followers.Put(person.OpenId, person with { LoggedInAt = call.Now, SessionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)) });
        return new { openid = person.OpenId, session_key = person.SessionKey, unionid = person.UnionId };
    }

    public static object PhoneNumber(PlatformCall call)
    {
        var code = LoginCodes.Use(call, call.Body.Text("code"), CodePurpose.Phone);
        var phone = call.Follower(code.OpenId).Phone ?? throw new PlatformError(40029, "invalid code", "这个用户没有绑定手机号。");
        return new
        {
            errcode = 0,
            errmsg = "ok",
            phone_info = new
            {
                phoneNumber = phone,
                purePhoneNumber = phone,
                countryCode = "86",
                watermark = new { timestamp = call.Now.ToUnixTimeSeconds(), appid = call.Account.AppId },
            },
        };
    }
}
