using System.Collections.Concurrent;
using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Calls;

/// <summary>Carries one attempt of a call over HTTP and says honestly how it failed: surely not done, or perhaps done.</summary>
internal sealed class Transport(HttpMessageInvoker http, WechatClientOptions options, TimeProvider clock)
{
    // Calls that are told apart by their bodies alone go to one address as long as the token lives.
    private readonly ConcurrentDictionary<(string AppId, string Path), KnownAddress> _addresses = new();

    private sealed record KnownAddress(Uri Base, string Token, Uri Full);

    public async Task<CallAnswer> Send<TResponse>(WechatAccount account, WechatCall<TResponse> call, string? token, CancellationToken ct)
    {
        var path = call.Spec.Path;
        using var request = new HttpRequestMessage(call.Spec.Method, Address(account, call, token)) { Content = call.Content(account) };
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var given = ct.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), timeout);
        try
        {
            using var response = http is HttpClient client
                ? await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token)
                : await http.SendAsync(request, timeout.Token);
            await response.Content.LoadIntoBufferAsync(options.MaxAnswerBytes, timeout.Token);
            var body = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            return IsAnswer(call, response, body) ? Answer(response, body) : throw Refused(call, path, (int)response.StatusCode);
        }
        // The cause stays out: its text can name the address with its query.
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Lost(call, path, "no answer in time");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw new WechatException(path, null, ErrorReaction.BackOff, $"no connection ({fault.HttpRequestError})");
        }
        catch (HttpRequestException fault)
        {
            throw Lost(call, path, $"the connection broke ({fault.HttpRequestError})");
        }
    }

    private Uri Address<TResponse>(WechatAccount account, WechatCall<TResponse> call, string? token)
    {
        var (own, path, start) = (new QueryText(), call.Spec.Path, options.BaseAddress(account));
        call.AddQuery(own, account);
        if (token is null) return new Uri(start.AbsoluteUri.TrimEnd('/') + path + own);
        if (own.IsEmpty && _addresses.TryGetValue((account.AppId, path), out var known) && ReferenceEquals(known.Base, start) && ReferenceEquals(known.Token, token)) return known.Full;
        var query = new QueryText();
        query.Add("access_token", token);
        call.AddQuery(query, account);
        var full = new Uri(start.AbsoluteUri.TrimEnd('/') + path + query);
        if (own.IsEmpty) _addresses[(account.AppId, path)] = new KnownAddress(start, token, full);
        return full;
    }

    private static CallAnswer Answer(HttpResponseMessage response, byte[] body) => new(
        body,
        response.Content.Headers.ContentType?.MediaType ?? "",
        response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));

    // WeChat answers 200 to everything and tells errors by errcode. With another status only an errcode is WeChat's word:
    // an object without one is a gateway's on the way, and the absence of an error in it says nothing.
    private static bool IsAnswer<TResponse>(WechatCall<TResponse> call, HttpResponseMessage response, byte[] body) =>
        response.IsSuccessStatusCode ? call.AnswersFile || body is [(byte)'{', ..] : AnswerError.Of(Answer(response, body)).Code != 0;

    // An answer may be lost after the work was done; whether that matters depends on the call.
    private static WechatException Lost<TResponse>(WechatCall<TResponse> call, string path, string what) =>
        new(path, null, call.IsRepeatable ? ErrorReaction.BackOff : ErrorReaction.Ambiguous, what) { MayHaveArrived = true };

    private static WechatException Refused<TResponse>(WechatCall<TResponse> call, string path, int status) =>
        status is < 300 or >= 500 ? Lost(call, path, $"HTTP {status}") : new WechatException(path, null, ErrorReaction.Unknown, $"HTTP {status}");
}
