namespace Courier.Kernel.Jobs;

/// <summary>Work that is done again and again on a schedule.</summary>
public interface IScheduledJob
{
    /// <summary>Does what is due now. May be stopped by the token at a shutdown and is then run again later.</summary>
    Task Run(CancellationToken ct);
}

/// <summary>When a job runs: at a fixed distance or by a cron expression in Asia/Shanghai.</summary>
/// <param name="Interval">Distance between two starts; null when <paramref name="Cron"/> is given.</param>
/// <param name="Cron">Quartz cron expression (with seconds), evaluated in Asia/Shanghai; null when <paramref name="Interval"/> is given.</param>
public sealed record JobSchedule(TimeSpan? Interval, string? Cron)
{
    /// <summary>Every so often.</summary>
    public static JobSchedule Every(TimeSpan interval) => new(interval, null);

    /// <summary>At the times of a Quartz cron expression.</summary>
    public static JobSchedule At(string cron) => new(null, cron);
}

/// <summary>A job as a capability registered it.</summary>
/// <param name="Name">Stable name: <c>capability.what_it_does</c>.</param>
/// <param name="Type">The <see cref="IScheduledJob"/> that runs, made in a scope of its own.</param>
/// <param name="Schedule">When it runs.</param>
public sealed record JobRegistration(string Name, Type Type, JobSchedule Schedule);

/// <summary>Lets a job run before its time, because there is something for it to do now.</summary>
public interface IJobAlarm
{
    /// <summary>Asks for a run soon; several calls before the run are one run. Never waits and never fails.</summary>
    void Wake(string job);
}
