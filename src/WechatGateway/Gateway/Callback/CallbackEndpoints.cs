using System.Buffers;
using Courier.Http;
using Courier.Wechat.Client.Callbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.WechatGateway.Callback;

/// <summary>
/// The URL that WeChat calls. Whatever is wrong with a call, it is refused in the same way: 403 with an empty body.
/// The timestamp is not judged, because WeChat's clocks and repeats are its own; a replay meets the memory of answers.
/// </summary>
internal sealed class CallbackEndpoints(WechatAccounts accounts, AnswerCallback answers, WechatOptions options, TimeProvider clock)
{
    /// <summary>Maps them by hand: these are the busiest addresses of the product, and they need nothing that lives as long as a request.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var lazy = new Lazy<CallbackEndpoints>(endpoints.ServiceProvider.GetRequiredService<CallbackEndpoints>);
        endpoints.MapGet("/wechat/callback/{appId}", context => lazy.Value.CheckUrl(context)).ForAnyone("WeChat signs what it sends").AnsweredDirectly().ExcludeFromDescription();
        endpoints.MapPost("/wechat/callback/{appId}", context => lazy.Value.Receive(context)).ForAnyone("WeChat signs what it sends").AnsweredDirectly().DisableHttpMetrics().ExcludeFromDescription();
    }

    private Task CheckUrl(HttpContext context)
    {
        var echo = context.Request.Query["echostr"].ToString();
        return accounts.TryFind(AppIdOf(context), out var account) && echo.Length is > 0 and <= 1024 && account.Reader.IsUrlCheck(QueryOf(context.Request))
            ? Write(context.Response, System.Text.Encoding.UTF8.GetBytes(echo), "text/plain; charset=utf-8")
            : Refuse(context.Response);
    }

    private async Task Receive(HttpContext context)
    {
        var started = clock.GetTimestamp();
        if (await Read(context).ConfigureAwait(false) is not var (account, callback))
        {
            GatewayMetrics.Callback("refused", clock.GetElapsedTime(started));
            await Refuse(context.Response).ConfigureAwait(false);
            return;
        }
        var answer = await answers.Execute(account, callback, out var isRepeated).ConfigureAwait(false);
        GatewayMetrics.Callback(isRepeated ? "repeated" : answer.Outcome, clock.GetElapsedTime(started));
        await (answer.Text is null
            ? Write(context.Response, CallbackReader.Success, "text/plain; charset=utf-8")
            : Write(context.Response, account.Reader.Write(callback, new TextReply(answer.Text)), CallbackReader.ContentTypeOf(callback))).ConfigureAwait(false);
    }

    private async ValueTask<(GatewayAccount, Wechat.Client.Callbacks.Callback)?> Read(HttpContext context)
    {
        // The body first: whether there is such an account must not show in how long the refusal takes.
        if (await BodyOf(context.Request, options.LongestBody).ConfigureAwait(false) is not { } body) return null;
        if (!accounts.TryFind(AppIdOf(context), out var account)) return null;
        if (!account.Reader.Read(QueryOf(context.Request), body.Span).IsAccepted(out var callback)) return null;
        return account.Receives(callback.Inbound) ? (account, callback) : null;
    }

    /// <summary>The body; null when it is longer than we read, or no body at all (a chunk that breaks HTTP's rules).</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> BodyOf(HttpRequest request, int longest)
    {
        try
        {
            return request.ContentLength > longest ? null : await ReadBody(request, longest).ConfigureAwait(false);
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBody(HttpRequest request, int longest)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync().ConfigureAwait(false);
            ReadOnlyMemory<byte>? body = read.IsCompleted && read.Buffer.Length <= longest ? read.Buffer.ToArray() : null;
            var isEnough = read.IsCompleted || read.Buffer.Length > longest;
            request.BodyReader.AdvanceTo(isEnough ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isEnough) return body;
        }
    }

    private static string AppIdOf(HttpContext context) => (string)context.Request.RouteValues["appId"]!;

    // Read where it stands: a dictionary of the query costs more than the five values. One that is given twice proves nothing.
    private static CallbackQuery QueryOf(HttpRequest request)
    {
        var query = default(CallbackQuery);
        foreach (var part in new QueryStringEnumerable(request.QueryString.Value))
        {
            var value = part.DecodeValue().ToString();
            query = part.DecodeName().Span switch
            {
                "signature" => query with { Signature = Once(query.Signature, value) },
                "timestamp" => query with { Timestamp = Once(query.Timestamp, value) },
                "nonce" => query with { Nonce = Once(query.Nonce, value) },
                "encrypt_type" => query with { EncryptType = Once(query.EncryptType, value) },
                "msg_signature" => query with { MsgSignature = Once(query.MsgSignature, value) },
                _ => query,
            };
        }
        return query;
    }

    private static string Once(string? before, string value) => before is null ? value : $"{before},{value}";

    // 403 and nothing else. The length is said, so that nobody on the way adds an explanation.
    private static Task Refuse(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static Task Write(HttpResponse response, ReadOnlyMemory<byte> body, string contentType)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
