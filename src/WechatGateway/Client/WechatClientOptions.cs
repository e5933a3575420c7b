using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client;

/// <summary>How a <see cref="WechatClient"/> reaches WeChat.</summary>
public sealed record WechatClientOptions
{
    /// <summary>WeChat's own address.</summary>
    public static Uri Production { get; } = new("https://api.weixin.qq.com");

    /// <summary>
    /// Where the calls of an account go; paths are appended, so that a base such as <c>http://127.0.0.1:5080/sandbox/wechat</c> works.
    /// Asked for with every call: an address that is known only after the start can be given late.
    /// </summary>
    public Func<WechatAccount, Uri> BaseAddress { get; init; } = _ => Production;

    /// <summary>How long one attempt of a call may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Longest answer that is read, in bytes; files are the longest.</summary>
    public int MaxAnswerBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>
    /// Told once for each account and code that operators have to look at, and again when the error comes back an hour or more later after
    /// the call had worked; null to tell nobody. It must not throw.
    /// </summary>
    public Action<WechatAlert>? Alert { get; init; }

    /// <summary>Told of every attempt that failed, also of those that the client repeats; null to tell nobody. For counters; it must not throw.</summary>
    public Action<FailedAttempt>? Failed { get; init; }

    /// <summary>
    /// Told when WeChat begins to refuse a call of an account until somebody looks, and when that call works again; null to tell nobody.
    /// It must not throw.
    /// </summary>
    public Action<AccountStop>? Stopped { get; init; }

    /// <summary>Random numbers for jitter and nonces.</summary>
    public FillRandom Random { get; init; } = Randomness.Secure;
}
