namespace Courier.Wechat.Client.Tests;

/// <summary>A clock on which short pauses pass at once (and are remembered), while time-outs of seconds never come.</summary>
sealed class ImpatientClock : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public List<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime > Longest) return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        lock (Pauses) Pauses.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
