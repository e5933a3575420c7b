using Courier.CallCenter.Switch;
using Courier.CallCenter.Voice;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Ivr;

/// <summary>What is done next in a rehearsal.</summary>
/// <param name="Keys">Keys that are pressed; empty when the caller only waits. Null for an outcome.</param>
/// <param name="Outcome">What comes of a deed. Null for keys.</param>
internal sealed record RehearsedStep(string? Keys, string? Outcome);

/// <summary>A line of what happened in a rehearsal.</summary>
/// <param name="Kind">node, said, keys, outcome or end.</param>
/// <param name="Text">The node's id, what is said, what was pressed, what came of it, how it ended.</param>
internal sealed record RehearsedLine(string Kind, string Text);

/// <summary>A rehearsal as far as its steps go.</summary>
/// <param name="Lines">What happened.</param>
/// <param name="Waits">keys, outcome, or nothing at the end.</param>
/// <param name="Outcomes">What may come of the deed that it waits for; empty for any text.</param>
internal sealed record Rehearsed(IReadOnlyList<RehearsedLine> Lines, string Waits, IReadOnlyList<NamedThing> Outcomes);

/// <summary>
/// Plays a flow for the page: what is said is written down, keys and outcomes come from the steps. Nothing is looked up, written or
/// sent: whoever edits flows sees no customer's data, and tries the ways that hardly ever happen as easily as the others.
/// </summary>
internal sealed class Rehearse(Prompts prompts, DeedBook deeds, Db db, TimeProvider clock)
{
    /// <summary>Plays the steps from the beginning.</summary>
    public async Task<Rehearsed> Play(FlowContent flow, string name, IReadOnlyList<RehearsedStep> steps, CancellationToken ct)
    {
        var book = await prompts.Current(ct).ConfigureAwait(false);
        var log = new List<RehearsedLine>();
        var line = new RehearsedCaller(new CallFacts(Ids.New(clock), "", null, "", "", name, clock.GetUtcNow()), book, new Queue<RehearsedStep>(steps), log);
        try
        {
            var end = await new FlowWalk(flow, new FlowCall(line), deeds, line.Decide, db, line).ToItsEnd(ct).ConfigureAwait(false);
            log.Add(new("end", Words(end)));
            return new(log, "", []);
        }
        catch (StepMissing missing)
        {
            return new(log, missing.Deed is null ? "keys" : "outcome", missing.Deed?.Outcomes ?? []);
        }
    }

    private static string Words(FlowEnd end) => end switch
    {
        FlowEnd.HangUp => "挂机",
        FlowEnd.ToQueue queue => $"转人工：{queue.Queue}{Skills(queue)}",
        FlowEnd.CallBack back => $"预约回电：{back.Place.Queue}{Skills(back.Place)}",
        FlowEnd.ToVoicemail box => $"留言：{box.Box}",
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };

    private static string Skills(FlowEnd.ToQueue queue) => queue.Skills.Count > 0 ? $"（{string.Join('、', queue.Skills)}）" : "";

    /// <summary>The steps are over; the page asks for the next one.</summary>
    private sealed class StepMissing(Deed? deed) : Exception
    {
        public Deed? Deed => deed;
    }

    /// <summary>The caller of a rehearsal: a list of steps.</summary>
    private sealed class RehearsedCaller(CallFacts facts, Prompts.Book prompts, Queue<RehearsedStep> steps, List<RehearsedLine> log) : ICallerLine, IFlowWatcher
    {
        private string _pressed = "";

        public CallFacts Facts => facts;

        public CancellationToken Gone => CancellationToken.None;

        public Task Say(Speech speech, bool bargeIn, CancellationToken stop = default)
        {
            log.Add(new("said", string.Concat(speech.Parts.Select(p => p switch
            {
                SpeechPart.Text text => text.Words,
                SpeechPart.Prompt prompt => prompts.TextOf(prompt.Name) ?? "",
                _ => "",
            }))));
            return Task.CompletedTask;
        }

        public Task<string> Collect(DigitRules rules, CancellationToken stop = default)
        {
            if (_pressed.Length == 0 && rules.First > TimeSpan.Zero) Press();
            var end = rules.Terminator is { } hash && _pressed.IndexOf(hash, StringComparison.Ordinal) is >= 0 and var at && at <= rules.Max ? at : Math.Min(rules.Max, _pressed.Length);
            var keys = _pressed[..end];
            _pressed = _pressed[end..] is { Length: > 0 } rest && rest[0] == rules.Terminator ? rest[1..] : _pressed[end..];
            return Task.FromResult(keys);
        }

        public void ForgetDigits() => _pressed = "";

        public Task Music(CancellationToken stop) => Task.CompletedTask;

        public Task<VoiceMessage?> Record(TimeSpan atMost, CancellationToken stop = default) => Task.FromResult<VoiceMessage?>(null);

        /// <summary>Takes the next outcome; the values of the deed stand for themselves.</summary>
        public Task<string> Decide(Deed deed, FlowCall call, CancellationToken ct)
        {
            if (!steps.TryDequeue(out var step)) throw new StepMissing(deed);
            foreach (var value in deed.Values) call.Keep(value.Name, $"〔{value.Title}〕");
            return Task.FromResult(step.Outcome ?? throw new Http.BadInput("steps", Texts.ScriptWrong));
        }

        public void Entered(FlowNode node) => log.Add(new("node", node.Id));

        public void WentOn(FlowNode node)
        {
            // the next node tells it
        }

        public void HungUp(FlowNode node)
        {
            // nobody hangs up here
        }

        public void CameOf(FlowNode node, string outcome) => log.Add(new("outcome", outcome));

        public void Troubled(FlowNode node, Exception error) => log.Add(new("outcome", error.Message));

        private void Press()
        {
            if (!steps.TryDequeue(out var step)) throw new StepMissing(null);
            _pressed = step.Keys ?? throw new Http.BadInput("steps", Texts.ScriptWrong);
            log.Add(new("keys", _pressed));
        }
    }
}
