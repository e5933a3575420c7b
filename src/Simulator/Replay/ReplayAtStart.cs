using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Simulator.Replay;

/// <summary>Plays the file that the command line names as soon as the product listens, reports, and stops the program when asked to.</summary>
internal sealed class ReplayAtStart(DayReplay replay, SimulatorOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ReplayAtStart> log) : BackgroundService
{
    static readonly JsonSerializerOptions readable = new(Json.Wire) { WriteIndented = true };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Replay.Length == 0) return;
        try
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            replay.Start(DayFile.Open(options.Replay), options.ReplaySpeed, again: false);
            await replay.WhenDone.WaitAsync(stoppingToken);
            await Task.Delay(options.ReplayRest, time, stoppingToken);
            log.LogInformation("The day was played:\n{Report}", JsonSerializer.Serialize(await replay.Report(stoppingToken), readable));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
        catch (InvalidDataException wrong) { log.LogError("The day cannot be played: {Reason}", wrong.Message); }
        if (options.ReplayThenStop) lifetime.StopApplication();
    }
}
