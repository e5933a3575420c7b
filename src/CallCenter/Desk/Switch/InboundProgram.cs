using Courier.CallCenter.Agents;
using Courier.CallCenter.Ivr;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Routing;
using Courier.CallCenter.Voice;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Switch;

/// <summary>
/// What happens to somebody who calls a hotline: the announcement, the flow, the queue, the talk, the questions afterwards, or a message.
/// Whatever it awaits goes on in the call's mailbox; it ends with an exception of cancellation when the caller hangs up.
/// </summary>
internal sealed partial class InboundProgram(
    Flows flows, CallQueues queues, CallBacks callBacks, QueueProgram waiting, Dialler dialler, Announcer announcer, CallCenterOptions options, ILogger<InboundProgram> log)
{
    private static readonly TimeSpan LongestMessage = TimeSpan.FromMinutes(3);

    /// <summary>Runs it; the call is over afterwards, whatever happens.</summary>
    public void Start(Call call) => _ = call.Run(() => Run(call)).ContinueWith(done =>
    {
        if (done.IsFaulted) ProgramFailed(log, done.Exception.GetBaseException(), call.Id);
        call.Post(c => c.End());
    }, TaskScheduler.Default);

    private async Task Run(Call call)
    {
        var line = new CallerLine(call, announcer);
        call.Ear = line;
        call.Enter(CallState.InFlow);
        if (options.Recording.Talks) await line.Say(Speech.Of(Texts.CallIsRecorded), bargeIn: true).ConfigureAwait(true);
        switch (await flows.Run(line, call.Gone).ConfigureAwait(true))
        {
            case FlowEnd.ToQueue place:
                await Wait(call, line, place).ConfigureAwait(true);
                break;
            case FlowEnd.CallBack callBack:
                call.CustomerId = callBack.Place.Customer;
                if (call.Facts.CallerPhone is { } phone) callBacks.Ask(TicketOf(call, callBack.Place), phone);
                break;
            case FlowEnd.ToVoicemail voicemail:
                call.CustomerId = voicemail.Customer;
                await Record(call, line, voicemail.Box).ConfigureAwait(true);
                break;
            case FlowEnd.HangUp:
                break;
            default:
                throw new InvalidOperationException("a flow ended in a way that is not known here");
        }
    }

    // Whoever was given away in vain, or whose agent vanished, waits again, with the time that they have waited already.
    private async Task Wait(Call call, CallerLine line, FlowEnd.ToQueue place)
    {
        call.CustomerId = place.Customer;
        var ticket = TicketOf(call, place);
        while (true)
        {
            call.TakeBack(CallState.Queued);
            var entry = queues.Join(ticket);
            call.Place = entry;
            var (outcome, agent) = await FindAgent(call, line, entry).ConfigureAwait(true);
            if (agent is not null)
            {
                call.Connect(agent);
                var end = await call.WhenServed.WaitAsync(call.Gone).ConfigureAwait(true);
                if (end == ServiceEnd.Stranded) continue;
                call.TakeBack(CallState.InSurvey);
                line.ForgetDigits(); // what was pressed during the talk is no score
                await flows.RunSurvey(line, call.Gone).ConfigureAwait(true);
            }
            else if (outcome == QueueOutcome.Voicemail) await Record(call, line, entry.Queue).ConfigureAwait(true);
            return;
        }
    }

    /// <summary>Entertains the caller and rings reserved agents, side by side, until one of both is done.</summary>
    private async Task<(QueueOutcome Outcome, Party? Agent)> FindAgent(Call call, CallerLine line, QueueEntry entry)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(call.Gone);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(call.Gone);
        try
        {
            var program = waiting.Run(line, entry, answered.Token);
            var ringing = Ring(call, entry, over.Token);
            await Task.WhenAny(program, ringing).ConfigureAwait(true);
            if (!ringing.IsCompleted) await over.CancelAsync().ConfigureAwait(true);
            // Without an agent the program goes on to its own end: whoever was not let in is still told why, and chooses.
            var agent = await ringing.ConfigureAwait(true);
            if (agent is not null) await answered.CancelAsync().ConfigureAwait(true);
            return (await program.ConfigureAwait(true), agent);
        }
        finally
        {
            if (call.Gone.IsCancellationRequested) entry.Leave(QueueLeft.Abandoned);
        }
    }

    // The agent who answered; null when nobody is to be rung any more.
    private async Task<Party?> Ring(Call call, QueueEntry entry, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await Next(entry, stop).ConfigureAwait(true) is not { } reservation) return null;
            if (await Ring(call, reservation, stop).ConfigureAwait(true) is { } agent) return agent;
        }
        return null;
    }

    private async Task<Party?> Ring(Call call, Reservation reservation, CancellationToken stop)
    {
        if (!PhoneUser.TryParse(reservation.PhoneUser, null, out var user))
        {
            reservation.Failed(RingEnd.Unreachable);
            return null;
        }
        var rung = await dialler.Ring(call, user, PartyRole.Agent, reservation.Ring, stop).ConfigureAwait(true);
        if (rung.Party is { } agent)
        {
            if (!stop.IsCancellationRequested && reservation.Answered()) return agent;
            agent.HangUp();
            reservation.Released();
        }
        else if (stop.IsCancellationRequested) reservation.Released();
        else reservation.Failed(rung.End.AsRing());
        return null;
    }

    private static async Task<Reservation?> Next(QueueEntry entry, CancellationToken stop)
    {
        try
        {
            return await entry.NextAgent(stop).ConfigureAwait(true);
        }
        catch (OperationCanceledException)
        {
            return null; // the entry has left the queue, or the caller has
        }
    }

    private static async Task Record(Call call, CallerLine line, string box)
    {
        call.Enter(CallState.InVoicemail);
        line.Box = box; // how to leave a message was said by whoever offered it
        if (await line.Record(LongestMessage).ConfigureAwait(true) is not null) await line.Say(Speech.Of(Texts.MessageIsKept), bargeIn: false).ConfigureAwait(true);
    }

    private static QueueTicket TicketOf(Call call, FlowEnd.ToQueue place) =>
        new(call.Id, place.Queue, [.. place.Skills.Select(s => new SkillNeed(s, 1))], place.Tier, place.Customer, place.LastAgent, call.Now);

    [LoggerMessage(LogLevel.Error, "The program of call {CallId} failed")]
    private static partial void ProgramFailed(ILogger log, Exception error, string callId);
}
