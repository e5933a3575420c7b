using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests;

/// <summary>The product with demo staff, and people at the desk by intent.</summary>
public sealed class DeskApp : IAsyncLifetime
{
    private CourierApp? _app;
    private int _accounts;

    public CourierApp App => _app ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { Demo = true });

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>A browser that nobody has signed in with; it sends the header that the page sends.</summary>
    public HttpClient ABrowser()
    {
        var browser = App.NewClient(cookies: true);
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        return browser;
    }

    /// <summary>The browser of a signed-in member of the demo staff, or of another account.</summary>
    public async Task<HttpClient> SignedIn(string name, string? password = null)
    {
        var browser = ABrowser();
        (await Desk.SignIn(browser, name, password ?? "demo" + name)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    /// <summary>A new account that the member has already given a password of its own.</summary>
    public async Task<(string Id, string Name, string Password)> AnAccount(params string[] roles)
    {
        using var admin = await SignedIn("admin");
        var name = $"newcomer{Interlocked.Increment(ref _accounts)}";
        var created = await Desk.Json(await admin.PostAsJsonAsync("/api/desk/v1/accounts", new { name, displayName = "新同事", roles, password = "given by the admin" }), HttpStatusCode.Created);
        using var browser = await SignedIn(name, "given by the admin");
        (await browser.PostAsJsonAsync("/api/desk/v1/session/password", new { current = "given by the admin", next = "chosen by myself" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return (created.GetProperty("id").GetString()!, name, "chosen by myself");
    }
}

/// <summary>Requests that many tests make.</summary>
public static class Desk
{
    public static Task<HttpResponseMessage> SignIn(HttpClient browser, string name, string password) =>
        browser.PostAsJsonAsync("/api/desk/v1/session", new { name, password });

    public static async Task<JsonElement> Json(HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public static async Task<JsonElement> Get(HttpClient browser, string path) => await Json(await browser.GetAsync("/api/desk/v1" + path));

    public static async Task<string?> Code(HttpResponseMessage answer, HttpStatusCode expected) => (await Json(answer, expected)).GetProperty("code").GetString();
}
