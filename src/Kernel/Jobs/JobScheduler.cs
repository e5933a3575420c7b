using System.Threading.Channels;
using Courier.Kernel.Modules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Courier.Kernel.Jobs;

/// <summary>
/// Runs the registered jobs from the moment the process serves. At a shutdown no run begins any more; running ones may finish within
/// <see cref="JobOptions.Patience"/>, then their token is cancelled.
/// </summary>
public sealed partial class JobScheduler : IJobAlarm, IHostedLifecycleService
{
    private readonly ISchedulerFactory _factory;
    private readonly ModuleRegistry _modules;
    private readonly JobOptions _options;
    private readonly JobPatience _patience;
    private readonly ILogger<JobScheduler> _log;
    private readonly Channel<string> _wakes = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);
    private IScheduler? _scheduler;
    private Task _waking = Task.CompletedTask;

    internal JobScheduler(ISchedulerFactory factory, ModuleRegistry modules, JobOptions options, JobPatience patience, ILogger<JobScheduler> log)
    {
        _factory = factory;
        _modules = modules;
        _options = options;
        _patience = patience;
        _log = log;
    }

    /// <inheritdoc />
    public void Wake(string job)
    {
        lock (_waiting)
        {
            if (!_waiting.Add(job)) return;
        }
        _wakes.Writer.TryWrite(job);
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins to run jobs: now the process listens, so that jobs can call its own sandbox.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _scheduler = await _factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        await JobSchedules.Apply(_scheduler, _modules.Jobs, cancellationToken).ConfigureAwait(false);
        await _scheduler.Start(cancellationToken).ConfigureAwait(false);
        _waking = PassWakesOn(_scheduler);
    }

    /// <summary>No run begins any more.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _wakes.Writer.TryComplete();
        if (_scheduler is null) return;
        await _scheduler.Standby(cancellationToken).ConfigureAwait(false);
        _patience.EndAfter(_options.Patience);
    }

    /// <summary>Waits for the runs that are under way.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _waking.ConfigureAwait(false);
        if (_scheduler is not null) await _scheduler.Shutdown(true, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PassWakesOn(IScheduler scheduler)
    {
        await foreach (var job in _wakes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            lock (_waiting) _waiting.Remove(job);
            try
            {
                await scheduler.ScheduleTrigger(JobSchedules.Now(job), TriggerConflict.Replace).ConfigureAwait(false);
            }
            catch (SchedulerException e)
            {
                NotWoken(_log, e, job);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "job {Job} could not be woken; it runs by its schedule")]
    private static partial void NotWoken(ILogger log, Exception error, string job);
}

/// <summary>The alarm of processes that run no jobs: those that do find the work by their schedule.</summary>
internal sealed class SilentAlarm : IJobAlarm
{
    public void Wake(string job)
    {
        // Nothing to wake here.
    }
}
