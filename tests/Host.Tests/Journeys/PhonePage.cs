using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>What journeys do on a customer's pages under /app, wherever the program runs.</summary>
internal static class PhonePage
{
    /// <summary>A page of the app on a phone's browser; the pages must have been built (test.sh does).</summary>
    public static async Task<IPage> OpenApp(this Browser browser, Uri address, string path)
    {
        using var http = new HttpClient { BaseAddress = address };
        (await http.GetAsync("/app/")).IsSuccessStatusCode.ShouldBeTrue("the customers' pages are not built: cd src/Web/customer && npm ci && npm run build");
        return await browser.OpenOnAPhone(new Uri(address, "/app/#" + path));
    }

    public static Task Go(this IPage page, Uri address, string path) => page.GotoAsync(new Uri(address, "/app/#" + path).ToString());

    /// <summary>Signs in on the page that asks for it, with the code that the sandbox's operator of text messages got.</summary>
    public static async Task SignIn(this IPage page, HttpClient http, string phone)
    {
        await page.Fill("phone", phone);
        await page.GetByTestId("send-code").ClickAsync();
        await Expect(page.GetByTestId("send-code")).ToContainTextAsync("秒后重发");
        var texts = JsonNode.Parse(await http.GetStringAsync("/simulator/sms/" + phone))!["messages"]!.AsArray();
        await page.Fill("code", texts[^1]!["code"]!.GetValue<string>());
        await page.GetByTestId("sign-in").ClickAsync();
    }

    public static Task Fill(this IPage page, string field, string text) => page.Visible(field).Last.Locator("input, textarea").Last.FillAsync(text);

    /// <summary>What is on the page that is on top; those below stay in the document.</summary>
    public static ILocator Visible(this IPage page, string id) => page.GetByTestId(id).Filter(new() { Visible = true });

    /// <summary>Fills a side of a parcel from a pasted address.</summary>
    public static async Task Paste(this IPage page, string side, string text, string district)
    {
        await page.Visible(side).Locator(".grow").First.ClickAsync();
        await page.Fill("paste", text);
        await page.Visible("read").ClickAsync();
        await Expect(page.Visible("region").Locator("input")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(district));
        await page.Visible("save").ClickAsync();
        await Expect(page.Visible(side)).ToContainTextAsync(district);
    }

    /// <summary>Does something and waits until the host has answered well what the page then asked.</summary>
    public static async Task Answered(this IPage page, string end, Func<Task> act, string? asking = null)
    {
        var answer = await page.RunAndWaitForResponseAsync(act, r => r.Url.EndsWith(end, StringComparison.Ordinal) && (asking is null || r.Request.PostData?.Contains(asking, StringComparison.Ordinal) == true));
        answer.Ok.ShouldBeTrue($"{answer.Status} {await answer.TextAsync()}");
    }

    /// <summary>Says yes to what the page asks once more.</summary>
    public static Task Confirm(this IPage page) => page.Locator(".uni-modal__btn_primary").ClickAsync();

    /// <summary>Says no to what the page asks.</summary>
    public static Task Decline(this IPage page) => page.Locator(".uni-modal__btn_default").ClickAsync();

    public static async Task<JsonNode> PostJson(this HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Courier.Kernel.Ids.New(TimeProvider.System));
        using var answer = await http.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync()}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
