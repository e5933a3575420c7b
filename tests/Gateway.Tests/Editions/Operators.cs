using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Testing;

namespace Courier.Gateway.Tests.Editions;

/// <summary>Somebody at the desk who works with menus and keywords.</summary>
internal sealed class Operators(HttpClient browser) : IDisposable
{
    public const string Menu = "menus/" + Pushes.Official, Keywords = "keywords";

    /// <summary>One of the demo staff, signed in.</summary>
    public static async Task<Operators> SignIn(CourierApp app, string name)
    {
        var browser = app.NewClient(cookies: true);
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        using var answer = await browser.PostAsJsonAsync("/api/desk/v1/session", new { name, password = "demo" + name });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Operators(browser);
    }

    public async Task<JsonNode> Get(string path) => await Json(await browser.GetAsync("/api/desk/v1/wechat/" + path), HttpStatusCode.OK);

    public async Task<JsonNode> Post(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await Json(await Send(HttpMethod.Post, path, body), expected);

    public async Task<JsonNode> Put(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await Json(await Send(HttpMethod.Put, path, body), expected);

    public async Task<JsonNode> Delete(string path, HttpStatusCode expected = HttpStatusCode.NoContent) =>
        await Json(await Send(HttpMethod.Delete, path, new { }), expected);

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, object body, string? key = null)
    {
        var request = new HttpRequestMessage(method, "/api/desk/v1/wechat/" + path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return browser.SendAsync(request);
    }

    /// <summary>The stable code of a refusal.</summary>
    public async Task<string> Refused(string path, object body, HttpStatusCode expected = HttpStatusCode.Conflict) =>
        (await Post(path, body, expected))["code"]!.GetValue<string>();

    /// <summary>Begins a draft of a content, from the live edition or from another.</summary>
    public async Task<Draft> Begin(string content, long? from = null) => new(this, content, await Post($"{content}/editions", new { from }, HttpStatusCode.Created));

    public async Task<Draft> Open(string content, long number) => new(this, content, await Get($"{content}/editions/{number}"));

    public void Dispose() => browser.Dispose();

    private static async Task<JsonNode> Json(HttpResponseMessage answer, HttpStatusCode expected)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(expected, text);
            return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        }
    }
}

/// <summary>An edition as somebody sees it; its steps carry the version that was seen last.</summary>
internal sealed class Draft(Operators who, string content, JsonNode view)
{
    public JsonNode View { get; private set; } = view;

    public long Number => View["edition"]!["number"]!.GetValue<long>();

    public long Version => View["edition"]!["version"]!.GetValue<long>();

    public string State => View["edition"]!["state"]!.GetValue<string>();

    public string Problem => View["edition"]!["problem"]!.GetValue<string>();

    public JsonNode Content => View["content"]!;

    public IReadOnlyList<(string Path, string Field, bool IsWarning)> Problems => [.. View["problems"]!.AsArray().Select(p =>
        (p!["path"]!.GetValue<string>(), p["field"]!.GetValue<string>(), p["isWarning"]!.GetValue<bool>()))];

    public string Path => $"{content}/editions/{Number}";

    public bool May(string what) => View["may"]![what]!.GetValue<bool>();

    /// <summary>The same edition in somebody else's eyes.</summary>
    public async Task<Draft> SeenBy(Operators other) => await other.Open(content, Number);

    public async Task<Draft> Edit(Action<JsonNode> change)
    {
        change(Content);
        View = await who.Put(Path, new { version = Version, content = Content });
        return this;
    }

    public async Task<Draft> Take(string step, string remark = "")
    {
        View = await who.Post($"{Path}/{step}", new { version = Version, remark });
        return this;
    }

    public Task<string> Refused(string step, string remark = "") => who.Refused($"{Path}/{step}", new { version = Version, remark });
}
