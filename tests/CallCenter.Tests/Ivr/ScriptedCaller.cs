using Courier.CallCenter.Switch;
using Courier.CallCenter.Voice;
using Courier.Kernel;

namespace Courier.CallCenter.Tests.Ivr;

/// <summary>A caller who presses what a script says and writes down what is heard; at the end of the script the caller hangs up.</summary>
internal sealed class ScriptedCaller(Prompts.Book prompts, CallFacts facts, IEnumerable<string> keys) : ICallerLine, IDisposable
{
    private readonly Queue<string> _script = new(keys);
    private readonly CancellationTokenSource _gone = new();
    private string _pressed = "";

    /// <summary>What was said, in order; prompts by their texts.</summary>
    public List<string> Heard { get; } = [];

    public CallFacts Facts => facts;

    public CancellationToken Gone => _gone.Token;

    public static CallFacts Call(TimeProvider clock, string phone, string flow = "main") =>
        new(Ids.New(clock), phone, Phone.TryParse(phone, out var number) ? number : null, "95300", "95300", flow, clock.GetUtcNow());

    public Task Say(Speech speech, bool bargeIn, CancellationToken stop = default)
    {
        Gone.ThrowIfCancellationRequested();
        if (_pressed.Length > 0 && bargeIn) return Task.CompletedTask; // who knows the way is told nothing
        Heard.Add(string.Concat(speech.Parts.Select(p => p switch
        {
            SpeechPart.Text text => text.Words,
            SpeechPart.Prompt prompt => prompts.TextOf(prompt.Name).ShouldNotBeNull(prompt.Name),
            _ => throw new ArgumentOutOfRangeException(nameof(speech)),
        })));
        return Task.CompletedTask;
    }

    public Task<string> Collect(DigitRules rules, CancellationToken stop = default)
    {
        Gone.ThrowIfCancellationRequested();
        if (_pressed.Length == 0 && rules.First > TimeSpan.Zero)
        {
            if (!_script.TryDequeue(out var next))
            {
                _gone.Cancel();
                throw new OperationCanceledException(Gone);
            }
            _pressed = next;
        }
        var terminator = rules.Terminator is { } t ? _pressed.IndexOf(t, StringComparison.Ordinal) : -1;
        var length = terminator >= 0 && terminator <= rules.Max ? terminator : Math.Min(rules.Max, _pressed.Length);
        var keys = _pressed[..length];
        _pressed = _pressed[(length == terminator ? length + 1 : length)..];
        return Task.FromResult(keys);
    }

    public void ForgetDigits() => _pressed = "";

    public Task Music(CancellationToken stop) => Task.CompletedTask;

    public Task<VoiceMessage?> Record(TimeSpan atMost, CancellationToken stop = default) => Task.FromResult<VoiceMessage?>(null);

    public void Dispose() => _gone.Dispose();
}
