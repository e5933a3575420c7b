using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Courier.Bench;

/// <summary>Something that WeChat was asked to show a follower.</summary>
/// <param name="OpenId">Whom.</param>
/// <param name="Text">What; of a template message all of its values.</param>
/// <param name="ClientId">client_msg_id, by which WeChat drops repeats; null where the call takes none.</param>
internal sealed record Shown(string OpenId, string Text, string? ClientId);

/// <summary>A far end that takes everything and keeps in mind what it was asked to show, in this process, so that it outlives the product.</summary>
internal sealed class WechatStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Shown> _shown = [];
    private int _messageId;

    private WechatStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/cgi-bin/stable_token", () => TypedResults.Text("""{"access_token":"token-of-the-stub","expires_in":7200}""", "application/json"));
        _app.MapPost("/cgi-bin/message/custom/send", request => Take(request, body =>
            new Shown(body.GetProperty("touser").GetString()!, body.TryGetProperty("text", out var text) ? text.GetProperty("content").GetString()! : body.GetRawText(), null)));
        _app.MapPost("/cgi-bin/message/template/send", request => Take(request, body =>
            new Shown(body.GetProperty("touser").GetString()!, body.GetProperty("data").GetRawText(), body.GetProperty("client_msg_id").GetString())));
        _app.MapFallback(() => TypedResults.Text("""{"errcode":0,"errmsg":"ok"}""", "application/json"));
    }

    /// <summary>What it was asked to show so far, repeats by client id included.</summary>
    public IReadOnlyCollection<Shown> Shown => _shown;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<WechatStub> Start()
    {
        var stub = new WechatStub();
        await stub._app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context, Func<JsonElement, Shown> read)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        _shown.Enqueue(read(body.RootElement));
        var id = Interlocked.Increment(ref _messageId).ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"errcode":0,"errmsg":"ok","msgid":{{id}}}""");
    }
}
