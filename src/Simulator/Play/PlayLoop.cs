using Courier.Simulator.Carrier;
using Courier.Simulator.Demo;
using Microsoft.Extensions.Hosting;

namespace Courier.Simulator.Play;

/// <summary>The world's heartbeat: what is due happens, what happened is told, and the demo is kept busy.</summary>
internal sealed class PlayLoop(World world, CarrierLink carrier, DemoWorld demo, DemoFollowers followers, SimulatorOptions options, TimeProvider time,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Plays) return;
        try
        {
            await Started(stoppingToken);
            if (options.Demo) demo.PlantOnce();
            using var beat = new PeriodicTimer(options.Beat, time);
            do await Step(stoppingToken);
            while (await beat.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }

    /// <summary>The product's port, and with it its address, is known only when the server listens.</summary>
    async Task Started(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }

    async Task Step(CancellationToken ct)
    {
        world.Tick();
        if (options.Demo) demo.KeepBusy();
        var allTold = await carrier.SendWhatIsDue(ct);
        if (options.Demo && allTold) await followers.Continue(ct);
    }
}
