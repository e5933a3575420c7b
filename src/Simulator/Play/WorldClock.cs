namespace Courier.Simulator.Play;

/// <summary>The world's own time: it runs at a chosen multiple of real time, or stands still.</summary>
internal sealed record WorldClock(DateTimeOffset At, DateTimeOffset ReadAt, double Speed, bool Playing)
{
    public WorldClock Read(DateTimeOffset now) =>
        this with { At = Playing && now > ReadAt ? At + (now - ReadAt) * Speed : At, ReadAt = now };

    /// <summary>After a stop of the program the world is where it was, or in the present when that is later.</summary>
    public WorldClock Resume(DateTimeOffset now) => this with { At = Playing && now > At ? now : At, ReadAt = now };
}
