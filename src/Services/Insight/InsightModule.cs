using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Calendars;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Insight;

/// <summary>Table of contents of the capability.</summary>
public static class InsightModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddInsight(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<UsageChannel>();
        TypeHandlers.AddEnum<UsageOutcome>();
        modules.Services.AddSingleton<UsageEvents>().AddHostedService(p => p.GetRequiredService<UsageEvents>());
        return modules.Job<PurgeUsageDays>("insight.purge_usage", JobSchedule.At("0 5 4 * * ?"));
    }
}

/// <summary>Forgets counts after thirteen months, so that a month can be compared with that of the year before.</summary>
internal sealed class PurgeUsageDays(Db db, TimeProvider clock) : IScheduledJob
{
    private const int KeptDays = 400;

    public Task Run(CancellationToken ct) =>
        db.Execute("delete from insight_usage_days where day < @before", new { before = ChinaTime.DayNumber(clock.GetUtcNow()) - KeptDays }, ct);
}
