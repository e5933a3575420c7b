namespace Courier.Kernel;

/// <summary>
/// Lets one line of log a minute pass for each kind of trouble, and counts those it holds back: a far end that is away for an
/// hour is sixty lines, not a hundred thousand. Safe for parallel use; make one for a process.
/// </summary>
/// <param name="clock">Time.</param>
public sealed class OnceAMinute(TimeProvider clock)
{
    /// <summary>How many kinds of trouble are told apart; those beyond share one line a minute.</summary>
    public const int MostKinds = 1000;

    private const string Others = "others";
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    private sealed record Told(DateTimeOffset At, long HeldBack);

    /// <summary>Asks whether a line may be written now.</summary>
    /// <param name="trouble">Names the kind of trouble, such as account and reaction; never a customer or a message.</param>
    /// <param name="heldBack">How many lines of this kind were held back since the last one.</param>
    /// <returns>True: write it. False: it is held back and counted.</returns>
    public bool IsDue(string trouble, out long heldBack)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var key = _told.ContainsKey(trouble) || HasRoom(now) ? trouble : Others;
            var known = _told.GetValueOrDefault(key);
            var isDue = known is null || now - known.At >= Quiet;
            heldBack = isDue ? known?.HeldBack ?? 0 : 0;
            _told[key] = isDue ? new Told(now, 0) : known! with { HeldBack = known.HeldBack + 1 };
            return isDue;
        }
    }

    // What has been quiet for a minute is new trouble when it comes again; only its count of lines held back is lost.
    private bool HasRoom(DateTimeOffset now)
    {
        if (_told.Count < MostKinds) return true;
        foreach (var old in _told.Where(told => now - told.Value.At >= Quiet).Select(told => told.Key).ToList()) _told.Remove(old);
        return _told.Count < MostKinds;
    }
}
