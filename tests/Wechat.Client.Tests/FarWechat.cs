using System.Collections.Concurrent;
using System.Text;
using Courier.Wechat.Client.AccessTokens;
using Courier.Wechat.Client.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Wechat.Client.Tests;

/// <summary>One request as it reached WeChat's end.</summary>
sealed record Seen(string Method, string Path, string Query, string ContentType, byte[] Bytes)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public string? Token => System.Web.HttpUtility.ParseQueryString(Query)["access_token"];
}

/// <summary>WeChat's end of the wire: a real server that answers what a test tells it, and remembers what it was asked.</summary>
sealed class FarWechat : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IDisposable> _open = [];
    private int _tokens;

    public FarWechat()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
        _app.Start();
    }

    public Uri Address => new(_app.Urls.First() + "/under/wechat/");

    /// <summary>Everything that was asked, in order.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = new();

    /// <summary>What is answered to a call; null for the answer of a healthy WeChat. Tokens are given out by themselves unless this answers.</summary>
    public Func<Seen, Task<IResult?>> Answers { get; set; } = _ => Task.FromResult<IResult?>(null);

    public void Reply(Func<Seen, string?> answer) => Answers = seen => Task.FromResult(answer(seen) is { } json ? Results.Text(json, "application/json") : null);

    public int Count(string path) => Requests.Count(seen => seen.Path == path);

    /// <summary>A client as one process has it.</summary>
    public WechatClient Client(ITokenStore? store = null, TimeProvider? clock = null, Action<WechatAlert>? alert = null, ILogger<WechatClient>? logger = null, TimeSpan? timeout = null, Func<WechatClientOptions, WechatClientOptions>? adapt = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        _open.Add(http);
        var options = new WechatClientOptions { BaseAddress = _ => Address, Alert = alert, Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        return new WechatClient(http, store ?? new MemoryTokenStore(), adapt?.Invoke(options) ?? options, clock ?? TimeProvider.System,
            logger ?? Microsoft.Extensions.Logging.Abstractions.NullLogger<WechatClient>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(client => client.Dispose());
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var path = context.Request.Path.Value!.Replace("/under/wechat", "", StringComparison.Ordinal);
        var seen = new Seen(context.Request.Method, path, context.Request.QueryString.Value ?? "", context.Request.ContentType ?? "", body.ToArray());
        Requests.Enqueue(seen);
        var answer = await Answers(seen) ?? Results.Text(Healthy(seen), "application/json");
        await answer.ExecuteAsync(context);
    }

    private string Healthy(Seen seen) => seen.Path switch
    {
        "/cgi-bin/stable_token" => $$"""{"access_token":"TOKEN-{{Interlocked.Increment(ref _tokens)}}","expires_in":7200}""",
        "/cgi-bin/ticket/getticket" => """{"errcode":0,"errmsg":"ok","ticket":"TICKET-1","expires_in":7200}""",
        _ => """{"errcode":0,"errmsg":"ok"}""",
    };
}
