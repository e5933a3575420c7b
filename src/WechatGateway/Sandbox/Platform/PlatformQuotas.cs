using Courier.Wechat.Sandbox.Control;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>How often a call may be made, in a clock minute and on a day of UTC+8; both are answered with 45009.</summary>
internal static class PlatformQuotas
{
    static readonly TimeSpan china = TimeSpan.FromHours(8);

    /// <summary>What quota/get tells for a call without a limit of its own.</summary>
    public const int Unlimited = 10_000_000;

    /// <summary>Counts the call for its account and refuses it when a quota is spent.</summary>
    public static void Count(SandboxPlatform platform, PlatformCall call)
    {
        var count = platform.Records.Count(call.Account.AppId, call.Path);
        if (Daily(platform, call.Account.AppId, call.Path) is { } daily && count.Today > daily)
            throw new PlatformError(45009, "reach max api daily quota limit", $"今天对 {call.Path} 的调用已超过 {daily} 次，0 点（北京时间）后恢复。");
        if (PerMinute(platform, call.Account.AppId, call.Path) is { } minute && count.ThisMinute > minute)
            throw new PlatformError(45009, "reach max api minute quota limit", $"这一分钟对 {call.Path} 的调用已超过 {minute} 次，下一分钟恢复。");
    }

    public static int? Daily(SandboxPlatform platform, string appId, string path) =>
        platform.State.QuotaOverrides[PlatformRecords.CallKey(appId, path)]?.Daily ?? (platform.Limits.DailyCalls.TryGetValue(path, out var limit) ? limit : null);

    public static int? PerMinute(SandboxPlatform platform, string appId, string path) =>
        platform.State.QuotaOverrides[PlatformRecords.CallKey(appId, path)]?.Minute ?? (platform.Limits.MinuteCalls.TryGetValue(path, out var limit) ? limit : null);

    /// <summary>The end of the clock minute, or midnight in China.</summary>
    public static DateTimeOffset FullAgain(QuotaFault quota, DateTimeOffset now) => quota switch
    {
        QuotaFault.Minute => DateTimeOffset.FromUnixTimeSeconds((PlatformRecords.Minute(now) + 1) * 60),
        QuotaFault.Day => new DateTimeOffset(now.ToOffset(china).Date.AddDays(1), china),
    };
}
