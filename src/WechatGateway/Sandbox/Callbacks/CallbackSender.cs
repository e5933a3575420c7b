using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.WebUtilities;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>One try of a callback. Status 0 means that no answer came; <see cref="Body"/> is null unless it was answered with 200.</summary>
internal sealed record CallbackAttempt(int Status, long ElapsedMs, byte[]? Body, string? Problem, string Key);

/// <summary>Posts a callback once: signed, in the account's mode, cut off after five seconds, redirects not followed.</summary>
internal sealed class CallbackSender(SandboxOptions options, SandboxState state, TimeProvider clock, CallbackAddress address) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 1024 * 1024,
    };
    long attempts;

    public async Task<CallbackAttempt> Post(SandboxAccount account, Push push)
    {
        string key;
        lock (state.Gate) key = AccountKeys.ForAttempt(state, account, clock.GetUtcNow(), ++attempts);
        if (address.Of(account) is not { } url) return new(0, 0, null, "没有回调地址。", key);
        var started = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(options.Limits.CallbackTimeLimit, clock);
        try
        {
            using var request = Request(account, push, url, key);
            using var response = await client.SendAsync(request, limit.Token);
            var status = (int)response.StatusCode;
            var body = status == 200 ? await response.Content.ReadAsByteArrayAsync(limit.Token) : null;
            return new(status, Elapsed(started), body, status == 200 ? null : $"回调返回 HTTP {status}，只有 200 算成功（跳转也算失败）。", key);
        }
        catch (OperationCanceledException)
        {
            return new(0, Elapsed(started), null, "回调超过 5 秒没有回应，连接被断开。", key);
        }
        catch (HttpRequestException failed)
        {
            return new(0, Elapsed(started), null, $"回调地址连不上：{failed.HttpRequestError}。", key);
        }
    }

    /// <summary>The check that the console makes when a callback address is saved: the echo must come back as it went.</summary>
    public async Task<(bool Ok, int Status, string Body)> Verify(SandboxAccount account, CancellationToken ct)
    {
        if (address.Of(account) is not { } url) return (false, 0, "");
        var (timestamp, nonce) = Stamp();
        var echo = RandomNumberGenerator.GetString("0123456789", 19);
        using var response = await client.GetAsync(QueryHelpers.AddQueryString(url, new Dictionary<string, string?>
        {
            ["signature"] = CallbackCrypto.Sign(account.Token, timestamp, nonce),
            ["timestamp"] = timestamp,
            ["nonce"] = nonce,
            ["echostr"] = echo,
        }), ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        return (body == echo && response.IsSuccessStatusCode, (int)response.StatusCode, body);
    }

    public void Dispose() => client.Dispose();

    HttpRequestMessage Request(SandboxAccount account, Push push, string url, string key)
    {
        var (timestamp, nonce) = Stamp();
        var query = new Dictionary<string, string?>
        {
            ["signature"] = CallbackCrypto.Sign(account.Token, timestamp, nonce),
            ["timestamp"] = timestamp,
            ["nonce"] = nonce,
            ["openid"] = push.OpenId,
        };
        var body = push.Body;
        if (account.Mode != SandboxMode.Plain)
        {
            var encrypted = CallbackCrypto.Encrypt(key, account.AppId, push.Body);
            query["encrypt_type"] = "aes";
            query["msg_signature"] = CallbackCrypto.Sign(account.Token, timestamp, nonce, encrypted);
            body = PushXml.Envelope(account, push.Body, encrypted);
        }
        return new(HttpMethod.Post, QueryHelpers.AddQueryString(url, query))
        {
            Content = new StringContent(body, Encoding.UTF8, PushXml.IsJson(account) ? "application/json" : "text/xml"),
        };
    }

    (string Timestamp, string Nonce) Stamp() =>
        (clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), RandomNumberGenerator.GetString("0123456789", 10));

    long Elapsed(long started) => (long)clock.GetElapsedTime(started).TotalMilliseconds;
}
