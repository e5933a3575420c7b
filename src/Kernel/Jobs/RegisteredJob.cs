using System.Diagnostics;
using System.Diagnostics.Metrics;
using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Courier.Kernel.Jobs;

/// <summary>What Quartz runs for every registered job: the job itself in a scope of its own, never twice at once. A failure is logged and the schedule goes on.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RegisteredJob(ModuleRegistry modules, IServiceScopeFactory scopes, JobPatience patience, ILogger<RegisteredJob> log) : IJob
{
    private static readonly Histogram<double> Seconds =
        CourierMetrics.Meter.CreateHistogram<double>("courier_job_seconds", "s", "How long runs of scheduled jobs took, by job and outcome.");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var name = context.JobDetail.Key.Name;
        if (modules.Jobs.FirstOrDefault(j => j.Name == name) is not { } job)
        {
            Unknown(log, name);
            return;
        }
        var started = Stopwatch.GetTimestamp();
        var outcome = await Run(job, cancellationToken).ConfigureAwait(false);
        Seconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new TagList { { "job", name }, { "outcome", outcome } });
    }

    private async Task<string> Run(JobRegistration job, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ((IScheduledJob)scope.ServiceProvider.GetRequiredService(job.Type)).Run(stop.Token).ConfigureAwait(false);
            return "done";
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return "stopped";
        }
        catch (Exception e) // one of the four loops: a job that fails comes again by its schedule
        {
            Failed(log, e, job.Name);
            return "failed";
        }
    }

    [LoggerMessage(LogLevel.Error, "job {Job} failed; it runs again by its schedule")]
    private static partial void Failed(ILogger log, Exception error, string job);

    [LoggerMessage(LogLevel.Warning, "job {Job} is scheduled but unknown to this version of the program")]
    private static partial void Unknown(ILogger log, string job);
}

/// <summary>Cancelled when running jobs have had time enough to finish at a shutdown.</summary>
internal sealed class JobPatience : IDisposable
{
    private readonly CancellationTokenSource _out = new();

    public CancellationToken Token => _out.Token;

    public void EndAfter(TimeSpan time) => _out.CancelAfter(time);

    public void Dispose() => _out.Dispose();
}
