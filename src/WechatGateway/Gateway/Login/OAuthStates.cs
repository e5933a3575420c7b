using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.WechatGateway.Login;

/// <summary>What a site asks WeChat for.</summary>
internal enum OAuthScope
{
    /// <summary>snsapi_base: who it is, without asking anybody.</summary>
    Base,

    /// <summary>snsapi_userinfo: WeChat shows a page and names the UnionID in any case.</summary>
    Userinfo,
}

/// <summary>Where a browser wants to go once it is signed in.</summary>
/// <param name="AppId">The account that signs in.</param>
/// <param name="Scope">What it asks WeChat for.</param>
/// <param name="ReturnUrl">A path of our own.</param>
/// <param name="IsRetry">Was it sent to WeChat a second time, because the first code was worth nothing?</param>
internal sealed record OAuthJourney(string AppId, OAuthScope Scope, string ReturnUrl, bool IsRetry);

/// <summary>What a browser that comes back finds.</summary>
internal abstract record OAuthReturn
{
    /// <summary>Nobody of ours left like this, or too long ago, or another browser did, or it came back already with another code.</summary>
    public sealed record Unknown : OAuthReturn;

    /// <summary>It is this request's to sign the browser in.</summary>
    public sealed record Ours(OAuthJourney Journey) : OAuthReturn;

    /// <summary>Another load of the same address is signing in right now.</summary>
    public sealed record UnderWay(OAuthJourney Journey) : OAuthReturn;

    /// <summary>Another load of the same address signed in: the same session.</summary>
    public sealed record Done(OAuthJourney Journey, string Token) : OAuthReturn;

    /// <summary>Another load of the same address tried and failed.</summary>
    public sealed record Failed(OAuthJourney Journey) : OAuthReturn;
}

/// <summary>
/// Browsers on their way to WeChat and back, in the database, because another process may see them return. A state is good for one
/// return of the browser that left with it; only hashes of state, browser and code are kept.
/// </summary>
internal sealed class OAuthStates(Db db, DataKeys keys, TimeProvider clock)
{
    /// <summary>How long somebody may take at WeChat; afterwards as long as WeChat may load an address twice.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMinutes(10), Remembered = TimeSpan.FromMinutes(5), Working = TimeSpan.FromSeconds(30);

    private const string Known =
        """
        select app_id as AppId, scope as Scope, return_url as ReturnUrl, browser_hash as BrowserHash, is_retry as IsRetry, state as State,
               code_hash as CodeHash, token_cipher as TokenCipher, taken_at as TakenAt
        from wechat_oauth_states
        where state_hash = @state and expires_at > @now
        """;

    /// <summary>Remembers a browser that leaves.</summary>
    /// <returns>The state: 32 letters and digits.</returns>
    public async Task<string> Leave(OAuthJourney journey, string browser, CancellationToken ct)
    {
        var state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await db.Execute(
            """
            insert into wechat_oauth_states (state_hash, app_id, scope, return_url, browser_hash, is_retry, state, expires_at)
            values (@hash, @AppId, @scope, @ReturnUrl, @browser, @IsRetry, 'open', @expires)
            """,
            new
            {
                hash = Hash(state), journey.AppId, scope = EnumText<OAuthScope>.Of(journey.Scope), journey.ReturnUrl, browser = Hash(browser), journey.IsRetry,
                expires = clock.GetUtcNow() + OnTheWay,
            }, ct).ConfigureAwait(false);
        return state;
    }

    /// <summary>A browser comes back.</summary>
    public async Task<OAuthReturn> Return(string appId, string state, string browser, string code, CancellationToken ct)
    {
        var (stateHash, codeHash, now) = (Hash(state), Hash(code), clock.GetUtcNow());
        var row = await db.First<Row>(Known, new { state = stateHash, now }, ct).ConfigureAwait(false);
        if (row is null || row.AppId != appId || !Same(row.BrowserHash, Hash(browser))) return new OAuthReturn.Unknown();
        var journey = new OAuthJourney(appId, row.Scope, row.ReturnUrl, row.IsRetry == 1);
        if (row.State == "open" && await db.Execute(
                "update wechat_oauth_states set state = 'taken', code_hash = @codeHash, taken_at = @now where state_hash = @stateHash and state = 'open'",
                new { codeHash, now, stateHash }, ct).ConfigureAwait(false) == 1)
            return new OAuthReturn.Ours(journey);
        row = await db.First<Row>(Known, new { state = stateHash, now }, ct).ConfigureAwait(false);
        if (row is null || !Same(row.CodeHash, codeHash)) return new OAuthReturn.Unknown();
        return row.State switch
        {
            "done" => new OAuthReturn.Done(journey, keys.Decrypt(row.TokenCipher)),
            "taken" when row.TakenAt + Working > now => new OAuthReturn.UnderWay(journey),
            _ => new OAuthReturn.Failed(journey),
        };
    }

    /// <summary>The browser is signed in; a second load of the address gets the same session for five minutes.</summary>
    public Task Succeed(string state, string token, CancellationToken ct) => End(state, "done", keys.Encrypt(token), ct);

    /// <summary>It came to nothing.</summary>
    public Task Fail(string state, CancellationToken ct) => End(state, "failed", "", ct);

    private Task End(string state, string how, string cipher, CancellationToken ct) => db.Execute(
        "update wechat_oauth_states set state = @how, token_cipher = @cipher, expires_at = @expires where state_hash = @hash",
        new { how, cipher, expires = clock.GetUtcNow() + Remembered, hash = Hash(state) }, ct);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    private sealed record Row
    {
        public required string AppId { get; init; }
        public required OAuthScope Scope { get; init; }
        public required string ReturnUrl { get; init; }
        public required string BrowserHash { get; init; }
        public required long IsRetry { get; init; }
        public required string State { get; init; }
        public required string CodeHash { get; init; }
        public required string TokenCipher { get; init; }
        public required DateTimeOffset TakenAt { get; init; }
    }
}

/// <summary>Removes browsers that never came back, and sessions that nobody asks for again.</summary>
internal sealed class PurgeOAuthStates(Db db, TimeProvider clock) : IScheduledJob
{
    public Task Run(CancellationToken ct) => db.Execute("delete from wechat_oauth_states where expires_at <= @now", new { now = clock.GetUtcNow() }, ct);
}
