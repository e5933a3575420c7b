using Microsoft.AspNetCore.Builder;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class WrongOptions
{
    static readonly SandboxAccount fine = new() { AppId = "wx1", Secret = "s", OriginalId = "gh_1", Token = "tok" };

    [Fact]
    public void The_start_says_what_is_wrong()
    {
        Map(options => options.Accounts.Add(fine), directory: false).ShouldContain("StateDirectory");
        Map(_ => { }).ShouldContain("Accounts is empty");
        Map(options => options.Accounts.Add(fine with { Mode = SandboxMode.Secure })).ShouldContain("EncodingAesKey must be 43");
        Map(options => options.Accounts.Add(fine with { PreviousEncodingAesKey = "short" })).ShouldContain("PreviousEncodingAesKey");
        Map(options => options.Accounts.Add(fine with { CallbackUrl = "nowhere" })).ShouldContain("CallbackUrl");
    }

    static string Map(Action<SandboxOptions> configure, bool directory = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWechatSandbox(options =>
        {
            if (directory) options.StateDirectory = Path.Combine(Path.GetTempPath(), "sandbox-never-made");
            configure(options);
        });
        var app = builder.Build();
        var wrong = Should.Throw<InvalidOperationException>(() => app.MapWechatSandbox());
        Directory.Exists(Path.Combine(Path.GetTempPath(), "sandbox-never-made")).ShouldBeFalse();
        return wrong.Message;
    }
}
