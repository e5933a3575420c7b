using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace Courier.Kernel.Jobs;

/// <summary>The times of a Quartz cron expression (with seconds), as clocks in China show them; for work whose times are a setting.</summary>
public sealed class CronTimes
{
    private readonly CronExpression _expression;

    private CronTimes(CronExpression expression) => _expression = expression;

    /// <summary>Reads an expression; false when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronTimes? times)
    {
        times = CronExpression.TryParse(text, out var expression) ? new CronTimes(expression.WithTimeZone(JobSchedules.China)) : null;
        return times is not null;
    }

    /// <summary>The first time after a moment; null when there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset moment) => _expression.GetNextValidTimeAfter(moment);
}
