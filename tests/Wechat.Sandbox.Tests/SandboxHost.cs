using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Courier.Wechat.Sandbox.Tests;

/// <summary>The sandbox on a real port with a product behind it, a fake clock and a directory of its own.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    public const string AppId = "wxtest0000000001";
    public const string Secret = "secret-of-the-official-account";
    public const string Mini = "wxtest0000000002";
    public const string Token = "callbackToken01";
    public const string Key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    public const string OldKey = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba";
    public const string GhId = "gh_sandboxtest01";

    readonly string directory;
    WebApplication app;

    readonly Action<SandboxOptions>? configure;

    SandboxHost(Product product, SandboxMode mode, SandboxFormat miniFormat, Action<SandboxOptions>? configure)
    {
        this.configure = configure;
        Product = product;
        Mode = mode;
        MiniFormat = miniFormat;
        directory = Directory.CreateTempSubdirectory("sandbox-").FullName;
        app = Build();
    }

    public Product Product { get; }
    public FakeClock Clock { get; } = new();
    public SandboxMode Mode { get; }
    public SandboxFormat MiniFormat { get; }
    public HttpClient Http { get; } = new();
    public string Address => app.Urls.First();

    public static async Task<SandboxHost> Start(SandboxMode mode = SandboxMode.Plain, SandboxFormat miniFormat = SandboxFormat.Xml,
        Action<SandboxOptions>? configure = null)
    {
        var host = new SandboxHost(await Product.Start(), mode, miniFormat, configure);
        await host.app.StartAsync();
        return host;
    }

    /// <summary>Stops the server and starts another on the same directory.</summary>
    public async Task Restart()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        app = Build();
        await app.StartAsync();
    }

    public async Task<string> Follower(string appId = AppId, bool follow = true)
    {
        var answer = await Control("followers", new { appId, follow });
        return answer.GetProperty("openid").GetString()!;
    }

    public Task<JsonElement> Say(string openid, object message) => Control("say", new { openid, message });

    public async Task<JsonElement> Control(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync($"{Address}/sandbox/control/{path}", body);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text.Length == 0 ? "{}" : text).RootElement;
    }

    public async Task<JsonElement> Read(string path) =>
        JsonDocument.Parse(await Http.GetStringAsync($"{Address}/sandbox/{path}")).RootElement;

    public async Task<IReadOnlyList<JsonElement>> Inbox(string openid) => [.. (await Read($"control/inbox/{openid}")).GetProperty("entries").EnumerateArray()];

    public async Task<IReadOnlyList<string>> InboxTexts(string openid) => [.. (await Inbox(openid)).Select(entry => entry.GetProperty("text").GetString()!)];

    public async Task<IReadOnlyList<string>> BrokenRules() =>
        [.. (await Read("control/state")).GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("rule").GetString()!)];

    public async Task<string> AccessToken(bool force = false, string appId = AppId) =>
        (await Stable(force, appId)).GetProperty("access_token").GetString()!;

    public Task<JsonElement> Stable(bool force = false, string appId = AppId, string secret = Secret) =>
        Call("/cgi-bin/stable_token", null, new { grant_type = "client_credential", appid = appId, secret, force_refresh = force });

    /// <summary>A call of the product: POST when there is a body, GET else. The status is 200 whatever happens.</summary>
    public async Task<JsonElement> Call(string path, string? token, object? body = null, string query = "")
    {
        var url = $"{Address}/sandbox/wechat{path}?{(token is null ? "" : $"access_token={token}&")}{query}";
        using var response = body is null ? await Http.GetAsync(url) : await Http.PostAsync(url, Content(body));
        ((int)response.StatusCode).ShouldBe(200);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public Task<JsonElement> SendText(string token, string openid, string text) =>
        Call("/cgi-bin/message/custom/send", token, new { touser = openid, msgtype = "text", text = new { content = text } });

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Product.DisposeAsync();
        Http.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    static StringContent Content(object body) => new(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddWechatSandbox(options =>
        {
            options.StateDirectory = directory;
            options.CallbackBase = () => Product.Address;
            options.DemoFollowers = true;
            options.Accounts.Add(new()
            {
                AppId = AppId, Secret = Secret, OriginalId = GhId, Token = Token, EncodingAesKey = Key, PreviousEncodingAesKey = OldKey, Mode = Mode,
            });
            options.Accounts.Add(new()
            {
                AppId = Mini, Secret = Secret, OriginalId = "gh_sandboxmini01", Kind = SandboxAccountKind.MiniProgram, Token = Token,
                EncodingAesKey = Key, Mode = Mode, Format = MiniFormat,
            });
            configure?.Invoke(options);
        });
        var built = builder.Build();
        built.MapWechatSandbox();
        return built;
    }
}
