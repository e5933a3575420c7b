using System.Net.Sockets;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Recording;
using Courier.CallCenter.Routing;
using Courier.CallCenter.Trunks;
using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.CallCenter.Switch;

/// <summary>
/// The telephone of this process, from its start to its stop. At a stop new calls are sent elsewhere while those that run may go on to
/// their end, as long as the time lasts that the process has for stopping.
/// </summary>
internal sealed partial class Telephone(
    Exchange exchange, Door door, Calls calls, CallGround ground, PhoneBook phones, TrunkAddresses addresses, TrunkBoard trunks, AgentBoard board, CallBacks callBacks, OutgoingCalls outgoing, Recordings recordings, CallJournal journal, Voice.Announcer announcer,
    CallCenterOptions options, TelephoneWish wish, Db db, IHostEnvironment environment, IHostApplicationLifetime lifetime, IOptions<HostOptions> host, TimeProvider clock, ILogger<Telephone> log) : BackgroundService
{
    private const int RoundsUntilLookUp = 6, RoundsUntilRemoval = 720;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5), LastMoments = TimeSpan.FromSeconds(2), Look = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!wish.Always && options.Hotlines.Count == 0 && options.Trunks.Count == 0) return; // nobody could be called: no port is opened for it
        await phones.Load(cancellationToken).ConfigureAwait(false);
        await addresses.Resolve(cancellationToken).ConfigureAwait(false);
        await recordings.Recover(cancellationToken).ConfigureAwait(false);
        journal.Add(CallNote.Kind, new CallNote(ground.Node, clock.GetUtcNow(), null));
        exchange.Registrar.Changed += Registered;
        callBacks.DialBy(outgoing);
        lifetime.ApplicationStopping.Register(() =>
        {
            if (exchange.IsOpen) exchange.Agent.IsDraining = true;
        });
        CourierMetrics.Meter.CreateObservableGauge("courier_calls_running", () => calls.Count, description: "Calls that run in this process");
        CourierMetrics.Meter.CreateObservableGauge("courier_sip_legs", () => exchange.IsOpen ? exchange.Agent.Legs : 0, description: "Ends of calls that SIP knows in this process");
        CourierMetrics.Meter.CreateObservableGauge("courier_sip_transactions", () => exchange.IsOpen ? exchange.Agent.Layer.Count : 0, description: "SIP transactions of this process, those with them that only wait for repetitions");
        if (TryOpen()) await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var left = host.Value.ShutdownTimeout - LastMoments;
        grace.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        while (calls.Count > 0 && !grace.IsCancellationRequested) await Task.Delay(Look, clock, grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var call in calls.All()) call.Post(c => c.End(CallResult.Failed));
        for (var waited = TimeSpan.Zero; calls.Count > 0 && waited < LastMoments / 2; waited += Look) await Task.Delay(Look, clock, CancellationToken.None).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(trunks.Watch(stoppingToken), Tidy(stoppingToken), announcer.RenderAhead(stoppingToken));

    private bool TryOpen()
    {
        try
        {
            exchange.Open(door);
            Opened(log, options.Sip.ListenAddress, exchange.Ports());
            return true;
        }
        catch (SocketException e) when (environment.IsDevelopment())
        {
            // A second copy on the same machine is for pages, not for calls.
            IsOff(log, options.Sip.Port, e.Message);
            return false;
        }
        catch (SocketException e)
        {
            throw new WrongConfiguration($"CallCenter:Sip:Port: {options.Sip.ListenAddress}:{options.Sip.Port} cannot be used: {e.Message}");
        }
    }

    private void Registered(string address, bool isReachable)
    {
        var user = address["sip:".Length..address.LastIndexOf('@')];
        if (isReachable) board.SignedOn(user);
        else if (PhoneUser.TryParse(user, null, out var phone) && exchange.Find(phone).Count == 0) board.SignedOff(user);
    }

    private async Task Tidy(CancellationToken ct)
    {
        for (var round = 1; !ct.IsCancellationRequested; round++)
        {
            await Task.Delay(Round, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested) return;
            exchange.Registrar.Sweep();
            foreach (var call in calls.All()) call.Post(EndWhatIsTooLong);
            if (round % RoundsUntilLookUp == 0) await LookUp(round % RoundsUntilRemoval == 0, ct).ConfigureAwait(false);
        }
    }

    private async Task LookUp(bool recordingsToo, CancellationToken ct)
    {
        try
        {
            await addresses.Resolve(ct).ConfigureAwait(false);
            await phones.Load(ct).ConfigureAwait(false);
            if (recordingsToo) await recordings.RemoveErased(db, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            NotLookedUp(log, e.Message); // what was known holds
        }
    }

    private void EndWhatIsTooLong(Call call)
    {
        if (call.Facts.StartedAt + options.LongestCall <= clock.GetUtcNow()) call.End();
        else if (call.State == CallState.Parked && call.ParkedAt + options.ParkLimit <= clock.GetUtcNow())
        {
            if (call.Slot is { } slot) calls.FreeSlot(slot);
            call.GiveUpParking();
        }
    }

    [LoggerMessage(LogLevel.Debug, "The telephone listens at {Address}, {Ports}")]
    private static partial void Opened(ILogger log, string address, string ports);

    [LoggerMessage(LogLevel.Warning, "The telephone is off: port {Port} cannot be used: {Why}")]
    private static partial void IsOff(ILogger log, int port, string why);

    [LoggerMessage(LogLevel.Warning, "Telephones and trunks could not be looked up again: {Why}")]
    private static partial void NotLookedUp(ILogger log, string why);
}
