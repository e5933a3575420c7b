using System.Collections.Concurrent;

namespace Courier.Wechat.Client.Errors;

/// <summary>
/// Keeps a call whose quota is used up (45009) from being made: until the next minute, because quotas of a minute count by the
/// clock; and when an answer right after that pause says the same, until 00:00 in China, because then it is the quota of the day.
/// Later in a minute other processes may have used it up, so that the same answer means the minute again; and so does one that names the minute.
/// </summary>
internal sealed class CallBreaker(TimeProvider clock)
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private static readonly TimeSpan RightAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string AppId, string Call), Pause> _pauses = new();

    // Whether it was for a minute that may have been the day: the next answer tells.
    private sealed record Pause(DateTimeOffset Until, bool WasForAMinute);

    /// <summary>Throws without any request while the call of this account is paused.</summary>
    public void ThrowIfOpen(string appId, string call)
    {
        if (_pauses.TryGetValue((appId, call), out var pause) && clock.GetUtcNow() < pause.Until)
            throw new WechatException(call, 45009, ErrorReaction.BreakCall, $"the quota is used up until {pause.Until:yyyy-MM-dd HH:mm:ss}Z") { BlockedUntil = pause.Until };
    }

    /// <summary>The quota is used up. Answers that arrive while the call is paused already change nothing.</summary>
    /// <param name="appId">Whose call.</param>
    /// <param name="call">Which call.</param>
    /// <param name="message">errmsg.</param>
    /// <returns>When the call is made again.</returns>
    public DateTimeOffset Trip(string appId, string call, string message)
    {
        var now = clock.GetUtcNow();
        var namesMinute = message.Contains("minute", StringComparison.OrdinalIgnoreCase);
        return _pauses.AddOrUpdate((appId, call),
            _ => new Pause(NextMinute(now), WasForAMinute: !namesMinute),
            (_, pause) => now < pause.Until ? pause
                : IsTheDay(pause, now) && !namesMinute ? new Pause(NextChineseDay(now), false)
                : new Pause(NextMinute(now), !namesMinute)).Until;
    }

    /// <summary>The call works again.</summary>
    public void Close(string appId, string call)
    {
        // An answer to a request made before the pause says nothing about it.
        if (_pauses.TryGetValue((appId, call), out var pause) && clock.GetUtcNow() >= pause.Until)
            _pauses.TryRemove(new KeyValuePair<(string, string), Pause>((appId, call), pause));
    }

    private static bool IsTheDay(Pause pause, DateTimeOffset now) => pause.WasForAMinute && now - pause.Until < RightAfter;

    private static DateTimeOffset NextMinute(DateTimeOffset now) =>
        new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero).AddMinutes(1);

    private static DateTimeOffset NextChineseDay(DateTimeOffset now) =>
        new DateTimeOffset(now.ToOffset(China).Date, China).AddDays(1).ToUniversalTime();
}
