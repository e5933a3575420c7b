using Courier.Host.Tests.Http;
using Courier.Testing;
using Microsoft.Extensions.Configuration;

namespace Courier.Host.Tests.Starting;

/// <summary>The built program as a process: what it says and how it ends.</summary>
public sealed class RefusingToStart : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("courier-start-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task All_wrong_settings_are_named_at_once_with_exit_code_2()
    {
        var (code, output) = await Run("Development", "--Roles=walker", "--Database:Provider=Oracle", "--Outbox:Attempts=0", "--Shutdown:GraceSeconds=0");
        code.ShouldBe(2);
        output.ShouldContain("\"walker\" is unknown");
        output.ShouldContain("Oracle");
        output.ShouldContain("Outbox:Attempts must lie between 1 and 100");
        output.ShouldContain("Shutdown:GraceSeconds must lie between 1 and 600");
        output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--Roles")]
    public async Task An_argument_that_is_no_setting_is_exit_code_2(string argument)
    {
        var (code, output) = await CourierProcess.RunToEnd(argument);
        code.ShouldBe(2);
        output.ShouldContain($"\"{argument}\" is not understood");
    }

    [Fact]
    public async Task Production_refuses_demo_data_demo_secrets_and_the_sandbox()
    {
        var (code, output) = await Run("Production", "--Demo:Enabled=true", "--Data:Keys:0=demo-data-key-for-development-only", "--Roles=sandbox",
            "--Carrier:Cores:0:Secret=demo-core-secret-for-development", "--Wechat:ApiBaseUrl=http://127.0.0.1:9/sandbox/wechat");
        code.ShouldBe(2);
        output.ShouldContain("Demo:Enabled must be false in Production");
        output.ShouldContain("Data:Keys:0 is a demo value");
        output.ShouldContain("Carrier:Cores:0:Secret is a demo value");
        output.ShouldContain("the sandbox runs in Development only");
        output.ShouldContain("Wechat:ApiBaseUrl names the sandbox");
    }

    [Fact]
    public async Task Production_starts_with_secrets_of_its_own_whatever_menus_and_environment_variables_say()
    {
        var production = ApiWithEndpointsOfItsOwn.Production;
        Environment.SetEnvironmentVariable("COURIER_TESTS_FOUR", "4"); // a menu of Development has this key too
        await using var app = await CourierApp.Start(production with
        {
            DataDirectory = _directory,
            Settings = new Dictionary<string, string>(production.Settings)
            {
                ["Wechat:Accounts:0:AppId"] = "wx00000000000000aa",
                ["Wechat:Accounts:0:Secret"] = "a-secret-that-nobody-else-knows-1",
                ["Wechat:Accounts:0:OriginalId"] = "gh_0000000000aa",
                ["Wechat:Accounts:0:Kind"] = "OfficialAccount",
                ["Wechat:Accounts:0:Token"] = "aTokenOfOurOwn1",
                ["Wechat:Accounts:0:EncodingAesKey"] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
                ["Wechat:Accounts:0:Mode"] = "Secure",
                ["Wechat:Menus:wx00000000000000aa:0:Name"] = "人工客服",
                ["Wechat:Menus:wx00000000000000aa:0:Type"] = "Click",
                ["Wechat:Menus:wx00000000000000aa:0:Key"] = "human",
            },
        });
        app.Get<IConfiguration>()["COURIER_TESTS_FOUR"].ShouldBe("4");
        (await app.Http.GetAsync("/")).StatusCode.ShouldNotBe(System.Net.HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Production_refuses_a_demo_secret_of_a_WeChat_account_and_a_demo_password()
    {
        var (code, output) = await Run("Production", "--Wechat:Accounts:0:PreviousEncodingAesKey=DemoEncodingAesKeyOfficialAccount0000000004",
            "--Wechat:Accounts:0:Token=demoCallbackToken2", "--Staff:FirstAdmin:Name=boss", "--Staff:FirstAdmin:Password=demosupervisor");
        code.ShouldBe(2);
        output.ShouldContain("Wechat:Accounts:0:PreviousEncodingAesKey is a demo value");
        output.ShouldContain("Wechat:Accounts:0:Token is a demo value");
        output.ShouldContain("Staff:FirstAdmin:Password is a demo password");
    }

    [Fact]
    public async Task Production_without_keys_for_personal_data_is_refused()
    {
        var (code, output) = await Run("Production");
        code.ShouldBe(2);
        output.ShouldContain("Data:Keys needs at least one secret");
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_exit_code_1()
    {
        var (code, output) = await Run("Development", "--Database:Provider=MySql", "--Database:ConnectionString=Server=127.0.0.1;Port=1;User ID=root;Database=x;Password=hush-hush;Connection Timeout=2");
        code.ShouldBe(1);
        output.ShouldContain("Courier cannot go on");
        output.ShouldNotContain("hush-hush");
    }

    private Task<(int ExitCode, string Output)> Run(string environment, params string[] arguments) =>
        CourierProcess.RunToEnd([$"--environment={environment}", $"--Data:Directory={_directory}", .. arguments]);
}
