using System.Net;
using Courier.Testing;

namespace Courier.Host.Tests.Serving;

/// <summary>The customers' pages as they come over the wire, with files of the test's own in place of built ones.</summary>
public sealed class ServingTheCustomerApp : IAsyncLifetime
{
    private readonly TemporaryDirectory _pages = new();
    private CourierApp _app = null!;

    public async Task InitializeAsync() =>
        _app = await CourierApp.Start(new() { Settings = new Dictionary<string, string> { ["Pages:Directory"] = _pages.Path } });

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _pages.Dispose();
    }

    [Fact]
    public async Task The_page_is_asked_for_each_time_and_says_when_nothing_changed()
    {
        Write("index.html", "<!doctype html><title>快递</title>");
        using var first = await _app.Http.GetAsync("/app/");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        first.Headers.CacheControl!.NoCache.ShouldBeTrue();
        (await first.Content.ReadAsStringAsync()).ShouldContain("快递");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/app/");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _app.Http.SendAsync(request);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task The_address_without_a_slash_leads_to_the_page()
    {
        using var answer = await _app.Http.GetAsync("/app");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/app/");
    }

    [Theory]
    [InlineData("br, gzip", "br", "brotli's")]
    [InlineData("gzip", "gzip", "gzip's")]
    [InlineData("br;q=0, gzip;q=0", null, "plain")]
    [InlineData("", null, "plain")]
    public async Task Assets_are_kept_for_ever_and_sent_as_small_as_the_browser_takes_them(string accepted, string? coding, string content)
    {
        Write("assets/index-1a2b.js", "plain");
        Write("assets/index-1a2b.js.br", "brotli's");
        Write("assets/index-1a2b.js.gz", "gzip's");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/app/assets/index-1a2b.js");
        if (accepted.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await _app.Http.SendAsync(request);
        answer.Headers.GetValues("Cache-Control").ShouldHaveSingleItem().ShouldBe("public, max-age=31536000, immutable");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(content);
    }

    [Fact]
    public async Task Pages_load_nothing_from_elsewhere()
    {
        Write("index.html", "<!doctype html>");
        using var answer = await _app.Http.GetAsync("/app/");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'self'; img-src 'self' data: blob:;");
    }

    [Theory]
    [InlineData("/app/../appsettings.json")]
    [InlineData("/app/..%2fappsettings.json")]
    [InlineData("/app/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/app/assets/missing.js")]
    [InlineData("/app/assets")]
    public async Task Nothing_beside_the_built_files_is_found(string path)
    {
        using var answer = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_app.Address + path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })));
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_built_pages_the_answer_says_how_they_are_built()
    {
        using var answer = await _app.Http.GetAsync("/app/");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("npm ci &amp;&amp; npm run build".Replace("&amp;", "&", StringComparison.Ordinal));
        (await _app.Http.GetAsync("/health/ready")).StatusCode.ShouldNotBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_pages_learn_through_which_account_people_sign_in() =>
        (await _app.Http.GetStringAsync("/app/site.json")).ShouldBe("""{"officialAccount":"wxdemo0000000001","demo":true}""");

    private void Write(string path, string text)
    {
        var file = Path.Combine(_pages.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
