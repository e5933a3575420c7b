namespace Courier.Wechat.Client.Calls;

/// <summary>How long a link into a mini-program works; WeChat knows no more than 30 days.</summary>
public readonly record struct LinkLifetime
{
    private const int MostDays = 30;

    private LinkLifetime(int type, long? time, int? days) => (Type, Time, Interval) = (type, time, days);

    internal int Type { get; }

    internal long? Time { get; }

    internal int? Interval { get; }

    /// <summary>Until a time.</summary>
    public static LinkLifetime Until(DateTimeOffset end) => new(0, end.ToUnixTimeSeconds(), null);

    /// <summary>For 1 to 30 days.</summary>
    public static LinkLifetime Days(int days) => new(1, null, Limit.Range(days, 1, MostDays, nameof(days)));
}

/// <summary>
/// wxa/generate_urllink: an address that opens the mini-program from a text message or a page. One person a link, 500 000 made a day;
/// 44990 means too fast, 85079 that the mini-program is not released.
/// </summary>
/// <param name="Path">Page of the released mini-program without query; null for the first page.</param>
/// <param name="Query">Its query, at most 1024 characters; null for none.</param>
/// <param name="Lifetime">How long it works.</param>
/// <param name="Version">Which version it opens.</param>
public sealed record CreateUrlLink(string? Path, string? Query, LinkLifetime Lifetime, MiniProgramVersion Version = MiniProgramVersion.Released) : WechatCall<MiniProgramLink>
{
    /// <summary>Its query.</summary>
    public string? Query { get; } = Limit.OptionalCharacters(Query, 1024, nameof(Query));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxa/generate_urllink");

    // Another link harms nobody.
    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new UrlLinkBody(Lifetime)
    {
        Path = Path,
        Query = Query,
        EnvVersion = Version.Environment(),
    }, WechatJson.Relaxed.UrlLinkBody);

    internal override MiniProgramLink Read(CallAnswer answer) => new(answer.Json(WechatJson.Relaxed.UrlLinkAnswer).UrlLink);
}

/// <summary>Body of generate_urllink; the lifetime is in the body of generatescheme too.</summary>
internal sealed record UrlLinkBody(bool IsExpire, int ExpireType, long? ExpireTime, int? ExpireInterval)
{
    public UrlLinkBody(LinkLifetime lifetime) : this(true, lifetime.Type, lifetime.Time, lifetime.Interval)
    {
    }

    public string? Path { get; init; }

    public string? Query { get; init; }

    public string? EnvVersion { get; init; }

    /// <summary>jump_wxa of generatescheme: there page and query are inside.</summary>
    public JumpBody? JumpWxa { get; init; }
}

/// <summary>Part of the body of generatescheme.</summary>
internal sealed record JumpBody(string? Path, string? Query, string EnvVersion);

/// <summary>The answer of generate_urllink.</summary>
internal sealed record UrlLinkAnswer(Uri UrlLink);

/// <summary>An address that opens a mini-program.</summary>
/// <param name="Address">https for a link, weixin for a scheme.</param>
public sealed record MiniProgramLink(Uri Address);
