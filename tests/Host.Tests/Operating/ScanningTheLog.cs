using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Courier.Testing;
using Courier.Wechat.Client.AccessTokens;

namespace Courier.Host.Tests.Operating;

/// <summary>
/// A mixed day, good and bad, at the most talkative level of every library: of all that is secret or personal in it nothing is in
/// what the process wrote.
/// </summary>
public sealed class ScanningTheLog : IAsyncLifetime
{
    private const string Account = "wxdemo0000000001", MiniProgram = "wxdemo0000000002", Core = "demo-core", CoreSecret = "demo-core-secret-for-development";
    private const string Phone = "13911117777", SenderPhone = "13811118888", GuestPhone = "13711119999", Detail = "翡翠花园七栋二单元一九零二室", SenderDetail = "金融港五号楼八层", Name = "欧阳慕容雪";
    private const string TemplateCall = "/cgi-bin/message/template/send";

    private readonly string _data = Directory.CreateTempSubdirectory("courier-scan-").FullName;
    private readonly List<string> _secrets =
    [
        "demo-official-account-secret-0001", "demo-mini-program-secret-00000002", "demoCallbackToken1", "demoCallbackToken2", CoreSecret,
        "DemoEncodingAesKeyOfficialAccount0000000004", "DemoEncodingAesKeyMiniProgram00000000000008", "demo-data-key-for-development-only",
        "demoagent1001", "wrong-password-of-somebody", "made-up-session-token-0123456789", Phone, SenderPhone, GuestPhone, Detail, SenderDetail, Name,
    ];

    private CourierApp _app = null!;
    private int _event;

    public async Task InitializeAsync()
    {
        var levels = new[] { "Default", "Override:Microsoft", "Override:Microsoft.AspNetCore.DataProtection", "Override:Microsoft.Hosting.Lifetime", "Override:System.Net.Http", "Override:Quartz" };
        _app = await CourierApp.Start(new()
        {
            Demo = true,
            DataDirectory = _data,
            Settings = levels.ToDictionary(level => "Serilog:MinimumLevel:" + level, _ => "Verbose"),
        });
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_data, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Nothing_secret_or_personal_is_written_whatever_happens()
    {
        await using (_app)
        {
            await CarrierAndItsMistakes();
            await FollowerBindsThePhoneAndAsks();
            await MiniProgramCustomerSignsIn();
            await GuestSignsInByTextMessage();
            await AgentSignsIn();
            await PushesGoWrongInManyWays();
            await StrangersTryTheDoors();
            foreach (var appId in (string[])[Account, MiniProgram])
                if (await _app.Get<ITokenStore>().Load(new TokenName(appId, TokenKind.AccessToken), default) is { Value: { Length: > 0 } token }) _secrets.Add(token);
        }
        var lines = await File.ReadAllLinesAsync(Directory.EnumerateFiles(Path.Combine(_data, "logs")).Single());
        lines.Length.ShouldBeGreaterThan(300, "the libraries talk");
        lines.ShouldContain(line => line.Contains($"WeChat, account {Account}", StringComparison.Ordinal), "the failures are told");
        lines.ShouldContain(line => line.Contains(" DBG ", StringComparison.Ordinal));
        _secrets.Count.ShouldBeGreaterThan(25);
        foreach (var secret in _secrets)
            lines.Where(line => Regex.IsMatch(line, $@"(?<![0-9A-Za-z._-]){Regex.Escape(secret)}(?![0-9A-Za-z_-])")).ShouldBeEmpty(secret);
    }

    private async Task CarrierAndItsMistakes()
    {
        var waybills = Waybills("CY7000000077011");
        (await Signed("/api/carrier/waybills", waybills)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Signed("/api/carrier/waybills", waybills, secret: "some-other-secret-of-a-core")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Signed("/api/carrier/waybills", waybills[..^2])).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Signed("/api/carrier/waybills", waybills.Replace("\"浙江省\"", "7", StringComparison.Ordinal))).StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError);
        await Report("picked_up");
    }

    private async Task FollowerBindsThePhoneAndAsks()
    {
        await Control("followers", new { appId = Account, openid = "oScanned01", phone = Phone, nickname = "被扫描者" });
        await Say("绑定手机 " + Phone);
        await Say(await CodeFor(Phone));
        await Say("我的快递");
        await Say("CY7000000077011 7777");
        await Say("CY7000000077011 0000");
        await Say($"地址改成 {Detail}，电话 {Phone}");
        await _app.Settle();
    }

    private async Task MiniProgramCustomerSignsIn()
    {
        var openid = Text(await Control("followers", new { appId = MiniProgram, phone = Phone, nickname = "小程序", follow = false }), "openid");
        var code = Remember(Text(await Control("login-code", new { openid }), "code"));
        var session = await Json(await _app.Http.PostAsJsonAsync("/api/customer/v1/session/wechat", new { appId = MiniProgram, code }));
        using var me = _app.NewClient();
        me.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Remember(Text(session, "token")));
        var phoneCode = Remember(Text(await Control("phone-code", new { openid }), "code"));
        (await me.PostAsJsonAsync("/api/customer/v1/session/phone", new { code = phoneCode })).EnsureSuccessStatusCode();
        (await me.GetStringAsync("/api/customer/v1/parcels")).ShouldContain("CY7000000077011");
        (await _app.Http.PostAsJsonAsync("/api/customer/v1/session/wechat", new { appId = MiniProgram, code })).IsSuccessStatusCode.ShouldBeFalse("a code works once");
        (await me.DeleteAsync("/api/customer/v1/session")).EnsureSuccessStatusCode();
    }

    private async Task GuestSignsInByTextMessage()
    {
        (await _app.Http.PostAsJsonAsync("/api/customer/v1/session/sms", new { phone = GuestPhone })).EnsureSuccessStatusCode();
        var code = await CodeFor(GuestPhone);
        var session = await Json(await _app.Http.PostAsJsonAsync("/api/customer/v1/session/sms/verify", new { phone = GuestPhone, code }));
        Remember(Text(session, "token"));
        await _app.Http.PostAsJsonAsync("/simulator/faults", new { sms = "down" });
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        (await _app.Http.PostAsJsonAsync("/api/customer/v1/session/sms", new { phone = GuestPhone })).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private async Task AgentSignsIn()
    {
        using var desk = _app.NewClient();
        desk.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        (await desk.PostAsJsonAsync("/api/desk/v1/session", new { name = "agent1001", password = "wrong-password-of-somebody" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var signedIn = await desk.PostAsJsonAsync("/api/desk/v1/session", new { name = "agent1001", password = "demoagent1001" });
        var cookie = signedIn.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").First().Split(';')[0];
        Remember(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        desk.DefaultRequestHeaders.Add("Cookie", cookie);
        (await desk.GetAsync("/api/desk/v1/session")).EnsureSuccessStatusCode();
    }

    private async Task PushesGoWrongInManyWays()
    {
        _app.Clock.Sleep(TimeSpan.FromHours(49)); // templates from here on
        object[] faults =
        [
            new { appId = Account, call = TemplateCall, errcode = 40001, times = 1 }, new { appId = Account, call = TemplateCall, errcode = -1, times = 5 },
            new { appId = Account, call = TemplateCall, errcode = 47003, times = 1 }, new { appId = Account, call = TemplateCall, refuse = true, times = 2 },
        ];
        foreach (var (fault, code) in faults.Zip((string[])["out_for_delivery", "in_locker", "out_for_delivery", "in_station"]))
        {
            await Control("faults", fault);
            await Report(code);
            await Live(TimeSpan.FromSeconds(40));
        }
        await Control("tokens/expire", new { appId = Account, how = "replace" });
        await Report("signed");
        await Live(TimeSpan.FromSeconds(40));
    }

    private async Task StrangersTryTheDoors()
    {
        (await _app.Http.PostAsync($"/wechat/callback/{Account}?signature=0&timestamp=1&nonce=2&openid=o", new StringContent($"<xml><Content>{Phone}</Content></xml>"))).Dispose();
        (await _app.Http.GetAsync($"/wechat/callback/{Account}?signature=0&timestamp=1&nonce=2&echostr=9")).Dispose();
        using var stranger = new HttpRequestMessage(HttpMethod.Get, "/api/customer/v1/parcels");
        stranger.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "made-up-session-token-0123456789");
        (await _app.Http.SendAsync(stranger)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _app.Http.PostAsync("/api/customer/v1/session/sms", new StringContent($"{{\"phone\":\"{GuestPhone}\"", Encoding.UTF8, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _app.Http.PostAsJsonAsync("/api/customer/v1/parcels/lookup", new { waybills = new[] { "CY7000000077011" }, phoneTail = "0000" })).Dispose();
        (await _app.Http.GetAsync("/nowhere?phone=" + Phone + "&token=made-up-session-token-0123456789")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task Live(TimeSpan time) => _app.Live(time, step: TimeSpan.FromSeconds(2));

    private static string Waybills(string waybill) => JsonSerializer.Serialize(new
    {
        waybills = new[] { new { waybill, product = "standard", sender = Party(SenderPhone, SenderDetail), recipient = Party(Phone, Detail), weightGrams = 1000 } },
    }, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static object Party(string phone, string detail) => new { name = Name, phone, province = "浙江省", city = "杭州市", district = "西湖区", detail };

    private async Task Report(string code)
    {
        var at = _app.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var events = new[] { new { id = $"scan-{++_event}", waybill = "CY7000000077011", code, time = at, city = "杭州市", place = "西湖网点", text = $"派件员 {SenderPhone} 正在处理" } };
        (await Signed("/api/carrier/routes", JsonSerializer.Serialize(new { events }))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> Signed(string path, string body, string secret = CoreSecret)
    {
        var stamp = _app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Courier-Key", Core);
        request.Headers.Add("X-Courier-Timestamp", stamp);
        request.Headers.Add("X-Courier-Signature", Remember(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(stamp + "\n" + body)))));
        return await _app.Http.SendAsync(request);
    }

    private async Task<string> CodeFor(string phone)
    {
        var texts = JsonNode.Parse(await _app.Http.GetStringAsync("/simulator/sms/" + phone))!["messages"]!.AsArray();
        return Remember(texts[^1]!["code"]!.GetValue<string>());
    }

    private Task Say(string message) => Control("say", new { openid = "oScanned01", message });

    private async Task<JsonNode> Control(string path, object body) => await Json(await _app.Http.PostAsJsonAsync("/sandbox/control/" + path, body));

    private static async Task<JsonNode> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private string Remember(string secret)
    {
        _secrets.Add(secret);
        return secret;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
