using Quartz;

namespace Courier.Kernel.Jobs;

/// <summary>Brings the stored schedules in line with the registered jobs, leaving alone what is right already: a run that fell due while nothing ran is not forgotten.</summary>
internal static class JobSchedules
{
    private const string Group = "courier", WakeGroup = "courier.wake";

    public static JobKey Key(string job) => new(job, Group);

    public static async Task Apply(IScheduler scheduler, IReadOnlyList<JobRegistration> jobs, CancellationToken ct)
    {
        foreach (var job in jobs) await Apply(scheduler, job, ct).ConfigureAwait(false);
        var known = jobs.Select(j => Key(j.Name)).ToHashSet();
        var stored = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), ct).ConfigureAwait(false);
        await scheduler.DeleteJobs([.. stored.Where(k => !known.Contains(k))], ct).ConfigureAwait(false);
    }

    /// <summary>One run, as soon as the job is free. While one waits already, this replaces it: many wakes are one run.</summary>
    public static ITrigger Now(string job) => TriggerBuilder.Create()
        .WithIdentity(job, WakeGroup)
        .ForJob(Key(job))
        .StartNow()
        .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
        .Build();

    private static async Task Apply(IScheduler scheduler, JobRegistration job, CancellationToken ct)
    {
        var detail = JobBuilder.Create<RegisteredJob>().WithIdentity(Key(job.Name)).StoreDurably().Build();
        await scheduler.AddJob(detail, new AddJobOptions { Replace = true }, ct).ConfigureAwait(false);
        var trigger = new TriggerKey(job.Name, Group);
        var stored = await scheduler.GetTrigger(trigger, ct).ConfigureAwait(false);
        var intact = stored?.Description == Text(job.Schedule)
            && await scheduler.GetTriggerState(trigger, ct).ConfigureAwait(false) is not TriggerState.Error;
        if (!intact) await scheduler.ScheduleTrigger(ByItsSchedule(job, trigger), TriggerConflict.Replace, ct).ConfigureAwait(false);
    }

    private static ITrigger ByItsSchedule(JobRegistration job, TriggerKey key)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(Key(job.Name)).WithDescription(Text(job.Schedule)).StartNow();
        return job.Schedule is { Interval: { } interval }
            ? trigger.WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)).Build()
            : trigger.WithCronSchedule(job.Schedule.Cron!, s => s.InTimeZone(China).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
    }

    public static TimeZoneInfo China => TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static string Text(JobSchedule schedule) => schedule.Interval is { } interval ? $"every {interval:c}" : $"at {schedule.Cron} Asia/Shanghai";
}
