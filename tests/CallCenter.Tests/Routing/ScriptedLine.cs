using Courier.CallCenter.Switch;
using Courier.CallCenter.Voice;
using Courier.Kernel;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Routing;

/// <summary>A caller of a test: hears, presses keys, hangs up; time is the test's.</summary>
internal sealed class ScriptedLine(FakeClock clock, string callId, string? phone = "13800001111") : ICallerLine, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly Lock _gate = new();
    private readonly List<string> _said = [];
    private TaskCompletionSource<string>? _asked;
    private string _keys = "";

    public CallFacts Facts { get; } = new(callId, phone ?? "", phone is null ? null : Phone.Parse(phone), "95300", "95300", "main", clock.GetUtcNow());

    public CancellationToken Gone => _gone.Token;

    /// <summary>All that was said, in order.</summary>
    public IReadOnlyList<string> Said { get { lock (_gate) return [.. _said]; } }

    /// <summary>Announcements last until they are stopped.</summary>
    public bool SpeaksForEver { get; set; }

    public bool HasMusic { get; private set; }

    /// <summary>A key is waited for, and the time for it runs.</summary>
    public bool IsListening { get; private set; }

    public void HangUp() => _gone.Cancel();

    public void Press(string key)
    {
        lock (_gate)
        {
            if (_asked?.TrySetResult(key) != true) _keys += key;
        }
    }

    public async Task Say(Speech speech, bool bargeIn, CancellationToken stop = default)
    {
        if (speech.IsEmpty) return;
        lock (_gate) _said.Add(string.Concat(speech.Parts.OfType<SpeechPart.Text>().Select(p => p.Words)));
        if (SpeaksForEver) await Until(stop);
        Gone.ThrowIfCancellationRequested();
    }

    public async Task<string> Collect(DigitRules rules, CancellationToken stop = default)
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_keys.Length > 0) asked.SetResult(_keys[..1]);
            _keys = _keys.Length > 0 ? _keys[1..] : _keys;
            _asked = asked;
        }
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, Gone);
        using var timer = clock.CreateTimer(_ => asked.TrySetResult(""), null, rules.First, Timeout.InfiniteTimeSpan);
        await using var _ = either.Token.Register(() => asked.TrySetResult(""));
        IsListening = true;
        var key = await asked.Task;
        IsListening = false;
        Gone.ThrowIfCancellationRequested();
        return key;
    }

    public void ForgetDigits() { lock (_gate) _keys = ""; }

    public async Task Music(CancellationToken stop)
    {
        HasMusic = true;
        await Until(stop);
        HasMusic = false;
        Gone.ThrowIfCancellationRequested();
    }

    public Task<VoiceMessage?> Record(TimeSpan atMost, CancellationToken stop = default) => Task.FromResult<VoiceMessage?>(null);

    public void Dispose() => _gone.Dispose();

    private async Task Until(CancellationToken stop)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopped = stop.Register(() => over.TrySetResult());
        await using var gone = Gone.Register(() => over.TrySetResult());
        await over.Task;
    }
}
