using System.Buffers;
using Courier.Http;
using Courier.Wechat.Client.Callbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.WechatGateway.Callback;

/// <summary>
/// The URL that WeChat calls. Whatever is wrong with a call, it is refused in the same way: 403 with an empty body.
/// The timestamp is not judged, because WeChat's clocks and repeats are its own; a replay meets the memory of answers.
/// </summary>
internal static class CallbackEndpoints
{
    public static void MapCallbacks(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/wechat/callback/{appId}", CheckUrl).ForAnyone("WeChat signs what it sends").ExcludeFromDescription();
        endpoints.MapPost("/wechat/callback/{appId}", Receive).ForAnyone("WeChat signs what it sends").AnsweredDirectly().ExcludeFromDescription();
    }

    private static IResult CheckUrl(string appId, HttpRequest request, WechatAccounts accounts)
    {
        var echo = request.Query["echostr"].ToString();
        return accounts.TryFind(appId, out var account) && echo.Length is > 0 and <= 1024 && account.Reader.IsUrlCheck(QueryOf(request))
            ? TypedResults.Text(echo, "text/plain; charset=utf-8")
            : Refused();
    }

    private static async Task<IResult> Receive(
        string appId, HttpRequest request, WechatAccounts accounts, AnswerCallback answers, WechatOptions options, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        if (await Read(appId, request, accounts, options).ConfigureAwait(false) is not var (account, callback))
        {
            GatewayMetrics.Callback("refused", clock.GetElapsedTime(started));
            return Refused();
        }
        var answer = await answers.Execute(account, callback, out var isRepeated).ConfigureAwait(false);
        GatewayMetrics.Callback(isRepeated ? "repeated" : answer.Outcome, clock.GetElapsedTime(started));
        return answer.Text is null
            ? TypedResults.Bytes(CallbackReader.Success, "text/plain; charset=utf-8")
            : TypedResults.Bytes(account.Reader.Write(callback, new TextReply(answer.Text)), CallbackReader.ContentTypeOf(callback));
    }

    private static async Task<(GatewayAccount, Wechat.Client.Callbacks.Callback)?> Read(
        string appId, HttpRequest request, WechatAccounts accounts, WechatOptions options)
    {
        // The body first: whether there is such an account must not show in how long the refusal takes.
        if (await BodyOf(request, options.LongestBody).ConfigureAwait(false) is not { } body) return null;
        if (!accounts.TryFind(appId, out var account)) return null;
        if (!account.Reader.Read(QueryOf(request), body.Span).IsAccepted(out var callback)) return null;
        return account.Receives(callback.Inbound) ? (account, callback) : null;
    }

    /// <summary>The body; null when it is longer than we read, or no body at all (a chunk that breaks HTTP's rules).</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyOf(HttpRequest request, int longest)
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

    private static async Task<ReadOnlyMemory<byte>?> ReadBody(HttpRequest request, int longest)
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

    private static CallbackQuery QueryOf(HttpRequest request) => new(
        request.Query["signature"], request.Query["timestamp"], request.Query["nonce"], request.Query["encrypt_type"], request.Query["msg_signature"]);

    private static RefusedResult Refused() => new();

    /// <summary>403 and nothing else. The length is said, so that nobody on the way adds an explanation.</summary>
    private sealed class RefusedResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status403Forbidden;
            httpContext.Response.ContentLength = 0;
            return Task.CompletedTask;
        }
    }
}
