using System.Text.Json;
using Courier.Wechat.Client.AccessTokens;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Crypto;
using Courier.Wechat.Client.Errors;
using Microsoft.Extensions.Logging;

namespace Courier.Wechat.Client;

/// <summary>
/// Makes calls for any number of accounts. Tokens, their refresh, the one repetition after a bad token, repetitions while WeChat
/// is busy (where they are safe) and breakers for used-up quotas are its own affair; everything else is a
/// <see cref="WechatException"/> that says what to do. Safe for parallel use; make one for a process.
/// </summary>
public sealed class WechatClient
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly Transport _transport;
    private readonly SharedTokens _tokens;
    private readonly CallBreaker _breaker;
    private readonly Alerts _alerts;
    private readonly WechatClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<WechatClient> _logger;

    /// <summary>A client.</summary>
    /// <param name="http">Connections: an <see cref="HttpClient"/>, or handlers alone. They must not log addresses, which carry tokens and secrets, and need no time-out.</param>
    /// <param name="store">Where the processes keep their tokens together.</param>
    /// <param name="options">Addresses, time-out, alerts.</param>
    /// <param name="clock">Time.</param>
    /// <param name="logger">Hears of new tokens and, at the level of debugging, of repetitions; never of tokens, secrets or addresses.</param>
    public WechatClient(HttpMessageInvoker http, ITokenStore store, WechatClientOptions options, TimeProvider clock, ILogger<WechatClient> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _transport = new Transport(http, options, clock);
        _tokens = new SharedTokens(store, FetchToken, clock, options.Random, logger);
        _breaker = new CallBreaker(clock);
        _alerts = new Alerts(options.Alert, options.Stopped, clock);
        _options = options;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Makes a call.</summary>
    /// <param name="account">For which account.</param>
    /// <param name="call">What to ask.</param>
    /// <param name="ct">Gives up waiting; the call may have been made then.</param>
    /// <returns>WeChat's answer.</returns>
    /// <exception cref="WechatException">It did not succeed; its reaction says what to do.</exception>
    public async Task<TResponse> SendAsync<TResponse>(WechatAccount account, WechatCall<TResponse> call, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            _breaker.ThrowIfOpen(account.AppId, call.Spec.Path);
            return await WithGoodToken(account, call, ct);
        }
        catch (WechatException error)
        {
            _alerts.Raise(account.AppId, error);
            throw;
        }
    }

    /// <summary>Signs a page for <c>wx.config</c> with the shared ticket of the account.</summary>
    /// <param name="account">Which account.</param>
    /// <param name="url">Address of the page exactly as the browser shows it; what follows <c>#</c> does not count.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="WechatException">There is no ticket.</exception>
    public async Task<JsApiConfig> SignPageAsync(WechatAccount account, string url, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        var ticket = await _tokens.Get(account, TokenKind.JsApiTicket, ct);
        var nonce = Randomness.Nonce(_options.Random);
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        var text = timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new JsApiConfig(account.AppId, timestamp, nonce, JsApiSignature.Compute(ticket.Value, nonce, text, url));
    }

    private async Task<TResponse> WithGoodToken<TResponse>(WechatAccount account, WechatCall<TResponse> call, CancellationToken ct)
    {
        if (call.Spec.Auth != CallAuth.AccessToken) return await WithPatience(account, call, null, ct);
        var token = await _tokens.Get(account, TokenKind.AccessToken, ct);
        try
        {
            return await WithPatience(account, call, token.Value, ct);
        }
        catch (WechatException error) when (error.Reaction == ErrorReaction.RefreshTokenOnce)
        {
            _logger.LogDebug("WeChat refused version {Version} of the token of {AppId} with {Code}", token.Version, account.AppId, error.Code);
            var fresh = await _tokens.Replace(account, TokenKind.AccessToken, token, ct);
            return await WithPatience(account, call, fresh.Value, ct);
        }
    }

    // Repeats only what may happen twice; a lost answer of anything else is ambiguous and stays so.
    private async Task<TResponse> WithPatience<TResponse>(WechatAccount account, WechatCall<TResponse> call, string? token, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Understand(account, call, await _transport.Send(account, call, token, ct));
            }
            catch (WechatException error)
            {
                _options.Failed?.Invoke(new FailedAttempt(account.AppId, error));
                if (attempt == MostAttempts || !call.IsRepeatable || !MayPass(error)) throw;
                var pause = FirstPause * (1 << (attempt - 1)) * (0.5 + Randomness.Fraction(_options.Random));
                _logger.LogDebug("WeChat {Call} of {AppId} is repeated in {Pause} after {Code} ({Reaction})",
                    call.Spec.Path, account.AppId, pause, error.Code, error.Reaction);
                await Task.Delay(pause, _clock, ct);
            }
        }
    }

    // Too frequent (45011) is not among them: it asks the caller to slow down, not the client to press on.
    private static bool MayPass(WechatException error) =>
        error.Reaction == ErrorReaction.Ambiguous || (error.Reaction == ErrorReaction.BackOff && error.Code is null or -1);

    private TResponse Understand<TResponse>(WechatAccount account, WechatCall<TResponse> call, CallAnswer answer)
    {
        var path = call.Spec.Path;
        var error = AnswerError.Of(answer);
        if (error.Code == 0)
        {
            _breaker.Close(account.AppId, path);
            _alerts.Worked(account.AppId, path);
            return Read(call, answer);
        }
        if (call.IsAnswer(error.Code, out var response)) return response;
        var reaction = call.ReactionTo(error.Code) ?? ErrorTable.Of(error.Code);
        DateTimeOffset? blockedUntil = reaction == ErrorReaction.BreakCall ? _breaker.Trip(account.AppId, path, error.Message) : null;
        throw new WechatException(path, error.Code, reaction, error.Message) { BlockedUntil = blockedUntil };
    }

    private static TResponse Read<TResponse>(WechatCall<TResponse> call, CallAnswer answer)
    {
        try
        {
            return call.Read(answer);
        }
        catch (JsonException fault)
        {
            throw new WechatException(call.Spec.Path, null, ErrorReaction.Unknown, "the answer is not what the call promises", fault);
        }
    }

    private Task<FetchedToken> FetchToken(WechatAccount account, TokenKind kind, CancellationToken ct) => kind switch
    {
        TokenKind.AccessToken => FetchAccessToken(account, ct),
        TokenKind.JsApiTicket => FetchJsApiTicket(account, ct),
    };

    private async Task<FetchedToken> FetchAccessToken(WechatAccount account, CancellationToken ct)
    {
        var token = await SendAsync(account, new GetStableToken(), ct);
        return new FetchedToken(token.AccessToken, TimeSpan.FromSeconds(token.ExpiresIn));
    }

    private async Task<FetchedToken> FetchJsApiTicket(WechatAccount account, CancellationToken ct)
    {
        var ticket = await SendAsync(account, new GetJsApiTicket(), ct);
        return new FetchedToken(ticket.Ticket, TimeSpan.FromSeconds(ticket.ExpiresIn));
    }
}
