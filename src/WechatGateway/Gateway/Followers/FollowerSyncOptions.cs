namespace Courier.WechatGateway.Followers;

/// <summary>How fast WeChat is asked about followers, <c>Wechat:FollowerSync</c>.</summary>
public sealed record FollowerSyncOptions
{
    /// <summary>Calls a second and account, pages and profiles together.</summary>
    public int CallsPerSecond { get; init; } = 10;

    /// <summary>How long an account is left alone after an error that is neither a used-up quota nor a bad OpenID.</summary>
    public TimeSpan PauseAfterError { get; init; } = TimeSpan.FromMinutes(1);

    internal IEnumerable<string> Problems()
    {
        if (CallsPerSecond is < 1 or > 100) yield return "FollowerSync:CallsPerSecond must lie between 1 and 100";
        if (PauseAfterError < TimeSpan.FromSeconds(1) || PauseAfterError > TimeSpan.FromHours(1)) yield return "FollowerSync:PauseAfterError must lie between 00:00:01 and 01:00:00";
    }
}
