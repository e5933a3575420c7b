using Courier.CallCenter.Switch;
using Courier.CallCenter.Voice;

namespace Courier.CallCenter.Routing;

/// <summary>
/// What a caller hears while waiting: place and wait, music, and after a while the offer of a call-back that keeps the place, or of the voicemail.
/// Whoever is not let in, or has waited in vain, is told why and gets the same offer.
/// </summary>
internal sealed class QueueProgram(QueueBook book, CallBacks callBacks, TimeProvider clock)
{
    private const string CallBackKey = "1", VoicemailKey = "2";

    private static readonly DigitRules LastChoice = new(1, null, TimeSpan.FromSeconds(8), TimeSpan.Zero);

    /// <summary>Runs until an agent has answered (then it is stopped), the caller decides otherwise, or waiting has no sense any more.</summary>
    /// <param name="line">The caller.</param>
    /// <param name="entry">The place in the queue.</param>
    /// <param name="stop">An agent has answered: it ends at once, in the middle of a word.</param>
    /// <exception cref="OperationCanceledException">The caller is gone.</exception>
    public async Task<QueueOutcome> Run(ICallerLine line, QueueEntry entry, CancellationToken stop)
    {
        if (entry.Admission != Admission.Admitted) return await LetGo(line, entry, NotLetIn(entry.Admission), stop).ConfigureAwait(false);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop, entry.Over);
        line.ForgetDigits();
        await line.Say(Speech.Of(book.Of(entry.Queue).Greeting), bargeIn: false, ends.Token).ConfigureAwait(false);
        var words = new PlaceWords();
        for (var isOffered = false; !ends.IsCancellationRequested;)
        {
            var queue = book.Of(entry.Queue);
            var speech = Speech.Of(words.Next(entry.Position, entry.ExpectedWait));
            if (IsTimeToOffer(queue, entry))
            {
                isOffered = true;
                speech += Speech.Of(CanCallBack(queue, line) ? Texts.OfferBoth : Texts.OfferVoicemail);
            }
            await line.Say(speech, bargeIn: isOffered, ends.Token).ConfigureAwait(false);
            var key = await KeyDuringMusic(line, queue.AnnounceEvery, ends.Token).ConfigureAwait(false);
            if (isOffered && await Chosen(line, entry, key).ConfigureAwait(false) is { } outcome) return outcome;
        }
        return stop.IsCancellationRequested ? QueueOutcome.Stopped : await LetGo(line, entry, entry.OverBecause, stop).ConfigureAwait(false);
    }

    private static QueueLeft NotLetIn(Admission admission) => admission switch
    {
        Admission.Closed => QueueLeft.Closed,
        Admission.Full => QueueLeft.Full,
        Admission.Unstaffed => QueueLeft.Unstaffed,
        Admission.Admitted => throw new ArgumentOutOfRangeException(nameof(admission)),
    };

    private static bool CanCallBack(CallQueue queue, ICallerLine line) => queue.HasCallBack && line.Facts.CallerPhone is not null;

    private static async Task<string> KeyDuringMusic(ICallerLine line, TimeSpan length, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var music = line.Music(over.Token);
        var key = await line.Collect(new DigitRules(1, null, length, TimeSpan.Zero), stop).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await music.ConfigureAwait(false);
        return key;
    }

    private bool IsTimeToOffer(CallQueue queue, QueueEntry entry) =>
        clock.GetUtcNow() - entry.Ticket.Since >= queue.OfferAfter || entry.ExpectedWait >= queue.OfferAfter;

    // Told why, and what may be done instead. An agent who becomes free meanwhile still comes.
    private async Task<QueueOutcome> LetGo(ICallerLine line, QueueEntry entry, QueueLeft because, CancellationToken stop)
    {
        var queue = book.Of(entry.Queue);
        var choice = CanCallBack(queue, line) ? Texts.RefusedChoiceBoth : Texts.RefusedChoiceVoicemail;
        line.ForgetDigits();
        await line.Say(Speech.Of(Why(because, queue)) + Speech.Of(choice), bargeIn: true, stop).ConfigureAwait(false);
        var key = await line.Collect(LastChoice, stop).ConfigureAwait(false);
        if (await Chosen(line, entry, key).ConfigureAwait(false) is { } outcome) return outcome;
        if (stop.IsCancellationRequested || !entry.Leave(because)) return QueueOutcome.Stopped;
        await line.Say(Speech.Of(Texts.Goodbye), bargeIn: false, CancellationToken.None).ConfigureAwait(false);
        return QueueOutcome.Goodbye;
    }

    // Null when nothing is chosen that is offered; an agent who was faster goes first.
    private async Task<QueueOutcome?> Chosen(ICallerLine line, QueueEntry entry, string key)
    {
        switch (key)
        {
            case CallBackKey when CanCallBack(book.Of(entry.Queue), line):
                if (!entry.Leave(QueueLeft.CallBack)) return QueueOutcome.Stopped;
                callBacks.Ask(entry.Ticket with { Queue = entry.Queue }, line.Facts.CallerPhone!.Value);
                await line.Say(Speech.Of(Texts.CallBackTaken), bargeIn: false, CancellationToken.None).ConfigureAwait(false);
                return QueueOutcome.CallBack;
            case VoicemailKey:
                if (!entry.Leave(QueueLeft.Voicemail)) return QueueOutcome.Stopped;
                await line.Say(Speech.Of(Texts.LeaveMessage), bargeIn: false, CancellationToken.None).ConfigureAwait(false);
                return QueueOutcome.Voicemail;
            default:
                return null;
        }
    }

    private string Why(QueueLeft because, CallQueue queue) => because switch
    {
        QueueLeft.Closed when book.OpensAt(queue, clock.GetUtcNow()) is { } opens && !queue.IsClosed => Texts.AfterHours + Texts.OpensAt(Spoken.When(opens, clock.GetUtcNow())),
        QueueLeft.Closed => Texts.AfterHours,
        QueueLeft.Full => Texts.TooMany,
        QueueLeft.Unstaffed => Texts.NobodyThere,
        _ => Texts.TooLong,
    };
}
