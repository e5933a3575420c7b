using Courier.CallCenter.Switch;
using Courier.CallCenter.Voice;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Ivr;

/// <summary>Takes one caller through one version of a flow.</summary>
/// <param name="flow">The flow.</param>
/// <param name="call">The caller.</param>
/// <param name="deeds">What nodes can do.</param>
/// <param name="does">Does a deed, or plays that it was done.</param>
/// <param name="db">Tells troubles of the database from faults of ours.</param>
/// <param name="watcher">Is told of each node.</param>
internal sealed class FlowWalk(FlowContent flow, FlowCall call, DeedBook deeds, Doing does, Db db, IFlowWatcher watcher)
{
    private const int MostNodes = 300, MostRepeats = 5;

    private static readonly TimeSpan FirstKey = TimeSpan.FromSeconds(6), FirstDigit = TimeSpan.FromSeconds(8), NextDigit = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, FlowNode> _nodes = flow.Nodes.ToDictionary(n => n.Id, StringComparer.Ordinal);

    /// <summary>Walks to an end.</summary>
    /// <exception cref="OperationCanceledException">The caller has hung up.</exception>
    public async Task<FlowEnd> ToItsEnd(CancellationToken ct)
    {
        var id = flow.Start;
        for (var steps = 0; steps < MostNodes; steps++)
        {
            var node = _nodes[id];
            watcher.Entered(node);
            try
            {
                var (next, end) = await Step(node, ct).ConfigureAwait(false);
                watcher.WentOn(node);
                if (end is not null) return end;
                id = next;
            }
            catch (OperationCanceledException) when (call.Line.Gone.IsCancellationRequested)
            {
                watcher.HungUp(node);
                throw;
            }
        }
        return new FlowEnd.HangUp(); // somebody has played with the keys long enough
    }

    private async Task<(string Next, FlowEnd? End)> Step(FlowNode node, CancellationToken ct)
    {
        switch (node.Type)
        {
            case NodeType.Say:
                await Say(node, node.Say, ct).ConfigureAwait(false);
                return (node.Next, null);
            case NodeType.Menu: return (await Menu(node, ct).ConfigureAwait(false), null);
            case NodeType.Collect: return (await Collect(node, ct).ConfigureAwait(false), null);
            case NodeType.Lookup or NodeType.Branch or NodeType.Send or NodeType.Conversation: return (await Do(node, ct).ConfigureAwait(false), null);
            case NodeType.Set:
                call.Keep(node.Into, FlowSpeech.Filled(node.Value, call.Values));
                return (node.Next, null);
            case NodeType.Queue or NodeType.CallBack or NodeType.Voicemail:
                await Say(node, node.Say, ct).ConfigureAwait(false);
                return ("", await EndOf(node, ct).ConfigureAwait(false));
            case NodeType.HangUp:
                await Say(node, node.Say, ct).ConfigureAwait(false);
                return await LastWish(ct).ConfigureAwait(false) is { } wish ? (wish, null) : ("", new FlowEnd.HangUp());
            default: throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private Task Say(FlowNode node, string written, CancellationToken ct)
    {
        var speech = FlowSpeech.Of(written, call.Values);
        return speech.IsEmpty ? Task.CompletedTask : call.Line.Say(speech, bargeIn: !node.MustHear, ct);
    }

    // 0 is a person, * the beginning, # once more, wherever they mean nothing else.
    private async Task<string> Menu(FlowNode node, CancellationToken ct)
    {
        var repeats = 0;
        for (var tries = 0; tries < node.Tries;)
        {
            await Say(node, node.Say, ct).ConfigureAwait(false);
            var key = await call.Line.Collect(new DigitRules(1, null, FirstKey, NextDigit), ct).ConfigureAwait(false);
            if (node.Exits.FirstOrDefault(e => e.When == key) is { } exit) return exit.Next;
            if (Common(key) is { } common) return common;
            if (key == "#" && repeats++ < MostRepeats) continue;
            tries++;
            if (tries < node.Tries) await Wrong(key, ct).ConfigureAwait(false);
        }
        return node.Otherwise;
    }

    private async Task<string> Collect(FlowNode node, CancellationToken ct)
    {
        for (var tries = 1; tries <= node.Tries; tries++)
        {
            await Say(node, node.Say, ct).ConfigureAwait(false);
            var digits = await call.Line.Collect(new DigitRules(node.Most, node.Most == 1 ? null : '#', FirstDigit, NextDigit), ct).ConfigureAwait(false);
            if (Common(digits) is { } common) return common;
            if (digits.Length >= node.Fewest && digits.All(char.IsAsciiDigit))
            {
                call.Keep(node.Into, digits);
                return node.Next;
            }
            if (tries < node.Tries) await Wrong(digits, ct).ConfigureAwait(false);
        }
        return node.Otherwise;
    }

    private string? Common(string keys) => keys switch
    {
        "0" when flow.Person.Length > 0 => flow.Person,
        "*" when flow.Home.Length > 0 => flow.Home,
        _ => null,
    };

    private Task Wrong(string keys, CancellationToken ct)
    {
        call.Line.ForgetDigits();
        return call.Line.Say(Speech.Named(keys.Length == 0 ? Prompts.NoInput : Prompts.NoMatch), bargeIn: true, ct);
    }

    private async Task<string> Do(FlowNode node, CancellationToken ct)
    {
        call.Keep("value", FlowSpeech.Filled(node.Value, call.Values));
        try
        {
            var outcome = await does(deeds.Find(node.What)!, call, ct).ConfigureAwait(false);
            watcher.CameOf(node, outcome);
            return node.Exits.FirstOrDefault(e => e.When == outcome)?.Next ?? node.Otherwise;
        }
        catch (RuleBroken refusal)
        {
            call.Keep("refusal", Spoken.Text(refusal.Message));
            watcher.CameOf(node, refusal.Code);
            return node.Otherwise;
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            watcher.Troubled(node, e);
            await call.Line.Say(Speech.Named(Prompts.Trouble), bargeIn: true, ct).ConfigureAwait(false);
            return flow.Person.Length > 0 ? flow.Person : node.Otherwise;
        }
    }

    private async Task<FlowEnd> EndOf(FlowNode node, CancellationToken ct)
    {
        if (node.Type == NodeType.Voicemail) return new FlowEnd.ToVoicemail(node.Queue, call.Customer);
        string[] skills = [.. FlowSpeech.Filled(node.Skills, call.Values).Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var queue = new FlowEnd.ToQueue(node.Queue, skills, call.Tier.Code, call.Customer, await LastAgent(ct).ConfigureAwait(false));
        return node.Type == NodeType.CallBack ? new FlowEnd.CallBack(queue) : queue;
    }

    // Whoever pressed 0 while the good-bye was said does not mean good-bye.
    private async Task<string?> LastWish(CancellationToken ct) =>
        Common(await call.Line.Collect(new DigitRules(1, null, TimeSpan.Zero, TimeSpan.Zero), ct).ConfigureAwait(false));

    // Without an answer of the database anybody may take the call.
    private async Task<Services.Staff.StaffId?> LastAgent(CancellationToken ct)
    {
        if (call.Customer is not { } customer) return null;
        try
        {
            return (await Services.Conversations.LastContact.Of(db, customer, ct).ConfigureAwait(false))?.Agent;
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            return null;
        }
    }
}

/// <summary>Does a deed, or plays that it was done.</summary>
internal delegate Task<string> Doing(Deed deed, FlowCall call, CancellationToken ct);

/// <summary>Who is told of a walk: the counts of nodes, or the preview.</summary>
internal interface IFlowWatcher
{
    /// <summary>A caller has come to a node.</summary>
    void Entered(FlowNode node);

    /// <summary>And has gone on from it.</summary>
    void WentOn(FlowNode node);

    /// <summary>Or has hung up there.</summary>
    void HungUp(FlowNode node);

    /// <summary>What came of a deed.</summary>
    void CameOf(FlowNode node, string outcome);

    /// <summary>The database did not answer a deed.</summary>
    void Troubled(FlowNode node, Exception error);
}
