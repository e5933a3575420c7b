using System.Collections.Concurrent;

namespace Courier.Http.Limits;

/// <summary>Counts by key in windows of a fixed length, in memory.</summary>
internal sealed class WindowCounts(TimeProvider clock, TimeSpan window)
{
    // More keys than a window sees of real callers; beyond it counting begins anew instead of eating the memory.
    private const int MostKeys = 100_000;

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _current;

    /// <summary>Adds to a key's count of this window.</summary>
    /// <returns>The new count.</returns>
    public int Add(string key, int n)
    {
        Turn();
        return _counts.AddOrUpdate(key, static (_, more) => more, static (_, count, more) => count + more, n);
    }

    /// <summary>A key's count of this window.</summary>
    public int Of(string key)
    {
        Turn();
        return _counts.GetValueOrDefault(key);
    }

    /// <summary>When the next window begins.</summary>
    public TimeSpan UntilNext() => window - TimeSpan.FromTicks(clock.GetUtcNow().Ticks % window.Ticks);

    private void Turn()
    {
        var now = clock.GetUtcNow().Ticks / window.Ticks;
        if (Interlocked.Exchange(ref _current, now) != now || _counts.Count > MostKeys) _counts.Clear();
    }
}
