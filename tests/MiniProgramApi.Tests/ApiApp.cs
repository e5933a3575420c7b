using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Courier.Services.Staff;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.MiniProgramApi.Tests;

/// <summary>The real host with a carrier core, WeChat's answer to a log-in and the operator of SMS at hand.</summary>
public sealed partial class ApiApp : IAsyncLifetime
{
    public const string CounterSecret = "secret-of-the-counter", LockerSecret = "secret-of-the-locker";

    public const string Secret = "secret-of-the-first-core", Previous = "previous-secret-of-the-core";

    private static readonly StaffId Operator = StaffId.Parse(new string('e', 32));

    private CourierApp? _app;
    private int _last;

    public CourierApp App => _app!;
    public string CommandTimeout { get; init; } = "00:00:30";
    public string Patience { get; init; } = "00:00:30";
    public bool Demo { get; init; }
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
    public Phones Sms { get; } = new();
    public WechatLogin Wechat { get; } = new();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new()
    {
        Demo = Demo,
        Settings = new Dictionary<string, string>(Settings)
        {
            ["Database:CommandTimeout"] = CommandTimeout,
            ["Carrier:Patience"] = Patience,
            ["Carrier:Cores:0:Name"] = "first", ["Carrier:Cores:0:Key"] = "first-key", ["Carrier:Cores:0:Secret"] = Secret, ["Carrier:Cores:0:PreviousSecret"] = Previous,
            ["Outlets:Counters:0:Outlet"] = "HZ001", ["Outlets:Counters:0:Key"] = "counter", ["Outlets:Counters:0:Secret"] = CounterSecret,
            ["Lockers:Devices:0:Locker"] = "HZL001", ["Lockers:Devices:0:Key"] = "locker", ["Lockers:Devices:0:Secret"] = LockerSecret,
            ["Carrier:Cores:1:Name"] = "second", ["Carrier:Cores:1:Key"] = "second-key", ["Carrier:Cores:1:Secret"] = "secret-of-the-second-core",
        },
        Services = services =>
        {
            services.Replace(ServiceDescriptor.Singleton<ISmsSender>(Sms));
            services.Replace(ServiceDescriptor.Singleton<IWechatLogin>(Wechat));
        },
    });

    public async Task DisposeAsync() => await App.DisposeAsync();

    public string NewNumber()
    {
        var digits = (800_000_000 + Interlocked.Increment(ref _last)).ToString("d12", CultureInfo.InvariantCulture);
        return "CY" + digits + CheckDigits.Luhn(digits);
    }

    public string NewPhone() => $"136{Interlocked.Increment(ref _last):d4}{2000 + _last % 7000:d4}";

    public string Time(int minutes = 0) => App.Clock.GetUtcNow().AddMinutes(minutes).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Posts as a core does; what is given replaces what is right.</summary>
    public Task<Answer> Post(string path, string body, string key = "first-key", string secret = Secret, long skewSeconds = 0, string? signature = null) =>
        Signed("/api/carrier/" + path, body, key, secret, skewSeconds, signature);

    /// <summary>Posts as a core, a counter or a locker does.</summary>
    public async Task<Answer> Signed(string path, string body, string key, string secret, long skewSeconds = 0, string? signature = null)
    {
        var timestamp = (App.Clock.GetUtcNow().ToUnixTimeSeconds() + skewSeconds).ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Courier-Key", key);
        request.Headers.Add("X-Courier-Timestamp", timestamp);
        request.Headers.Add("X-Courier-Signature", signature ?? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp + "\n" + body))));
        return await Answer.Of(await App.Http.SendAsync(request));
    }

    public async Task<string> AParcel(string sender = "13700001111", string recipient = "13800002222")
    {
        var number = NewNumber();
        var answer = await Post("waybills", Json(new { waybills = new[] { Waybill(number, sender, recipient) } }));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Json.GetProperty("accepted").GetInt32().ShouldBe(1, answer.Text);
        return number;
    }

    public static object Waybill(string number, string sender = "13700001111", string recipient = "13800002222") => new
    {
        waybill = number, product = "standard", weightGrams = 800, promisedBy = "2026-11-24T18:00:00+08:00",
        sender = new { name = "王小明", phone = sender, province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路 1 号" },
        recipient = new { name = "李小雷", phone = recipient, province = "上海市", city = "上海市", district = "浦东新区", detail = "世纪大道 2 号" },
    };

    public object Event(string waybill, string code, int minutes = 0, string text = "快件已扫描", string? id = null) => new
    {
        id = id ?? $"event-{Interlocked.Increment(ref _last)}", waybill, code, time = Time(minutes), city = "杭州市", place = "西湖一部", text,
    };

    public async Task<Answer> Events(params object[] events) => await Post("routes", Json(new { events }));

    /// <summary>Signs somebody in; with a phone, it is proven by SMS.</summary>
    public async Task<HttpClient> ACustomer(string? phone = null)
    {
        var client = App.NewClient();
        var signedIn = await Send(client, HttpMethod.Post, "session/wechat", new { appId = "wxdemo0000000002", code = $"code-{Interlocked.Increment(ref _last)}" });
        signedIn.Status.ShouldBe(HttpStatusCode.OK, signedIn.Text);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Json.GetProperty("token").GetString());
        if (phone is null) return client;
        (await Send(client, HttpMethod.Post, "session/sms", new { phone })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Send(client, HttpMethod.Post, "session/sms/verify", new { phone, code = Sms.CodeFor(phone) })).Status.ShouldBe(HttpStatusCode.OK);
        return client;
    }

    /// <summary>Signs somebody in by a number alone, as browsers do.</summary>
    public async Task<HttpClient> ABrowser(string phone)
    {
        var client = App.NewClient();
        (await Send(client, HttpMethod.Post, "session/sms", new { phone })).Status.ShouldBe(HttpStatusCode.NoContent);
        var signedIn = await Send(client, HttpMethod.Post, "session/sms/verify", new { phone, code = Sms.CodeFor(phone) });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Json.GetProperty("token").GetString());
        return client;
    }

    /// <summary>An organisation whose owner is invited by phone.</summary>
    public async Task<string> AnOrganisation(string code, string ownerPhone)
    {
        CreditCode.TryParse(code, null, out var creditCode).ShouldBeTrue();
        var (db, clock) = (App.Get<Kernel.Data.Db>(), App.Clock);
        var made = await SaveOrganisation.Create(db, clock, new OrganisationDraft("测试企业", creditCode, "YJ-1"), Operator, "test", default);
        await InviteToOrganisation.Execute(db, App.Get<Kernel.Data.DataKeys>(), clock, Sms, made.Id, Kernel.Phone.Parse(ownerPhone), OrganisationRole.Owner, OrganisationActor.Staff(Operator, "test"), default);
        return made.Id;
    }

    public Task<Answer> Send(HttpMethod method, string path, object? body = null) => Send(App.Http, method, path, body);

    public static async Task<Answer> Send(HttpClient client, HttpMethod method, string path, object? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, "/api/customer/v1/" + path);
        if (body is not null) request.Content = new StringContent(body as string ?? Json(body), Encoding.UTF8, "application/json");
        if (idempotencyKey is null && method == HttpMethod.Post && path is "orders" or "orders/batch") idempotencyKey = Courier.Kernel.Ids.New(TimeProvider.System); // nothing is ordered without one
        if (idempotencyKey is { Length: > 0 }) request.Headers.Add("Idempotency-Key", idempotencyKey);
        var answer = await Answer.Of(await client.SendAsync(request));
        if (answer.MediaType == "application/problem+json") (await InterfaceText.Of(client)).ShouldKnow(method, request.RequestUri!.OriginalString, answer);
        return answer;
    }

    public static string Json(object value) => JsonSerializer.Serialize(value, KernelJson.Options);

    /// <summary>The operator of text messages: keeps the last one of each number.</summary>
    public sealed partial class Phones : ISmsSender
    {
        private readonly Dictionary<string, string> _texts = [];

        public bool Down { get; set; }

        public Task<bool> Send(Phone to, string text, string idempotencyKey, CancellationToken ct)
        {
            if (!Down) _texts[to.Text] = text;
            return Task.FromResult(!Down);
        }

        public string CodeFor(string phone) => SixDigits().Match(_texts[phone]).Value;

        [GeneratedRegex("[0-9]{6}")]
        private static partial Regex SixDigits();
    }

    /// <summary>WeChat, where every code but "used" is somebody, and a phone's code is the phone.</summary>
    public sealed class WechatLogin : IWechatLogin
    {
        public Task<WechatIdentity> Login(string appId, string code, CancellationToken ct) =>
            code == "used" ? throw new RuleBroken("session.code_invalid", "登录凭证无效") : Task.FromResult(new WechatIdentity(appId, OpenId.Parse("o-" + code), null));

        public Task<Phone> PhoneNumber(string appId, string code, CancellationToken ct) =>
            Phone.TryParse(code, out var phone) ? Task.FromResult(phone) : throw new RuleBroken("session.code_invalid", "登录凭证无效");
    }
}

/// <summary>An answer with its body read.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Json.GetProperty("code").GetString();

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        using (response) return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    public void ShouldBeRefused(HttpStatusCode status, string code)
    {
        Status.ShouldBe(status, Text);
        MediaType.ShouldBe("application/problem+json");
        Code.ShouldBe(code);
        Json.GetProperty("title").GetString()!.ShouldContain(c => c > '\u4e00' && c < '\u9fff', Text);
    }
}
