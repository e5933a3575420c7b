using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Calls;

/// <summary>Carries one attempt of a call over HTTP and says honestly how it failed: surely not done, or perhaps done.</summary>
internal sealed class Transport(HttpClient http, WechatClientOptions options, TimeProvider clock)
{
    public async Task<CallAnswer> Send<TResponse>(WechatAccount account, WechatCall<TResponse> call, string? token, CancellationToken ct)
    {
        var path = call.Spec.Path;
        using var request = new HttpRequestMessage(call.Spec.Method, Address(account, call, token)) { Content = call.Content(account) };
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await response.Content.LoadIntoBufferAsync(options.MaxAnswerBytes, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
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
        var query = new QueryText();
        if (token is not null) query.Add("access_token", token);
        call.AddQuery(query, account);
        return new Uri(options.BaseAddress(account).AbsoluteUri.TrimEnd('/') + call.Spec.Path + query);
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
