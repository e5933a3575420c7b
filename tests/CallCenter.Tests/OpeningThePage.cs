using System.Net;
using System.Text.RegularExpressions;

namespace Courier.CallCenter.Tests;

public sealed partial class OpeningThePage(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task It_comes_without_a_sign_in_and_holds_no_script_of_its_own()
    {
        using var answer = await desk.App.Http.GetAsync("/desk");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("lang=\"zh-CN\"");
        Regex.Matches(html, "<script(?![^>]* src=)").ShouldBeEmpty();
        Regex.Matches(html, " on[a-z]+=").ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_file_that_it_names_is_there_and_none_lies_elsewhere()
    {
        var open = new Queue<string>(["/desk"]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var answer = await desk.App.Http.GetAsync(path);
            (path, answer.StatusCode).ShouldBe((path, HttpStatusCode.OK));
            var text = await answer.Content.ReadAsStringAsync();
            ForeignAddress().Matches(text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)).ShouldBeEmpty(path);
            foreach (Match m in Reference().Matches(text)) open.Enqueue("/desk/" + m.Groups["file"].Value);
        }
        seen.Count.ShouldBeGreaterThan(10);
        seen.ShouldContain("/desk/conversations.js");
    }

    [Fact]
    public async Task A_file_that_was_not_changed_is_not_sent_again()
    {
        using var first = await desk.App.Http.GetAsync("/desk/main.js");
        var request = new HttpRequestMessage(HttpMethod.Get, "/desk/main.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await desk.App.Http.SendAsync(request);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/desk/nothing.js")]
    [InlineData("/desk/..%2F..%2Fappsettings.json")]
    public async Task What_is_not_part_of_the_page_is_not_found(string path) =>
        (await desk.App.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [GeneratedRegex("""(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}""")]
    private static partial Regex ForeignAddress();

    [GeneratedRegex("""(?:["']/desk/|from '\./)(?<file>[a-z-]+\.[a-z]+)["']""")]
    private static partial Regex Reference();
}
