using System.Net.Http.Json;
using Courier.Testing;

namespace Courier.Gateway.Tests;

/// <summary>Demo staff in front of the desk.</summary>
internal static class DeskPeople
{
    /// <summary>The browser of a signed-in member of the demo staff; the app was started with demo data.</summary>
    public static async Task<HttpClient> AtTheDesk(this CourierApp app, string name)
    {
        var browser = app.NewClient(cookies: true);
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        using var answer = await browser.PostAsJsonAsync("/api/desk/v1/session", new { name, password = "demo" + name });
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return browser;
    }
}
