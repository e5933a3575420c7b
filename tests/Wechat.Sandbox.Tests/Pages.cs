using System.Text.RegularExpressions;

namespace Courier.Wechat.Sandbox.Tests;

public sealed partial class Pages
{
    [GeneratedRegex("""(?:src|href)=["']([^"']+)["']|from ['"]([^'"]+)['"]""")]
    private static partial Regex References();

    [Fact]
    public async Task The_phone_page_and_all_that_it_loads_come_from_here()
    {
        await using var host = await SandboxHost.Start();
        var open = new Queue<string>(["/sandbox", "/sandbox/phone", "/sandbox/assets/authorize.js"]);
        var seen = new HashSet<string>();
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var response = await host.Http.GetAsync(host.Address + path);
            ((int)response.StatusCode).ShouldBe(200, path);
            if (path.StartsWith("/sandbox/control/")) continue;
            foreach (Match match in References().Matches(await response.Content.ReadAsStringAsync()))
            {
                var target = match.Groups[1].Value + match.Groups[2].Value;
                if (target.StartsWith("data:") || target.Contains("${")) continue;
                target.ShouldNotStartWith("http");
                target.ShouldNotStartWith("//");
                open.Enqueue(target.StartsWith("./") ? "/sandbox/assets/" + target[2..] : target);
            }
        }
        seen.ShouldContain("/sandbox/assets/sms.js");
        seen.ShouldContain("/sandbox/assets/phone.css");
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var host = await SandboxHost.Start();
        using var response = await host.Http.GetAsync($"{host.Address}/sandbox/assets/nothing.js");
        ((int)response.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task An_open_page_hears_of_a_push_at_once()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var stream = await host.Http.GetStreamAsync($"{host.Address}/sandbox/control/stream", deadline.Token);
        using var reader = new StreamReader(stream);
        await Line(reader, line => line == "event: hello", deadline.Token);
        (await host.SendText(await host.AccessToken(), openid, "派送中")).Errcode().ShouldBe(0);
        await Line(reader, line => line == "event: chat", deadline.Token);
        (await Line(reader, line => line.StartsWith("data:"), deadline.Token)).ShouldContain("派送中");
    }

    static async Task<string> Line(StreamReader reader, Func<string, bool> fine, CancellationToken ct)
    {
        while (await reader.ReadLineAsync(ct) is { } line)
            if (fine(line)) return line;
        throw new EndOfStreamException();
    }
}
