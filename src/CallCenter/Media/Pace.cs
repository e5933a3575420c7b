using Courier.Media.Codecs;

namespace Courier.Media;

/// <summary>
/// The absolute schedule of turns: the next is due 20 ms after the last was due, however late that one was. After a stall at most three turns follow at
/// once; what is more is skipped, because nobody wants to hear the past all at once.
/// </summary>
internal sealed class Pace(TimeProvider clock)
{
    private const int MostAtOnce = 3;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(Frame.Milliseconds);

    private long _origin = clock.GetTimestamp();
    private long _turns;

    /// <summary>Turns that were taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Turns that began more than 20 ms after they were due.</summary>
    public long Late { get; private set; }

    /// <summary>Turns that were left out.</summary>
    public long Skipped { get; private set; }

    /// <summary>The latest beginning of all.</summary>
    public TimeSpan Worst { get; private set; }

    /// <summary>Until the next turn is due; nothing or less when it is.</summary>
    public TimeSpan Left => (_turns + 1) * Turn - clock.GetElapsedTime(_origin);

    /// <summary>Begins anew: the next turn is due in 20 ms.</summary>
    public void Restart() => (_origin, _turns) = (clock.GetTimestamp(), 0);

    /// <summary>How many turns are due, three at most, and how many are to be skipped before them.</summary>
    public (int Due, int Skip) Take()
    {
        var late = -Left;
        if (late < TimeSpan.Zero) return (0, 0);
        var waiting = (int)Math.Min(int.MaxValue, late.Ticks / Turn.Ticks + 1);
        var due = Math.Min(waiting, MostAtOnce);
        _turns += waiting;
        Taken += due;
        Skipped += waiting - due;
        if (late > Turn) Late += due;
        if (late > Worst) Worst = late;
        return (due, waiting - due);
    }
}
