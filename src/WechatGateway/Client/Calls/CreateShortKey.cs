namespace Courier.Wechat.Client.Calls;

/// <summary>shorten/gen: keeps a long text at WeChat and gives a short key for it, as for the scene of a code.</summary>
/// <param name="LongData">At most 4 KB.</param>
/// <param name="Lifetime">1 second to 30 days.</param>
public sealed record CreateShortKey(string LongData, TimeSpan Lifetime) : WechatCall<ShortKey>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromDays(30);

    /// <summary>At most 4 KB.</summary>
    public string LongData { get; } = Limit.Bytes(LongData, 4096, nameof(LongData));

    /// <summary>1 second to 30 days.</summary>
    public TimeSpan Lifetime { get; } = Limit.Range(Lifetime, Shortest, Longest, nameof(Lifetime));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/shorten/gen");

    // Another key for the same text harms nobody.
    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new ShortenBody(LongData, (long)Lifetime.TotalSeconds), WechatJson.Relaxed.ShortenBody);

    internal override ShortKey Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.ShortKeyAnswer).ToKey();
}

/// <summary>Body of shorten/gen.</summary>
internal sealed record ShortenBody(string LongData, long ExpireSeconds);

/// <summary>The answer of shorten/gen and the body of shorten/fetch.</summary>
internal sealed record ShortKeyAnswer(string ShortKey)
{
    public ShortKey ToKey() => new(ShortKey);
}

/// <summary>A short key.</summary>
/// <param name="Key">15 characters at most.</param>
public sealed record ShortKey(string Key);
