namespace Courier.Kernel.Jobs;

/// <summary>How scheduled jobs are run; section <c>Jobs</c>.</summary>
public sealed record JobOptions : ICheckedOptions
{
    /// <summary>How many jobs this process runs at once.</summary>
    public int Threads { get; init; } = 8;

    /// <summary>On MariaDB/MySQL: how often a process says that it lives; another takes its jobs over after about three times as long.</summary>
    public TimeSpan CheckIn { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>At a shutdown: how long running jobs may go on before their token is cancelled.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (Threads is < 1 or > 100) yield return "Threads must lie between 1 and 100";
        if (CheckIn < TimeSpan.FromMilliseconds(500) || CheckIn > TimeSpan.FromMinutes(1)) yield return "CheckIn must lie between 00:00:00.5 and 00:01:00";
        if (Patience < TimeSpan.Zero || Patience > TimeSpan.FromMinutes(10)) yield return "Patience must lie between 00:00:00 and 00:10:00";
    }
}
