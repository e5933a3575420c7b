namespace Courier.WechatGateway;

/// <summary>What is kept while the database is away, <c>Wechat:Spool</c>.</summary>
public sealed record SpoolOptions
{
    /// <summary>Most bytes that wait; a callback takes about one kilobyte. Beyond it customers are asked to write again.</summary>
    public long LongestBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Longest pause between two looks whether the database is back.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);
}
