using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Notifications;

/// <summary>Sends one message over the first channel that takes it, and decides what becomes of it.</summary>
internal sealed partial class SendOne(
    IEnumerable<IChannel> channels, TimeProvider clock, NotificationsOptions options, OnceAMinute seldom, ILogger<SendOne> log)
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(5);

    private readonly IChannel[] _channels = [.. channels.OrderBy(c => c.Preference).ThenBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Tries the channels in their order. Null when the process stops first: the lease then ends and it comes again.</summary>
    public async Task<SendResult?> Run(Bundle bundle, CancellationToken ct)
    {
        var attempts = new List<ChannelAttempt>();
        if (bundle.Attempts > options.Attempts) return End(NotificationState.Dead, "", "gave_up: it ended the process again and again");
        var lastReason = bundle.Lead.FailedChannels.Length > 0 ? "not_delivered" : "none_configured";
        string? holdReason = null;
        DateTimeOffset? opensAt = null;
        (IChannel Channel, SendOutcome.RetryLater Retry)? waitsFor = null;
        (IChannel Channel, string Reason)? left = null;
        var waited = clock.GetUtcNow() - bundle.FirstTriedAt;
        foreach (var channel in _channels.Where(c => !bundle.Lead.HasFailedOver(c) && c.Takes(bundle.Outgoing)))
        {
            if (await Try(channel, bundle.Outgoing, ct).ConfigureAwait(false) is not { } outcome) return null;
            if (outcome is SendOutcome.NotAvailable notAvailable)
            {
                lastReason = notAvailable.Reason;
                if (notAvailable.OpensWhenCustomerActs) holdReason ??= notAvailable.Reason;
                if (notAvailable.OpensAt is { } opens && (opensAt is null || opens < opensAt)) opensAt = opens;
                attempts.Add(new ChannelAttempt(channel.Name, SendState.FallenBack, Short(lastReason)));
                continue;
            }
            if (outcome is SendOutcome.Unreachable gone) // who has left one way may be reached another: a short message, the mini-program
            {
                left ??= (channel, gone.Reason);
                attempts.Add(new ChannelAttempt(channel.Name, SendState.FallenBack, Short(gone.Reason)));
                continue;
            }
            if (outcome is SendOutcome.Rejected rejected && waitsFor is not null) // the one that is away may take it
            {
                Refuse(channel, rejected.Reason);
                attempts[^1] = attempts[^1] with { State = SendState.FallenBack };
                continue;
            }
            if (outcome is SendOutcome.RetryLater retry && GoesOn(retry))
            {
                waitsFor ??= (channel, retry);
                attempts.Add(new ChannelAttempt(channel.Name, SendState.Retried, Short(retry.Reason)));
                continue;
            }
            return Decide(channel, outcome);
        }
        if (waitsFor is { } first && (!IsLast(first.Retry) || (holdReason is null && opensAt is null))) return WaitOrGiveUp(first.Channel, first.Retry);
        if (opensAt is { } at && clock.GetUtcNow() - bundle.FirstTriedAt < options.GiveUpAfter)
            return new SendResult(bundle, attempts, new Decision(NotificationState.Planned, attempts[^1].Channel, Short(lastReason), at, IsUncounted: true));
        if (left is { } way)
        {
            attempts.RemoveAt(attempts.FindIndex(a => a.Channel == way.Channel.Name)); // it stands last, as what decided
            return Over(way.Channel, SendState.Dropped, NotificationState.Dropped, way.Reason);
        }
        return holdReason is null ? End(NotificationState.Dead, attempts.Count > 0 ? attempts[^1].Channel : "", "no_channel: " + lastReason) : Hold(holdReason);

        // Nothing is given up before the other channels were tried, and what is urgent does not wait long for one that is away.
        bool GoesOn(SendOutcome.RetryLater retry) => IsLast(retry)
            || (retry.IsOutage && bundle.Outgoing.IsUrgent && waited + retry.After >= options.UrgentWaitsForOutage);

        bool IsLast(SendOutcome.RetryLater retry) => retry.IsOutage ? waited >= options.GiveUpAfter : bundle.Attempts >= options.Attempts;

        SendResult WaitOrGiveUp(IChannel channel, SendOutcome.RetryLater retry)
        {
            attempts.RemoveAt(attempts.FindIndex(a => a.Channel == channel.Name)); // it stands last, as what decided
            return IsLast(retry) ? Over(channel, SendState.Dead, NotificationState.Dead, "gave_up: " + retry.Reason) : Wait(channel, retry.After, retry.Reason);
        }

        SendResult Decide(IChannel channel, SendOutcome outcome) => outcome switch
        {
            SendOutcome.Sent sent => Over(channel, SendState.Sent, NotificationState.Sent, "", sent.ProviderId, sent.AwaitsConfirmation),
            SendOutcome.RetryLater { IsOutage: true } away => Wait(channel, away.After, away.Reason),
            SendOutcome.RetryLater retry => Again(channel, retry.After, retry.Reason),
            SendOutcome.Ambiguous unclear when clock.GetUtcNow() + RepeatAfter - bundle.FirstTriedAt < channel.RecognisesRepeatsFor =>
                Unsettled(Again(channel, RepeatAfter, "ambiguous: " + unclear.Reason)),
            SendOutcome.Ambiguous unclear => Unsettled(Over(channel, SendState.Ambiguous, NotificationState.Sent, "ambiguous: " + unclear.Reason)),
            SendOutcome.Rejected refused => Refuse(channel, refused.Reason),
            _ => throw new InvalidOperationException($"{channel.Name} answered with {outcome.GetType().Name}"),
        };

        SendResult Over(IChannel channel, SendState send, NotificationState state, string reason, string? providerId = null, bool awaits = false)
        {
            var mayBeDouble = send == SendState.Sent && bundle.IsTakenOver && clock.GetUtcNow() - bundle.FirstTriedAt >= channel.RecognisesRepeatsFor;
            attempts.Add(new ChannelAttempt(channel.Name, send, Short(reason), providerId, awaits, mayBeDouble));
            return End(state, channel.Name, reason);
        }

        SendResult Again(IChannel channel, TimeSpan after, string reason)
        {
            if (bundle.Attempts >= options.Attempts) return Over(channel, SendState.Dead, NotificationState.Dead, "gave_up: " + reason); // only what is ambiguous comes here with its last attempt
            return Later(channel, after, options.FirstDelay * Math.Pow(2, Math.Min(bundle.Attempts - 1, 20)), reason, isUncounted: false);
        }

        // Waiting as long again as it has waited already: short outages are short for customers, long ones do not cost a thousand attempts.
        SendResult Wait(IChannel channel, TimeSpan after, string reason)
        {
            var growing = waited > options.FirstDelay ? waited : options.FirstDelay;
            var patience = options.UrgentWaitsForOutage - waited;
            if (bundle.Outgoing.IsUrgent && patience > TimeSpan.Zero && growing > patience) growing = patience;
            return Later(channel, after, growing, reason, isUncounted: true);
        }

        SendResult Later(IChannel channel, TimeSpan atLeast, TimeSpan growing, string reason, bool isUncounted)
        {
            attempts.Add(new ChannelAttempt(channel.Name, SendState.Retried, Short(reason)));
            var delay = TimeSpan.FromTicks(Math.Max(atLeast.Ticks, Math.Min(growing.Ticks, options.LongestDelay.Ticks)));
            return new SendResult(bundle, attempts, new Decision(NotificationState.Planned, channel.Name, Short(reason), clock.GetUtcNow() + delay, isUncounted));
        }

        // The last attempt comes when the time of holding is over.
        SendResult Hold(string reason)
        {
            var until = bundle.PlannedAt + options.HoldFor;
            return until <= clock.GetUtcNow()
                ? End(NotificationState.Dead, attempts[^1].Channel, "gave_up: " + reason)
                : new SendResult(bundle, attempts, new Decision(NotificationState.Held, attempts[^1].Channel, Short(reason), until, IsUncounted: true));
        }

        SendResult Unsettled(SendResult result) => result with { Decision = result.Decision with { SettlesAt = clock.GetUtcNow() + options.SettleAfterNoAnswer } };

        SendResult Refuse(IChannel channel, string reason)
        {
            if (seldom.IsDue($"{channel.Name} {reason}", out var heldBack)) Refused(log, channel.Name, bundle.Lead.Id, bundle.Lead.Kind, reason, heldBack);
            return Over(channel, SendState.Dead, NotificationState.Dead, reason);
        }

        SendResult End(NotificationState state, string channel, string reason) =>
            new(bundle, attempts, new Decision(state, channel, Short(reason)));
    }

    // An adapter maps what can go wrong to outcomes; what it throws nevertheless is a fault of ours and holds up nobody else.
    private async Task<SendOutcome?> Try(IChannel channel, OutgoingMessage message, CancellationToken ct)
    {
        var sending = Send(channel, message, ct);
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (sending.IsCompletedSuccessfully) return await sending.ConfigureAwait(false);
        if (ct.IsCancellationRequested) return null;
        if (seldom.IsDue($"{channel.Name} threw", out var heldBack)) Threw(log, sending.Exception, channel.Name, message.Id, heldBack);
        return new SendOutcome.RetryLater(TimeSpan.Zero, "threw " + (sending.Exception?.InnerException ?? new OperationCanceledException()).GetType().Name);
    }

    private static async Task<SendOutcome> Send(IChannel channel, OutgoingMessage message, CancellationToken ct) =>
        await channel.Send(message, ct).ConfigureAwait(false);

    private static string Short(string reason) => reason.Length > 300 ? reason[..300] : reason;

    [LoggerMessage(LogLevel.Error, "{Channel} refuses notification {Id} ({Kind}): {Reason}; it will not be sent; {HeldBack} more like this since the last line")]
    private static partial void Refused(ILogger log, string channel, string id, NotificationKind kind, string reason, long heldBack);

    [LoggerMessage(LogLevel.Error, "{Channel} threw while it sent notification {Id}; it comes again later; {HeldBack} more like this since the last line")]
    private static partial void Threw(ILogger log, Exception? error, string channel, string id, long heldBack);
}
