using Courier.CallCenter.Records;
using Courier.CallCenter.Recording;
using Courier.CallCenter.Voice;
using Courier.Kernel;
using Courier.Media;
using Courier.Media.Mixing;
using Courier.Media.Wav;

namespace Courier.CallCenter.Switch;

/// <summary>The caller of a call, for programs. It may be used from any thread: what it does is done in the call's mailbox.</summary>
internal sealed class CallerLine(Call call, Announcer announcer) : ICallerLine, ICallEar
{
    private const int MostDigits = 64;
    private static readonly TimeSpan ShortestMessage = TimeSpan.FromSeconds(1);

    private readonly Queue<char> _digits = [];
    private TaskCompletionSource? _pressed;
    private (PlayId Id, TaskCompletionSource Done)? _playing;

    public CallFacts Facts => call.Facts;

    public CancellationToken Gone => call.Gone;

    /// <summary>Where messages go.</summary>
    public string Box { get; set; } = "";

    public async Task Say(Speech speech, bool bargeIn, CancellationToken stop = default)
    {
        var clips = await announcer.Render(speech, Gone).ConfigureAwait(false);
        Gone.ThrowIfCancellationRequested();
        if (clips.Count > 0) await call.Run(() => Play(clips, bargeIn, stop)).ConfigureAwait(false);
    }

    public Task<string> Collect(DigitRules rules, CancellationToken stop = default) => call.Run(async () =>
    {
        var collected = "";
        while (collected.Length < rules.Max && await Next(collected.Length == 0 ? rules.First : rules.Between, stop).ConfigureAwait(true) is { } digit && digit != rules.Terminator) collected += digit;
        return collected;
    });

    public void ForgetDigits() => call.Post(_ => _digits.Clear());

    public Task Music(CancellationToken stop) => call.Run(async () =>
    {
        Media.Play(call.Music, loop: true);
        await Until(Task.Delay(Timeout.Infinite, stop)).ConfigureAwait(true);
        StopPlaying();
    });

    public Task<VoiceMessage?> Record(TimeSpan atMost, CancellationToken stop = default) => call.Run(async () =>
    {
        await Play([Tones.Beep], bargeIn: false, stop).ConfigureAwait(true);
        _digits.Clear();
        var facts = new RecordingFacts(
            Ids.New(call.Ground.Clock), call.Id, RecordingKind.Voicemail, Box, call.CustomerId?.Text, TakeCallNotes.PeerHash(call.Ground.Keys, Facts.Caller), call.Now);
        if (call.Ground.Recordings.Begin(call.Ground.Exchange.Media, Media, facts, RecordedSides.Peer) is not { } running) return null;
        try
        {
            while (await Next(atMost - running.Length, stop).ConfigureAwait(true) is { } digit && digit != '#') _digits.Clear();
        }
        finally
        {
            // Also when the caller hangs up, which is how most messages end.
            await call.Ground.Recordings.Finish(running).ConfigureAwait(true);
        }
        return running.Length < ShortestMessage ? null : new VoiceMessage(facts.Id, running.Length);
    });

    public void Pressed(char digit)
    {
        if (_digits.Count < MostDigits) _digits.Enqueue(digit);
        _pressed?.TrySetResult();
    }

    public void Played(PlayId id)
    {
        if (_playing is { } playing && playing.Id == id) playing.Done.TrySetResult();
    }

    private MediaLeg Media => call.Customer!.Media;

    private async Task Play(IReadOnlyList<AudioClip> clips, bool bargeIn, CancellationToken stop)
    {
        Gone.ThrowIfCancellationRequested();
        if (stop.IsCancellationRequested || (bargeIn && _digits.Count > 0)) return;
        var done = NewSignal();
        _playing = (Media.Play(clips), done);
        var ends = bargeIn ? Task.WhenAny(done.Task, Press()) : done.Task;
        await Until(Task.WhenAny(ends, Task.Delay(Timeout.Infinite, stop))).ConfigureAwait(true);
        _playing = null;
        if (!done.Task.IsCompleted) StopPlaying();
    }

    // The next key; null when none comes in time, or it is stopped.
    private async Task<char?> Next(TimeSpan limit, CancellationToken stop)
    {
        Gone.ThrowIfCancellationRequested();
        if (_digits.Count == 0 && limit > TimeSpan.Zero && !stop.IsCancellationRequested)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Until(Task.WhenAny(Press(), Task.Delay(limit, call.Ground.Clock, over.Token))).ConfigureAwait(true);
            await over.CancelAsync().ConfigureAwait(true);
        }
        return _digits.TryDequeue(out var digit) ? digit : null;
    }

    private Task Press() => (_pressed = NewSignal()).Task;

    private void StopPlaying()
    {
        if (!call.Customer!.IsOver) Media.StopPlaying();
    }

    // Waits until something is over, in whatever way; throws once the caller is gone.
    private async Task Until(Task what)
    {
        await what.WaitAsync(Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Gone.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
