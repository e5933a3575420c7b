using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Notifications;

/// <summary>A portion that is leased and looked up, and not on its way yet.</summary>
/// <param name="Claim">Under which claim.</param>
/// <param name="Bundles">What is to be sent.</param>
/// <param name="Portion">The same, as the channels see it.</param>
/// <param name="Unwanted">What is not to be sent, or not now.</param>
/// <param name="Phones">Who would get a short message.</param>
/// <param name="HasTime">Does the lease last for another send?</param>
internal sealed record TakenPortion(
    string Claim, IReadOnlyList<Bundle> Bundles, Portion Portion, IReadOnlyList<SendResult> Unwanted, IReadOnlySet<CustomerId> Phones, Func<bool> HasTime);

/// <summary>A portion on its way.</summary>
/// <param name="Begun">When every message of it has begun.</param>
/// <param name="Ends">When all is recorded.</param>
internal sealed record RunningPortion(Task Begun, Task Ends)
{
    /// <summary>A portion of which nothing was to be sent.</summary>
    public static RunningPortion Nothing { get; } = new(Task.CompletedTask, Task.CompletedTask);
}

/// <summary>Sends a portion that this process has leased, and records it.</summary>
internal sealed partial class SendPortion(
    Db db, Merging merging, IncidentLines incidents, SendOne one, IEnumerable<IChannel> channels, IJobAlarm alarm, TimeProvider clock, NotificationsOptions options, ILogger<SendPortion> log)
{
    /// <summary>Reason of those that wait no longer because their customer is there.</summary>
    public const string CustomerActed = "customer_acted";

    private const string OfAParcel = "parcel:"; // as an order key begins

    private static readonly Counter<long> Total =
        CourierMetrics.Meter.CreateCounter<long>("courier_notifications_total", description: "Attempts to tell a customer something, by kind, channel and outcome.");

    private static readonly Counter<long> PossibleDoubles =
        CourierMetrics.Meter.CreateCounter<long>("courier_notifications_possible_doubles_total", description: "Messages that a process which died may have sent already, over channels that know no repeats.");

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(40);

    private readonly IReadOnlySet<NotificationKind> _replacesSms = options.Sms.ReplacedSet().Intersect(options.Sms.KindSet()).ToHashSet();
    private readonly DailyHours _house = DailyHours.Parse(options.QuietHours);

    /// <summary>Finds out all that is needed to send, once for all messages.</summary>
    /// <param name="claim">Under which claim they were taken.</param>
    /// <param name="due">What was taken.</param>
    /// <param name="hasTime">Does the lease last for another send?</param>
    /// <param name="ct">Ends it; the lease then ends by itself.</param>
    public async Task<TakenPortion> Prepare(string claim, IReadOnlyList<DueMessage> due, Func<bool> hasTime, CancellationToken ct)
    {
        var (wanted, unwanted) = await Sort(due, ct).ConfigureAwait(false);
        var bundles = merging.Bundle(wanted);
        var portion = new Portion([.. bundles.Select(b => b.Outgoing)]);
        var phones = await WithPhones(portion, ct).ConfigureAwait(false);
        foreach (var channel in channels) // what fails now fails again when it sends, which has an outcome for it
            await channel.Prepare(portion, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new TakenPortion(claim, bundles, portion, unwanted, phones, hasTime);
    }

    /// <summary>Starts sending.</summary>
    public RunningPortion Start(TakenPortion taken, SemaphoreSlim places, CancellationToken ct)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ends = Run(taken, places, begun, ct);
        return new RunningPortion(Task.WhenAny(begun.Task, ends), ends);
    }

    private async Task Run(TakenPortion taken, SemaphoreSlim places, TaskCompletionSource begun, CancellationToken ct)
    {
        var (claim, bundles, portion, unwanted, phones, hasTime) = taken;
        var results = Channel.CreateUnbounded<SendResult>(new UnboundedChannelOptions { SingleReader = true });
        foreach (var result in unwanted) results.Writer.TryWrite(result);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var recording = RecordAll(claim, results.Reader, all.Task); // even at a shutdown: what was sent must be known
        var unsent = new ConcurrentBag<Bundle>();
        var sending = new List<Task>(bundles.Count);
        for (var i = 0; i < bundles.Count; i++)
        {
            var bundle = bundles[i] with { Outgoing = portion.Messages[i] };
            await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            sending.Add(SendInPlace(bundle));
        }
        begun.TrySetResult();
        await Task.WhenAll(sending).ConfigureAwait(false);
        results.Writer.Complete();
        all.SetResult();
        await recording.ConfigureAwait(false);
        await portion.End(CancellationToken.None).ConfigureAwait(false);
        await RecordResults.GiveBack(db, claim, [.. unsent], CancellationToken.None).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();

        async Task SendInPlace(Bundle bundle)
        {
            try
            {
                if (ct.IsCancellationRequested || recording.IsCompleted || !hasTime()) unsent.Add(bundle);
                else if (await one.Run(bundle, ct).ConfigureAwait(false) is { } result) results.Writer.TryWrite(WithSms(result, phones));
            }
            finally
            {
                places.Release();
            }
        }
    }

    // What the customer does not want (any more), or not at this hour, is not sent; nor an incident that is over, nor what the bot says
    // after a person has taken over.
    private async Task<(IReadOnlyList<DueMessage> Wanted, IReadOnlyList<SendResult> Unwanted)> Sort(IReadOnlyList<DueMessage> due, CancellationToken ct)
    {
        var choosers = due.Where(m => NotificationPreferences.Switchable.Contains(m.Kind)).Select(m => m.Customer).Distinct().ToList();
        var preferences = await CustomerPreferences.Of(db, choosers, ct).ConfigureAwait(false);
        var silenced = await Silenced(due, ct).ConfigureAwait(false);
        var late = await TooLate(due, ct).ConfigureAwait(false);
        var lines = await incidents.Of(due, ct).ConfigureAwait(false);
        var (wanted, unwanted, now) = (new List<DueMessage>(due.Count), new List<SendResult>(), clock.GetUtcNow());
        foreach (var message in due)
        {
            var wishes = preferences.GetValueOrDefault(message.Customer, NotificationPreferences.Default);
            var line = message.Kind is NotificationKind.ParcelStatus or NotificationKind.Incident ? lines.GetValueOrDefault(message.OrderKey ?? "") : null;
            var at = message.Reason == CustomerActed ? now : wishes.SendableAt(message.Kind, message.IsUrgent == 1, _house, now);
            if (silenced.Contains(message.Id)) unwanted.Add(Not(message, new Decision(NotificationState.Dropped, "", "a person has taken over")));
            else if (late.Contains(message.Id)) unwanted.Add(Not(message, new Decision(NotificationState.Superseded, "", "promise_over")));
            else if (!wishes.Wants(message.Kind)) unwanted.Add(Not(message, new Decision(NotificationState.Dropped, "", "switched_off")));
            else if (message.Kind == NotificationKind.Incident && line is null) unwanted.Add(Not(message, new Decision(NotificationState.Superseded, "", "incident_over")));
            else if (at > now) unwanted.Add(Not(message, new Decision(NotificationState.Planned, "", "quiet_hours", at, IsUncounted: true)));
            else wanted.Add(wishes.IsSmsAllowed && line is null ? message : message with { IsSmsAllowed = wishes.IsSmsAllowed, IncidentLine = line });
        }
        return (wanted, unwanted);
    }

    // A warning that was held up until its promise was over warns of nothing any more.
    private async Task<IReadOnlySet<string>> TooLate(IReadOnlyList<DueMessage> due, CancellationToken ct)
    {
        var warnings = due.Where(m => m.Kind == NotificationKind.ParcelWarning && m.OrderKey?.StartsWith(OfAParcel, StringComparison.Ordinal) == true).ToLookup(m => m.OrderKey![OfAParcel.Length..], m => m.Id);
        var over = await LateWarnings.PromiseIsOver(db, [.. warnings.Select(w => w.Key)], clock.GetUtcNow(), ct).ConfigureAwait(false);
        return over.SelectMany(parcel => warnings[parcel]).ToHashSet();
    }

    private static SendResult Not(DueMessage message, Decision decision) =>
        new(new Bundle([message], new OutgoingMessage(message.Id, message.Customer, message.Kind, "", null, null, null, null, null)), [], decision);

    private async Task<IReadOnlySet<string>> Silenced(IReadOnlyList<DueMessage> due, CancellationToken ct)
    {
        var late = due.Where(m => m.Kind == NotificationKind.LateAnswer).ToList();
        if (late.Count == 0) return new HashSet<string>();
        var turns = await HumanTurns.Of(db, [.. late.Select(m => m.Customer).Distinct()], ct).ConfigureAwait(false);
        var since = turns.ToDictionary(t => t.Customer, t => t.Since);
        return late.Where(m => since.TryGetValue(m.Customer, out var from) && from > m.PlannedAt).Select(m => m.Id).ToHashSet();
    }

    private Task<IReadOnlySet<CustomerId>> WithPhones(Portion portion, CancellationToken ct) =>
        VerifiedPhones.WhoHasOne(db, [.. portion.Messages.Where(ReplacesSms).Select(m => m.Customer).Distinct()], ct);

    // What would not go as a short message without WeChat saves none.
    private bool ReplacesSms(OutgoingMessage m) => options.Sms.Allows(m, _replacesSms);

    // A message that WeChat took for somebody with a phone would have been a short message otherwise.
    private SendResult WithSms(SendResult result, IReadOnlySet<CustomerId> phones)
    {
        var message = result.Bundle.Outgoing;
        var last = result.Attempts.Count > 0 ? result.Attempts[^1] : null;
        var isBySms = last?.Channel == SmsChannel.ChannelName;
        if (last?.State != SendState.Sent || !(isBySms || (ReplacesSms(message) && phones.Contains(message.Customer)))) return result;
        var segments = SmsText.Segments(SmsText.Of(message.Text, options.Sms.Signature));
        return result with { Attempts = [.. result.Attempts.SkipLast(1), last with { SmsSegments = segments }] };
    }

    // What comes within a moment is written together: each commit waits for the disk.
    private async Task RecordAll(string claim, ChannelReader<SendResult> results, Task all)
    {
        while (await results.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (!all.IsCompleted) await Task.WhenAny(all, Task.Delay(Gathering, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false); // spares the disk; it is no time of the business
            var come = new List<SendResult>();
            while (results.TryRead(out var result)) come.Add(result);
            await Record(claim, come).ConfigureAwait(false);
        }
    }

    private async Task Record(string claim, IReadOnlyList<SendResult> results)
    {
        var own = await RecordResults.Write(db, clock, options, claim, results, CancellationToken.None).ConfigureAwait(false);
        var all = results.Sum(r => r.Bundle.All.Count);
        if (own < all) LeaseRanOut(log, all - own);
        foreach (var result in results) Count(result);
        var awaited = results.SelectMany(r => r.Attempts).Where(a => a is { AwaitsConfirmation: true, ProviderId: not null }).Select(a => (a.Channel, a.ProviderId!)).ToList();
        await Confirmations.Apply(db, alarm, clock, awaited, CancellationToken.None).ConfigureAwait(false);
    }

    private static void Count(SendResult result)
    {
        var kind = EnumText<NotificationKind>.Of(result.Bundle.Lead.Kind);
        foreach (var attempt in result.Attempts)
        {
            Total.Add(1, new TagList { { "kind", kind }, { "channel", attempt.Channel }, { "outcome", EnumText<SendState>.Of(attempt.State) } });
            if (attempt.MayBeDouble) PossibleDoubles.Add(1, new KeyValuePair<string, object?>("channel", attempt.Channel));
        }
        if (result.Attempts.Count == 0)
            Total.Add(1, new TagList { { "kind", kind }, { "channel", "none" }, { "outcome", EnumText<NotificationState>.Of(result.Decision.State) } });
    }

    [LoggerMessage(LogLevel.Warning, "{Count} notifications were sent after their lease had run out; another process may have sent them too, with the same ids")]
    private static partial void LeaseRanOut(ILogger log, int count);
}
