using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Testing;

namespace Courier.Gateway.Tests.Sending;

public sealed class SigningIn
{
    [Fact]
    public async Task A_mini_programs_codes_name_the_person_and_the_phone_once()
    {
        await using var app = await CourierApp.Start();
        var openId = (await app.Post("followers", new { appId = Pushes.MiniProgram, openid = "mSomebody", unionid = "uSomebody", phone = "13900008888" })).GetProperty("openid").GetString()!;
        var login = app.Get<IWechatLogin>();

        var code = (await app.Post("login-code", new { openid = openId })).GetProperty("code").GetString()!;
        (await login.Login(Pushes.MiniProgram, code, default)).ShouldBe(new WechatIdentity(Pushes.MiniProgram, OpenId.Parse(openId), "uSomebody"));
        (await Should.ThrowAsync<RuleBroken>(login.Login(Pushes.MiniProgram, code, default))).Code.ShouldBe("session.code_invalid");
        (await Should.ThrowAsync<RuleBroken>(login.Login(Pushes.MiniProgram, "made-up", default))).Code.ShouldBe("session.code_invalid");
        (await Should.ThrowAsync<RuleBroken>(login.Login("wxnobody", code, default))).Code.ShouldBe("session.code_invalid");
        (await Should.ThrowAsync<RuleBroken>(login.Login(Pushes.Official, code, default))).Code.ShouldBe("session.code_invalid");

        var phoneCode = (await app.Post("phone-code", new { openid = openId })).GetProperty("code").GetString()!;
        (await login.PhoneNumber(Pushes.MiniProgram, phoneCode, default)).ShouldBe(Phone.Parse("13900008888"));
        (await Should.ThrowAsync<RuleBroken>(login.PhoneNumber(Pushes.MiniProgram, phoneCode, default))).Code.ShouldBe("session.code_invalid");
    }
}
