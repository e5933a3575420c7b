using System.Globalization;
using Courier.CallCenter.Voice;
using Courier.Services.Editions;

namespace Courier.CallCenter.Ivr;

/// <summary>What is wrong with a flow; each problem names its node and field. Pure.</summary>
internal sealed class FlowCheck
{
    private const int MostLevels = 3, LongestSpeech = 500;

    private readonly FlowContent _flow;
    private readonly Prompts.Book _prompts;
    private readonly DeedBook _deeds;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values;
    private readonly List<ContentProblem> _problems = [];

    private FlowCheck(FlowContent flow, Prompts.Book prompts, DeedBook deeds)
    {
        (_flow, _prompts, _deeds) = (flow, prompts, deeds);
        for (var i = 0; i < flow.Nodes.Count; i++) _places.TryAdd(flow.Nodes[i].Id, i);
        _values = [.. deeds.Values.Select(v => v.Name), .. flow.Nodes.Where(n => n.Type is NodeType.Set or NodeType.Collect).Select(n => n.Into)];
    }

    /// <summary>All problems, in the order of the nodes.</summary>
    public static IReadOnlyList<ContentProblem> Of(FlowContent flow, Prompts.Book prompts, DeedBook deeds)
    {
        var check = new FlowCheck(flow, prompts, deeds);
        check.Whole();
        return check._problems;
    }

    /// <summary>The nodes that a node may lead to.</summary>
    public static IEnumerable<string> After(FlowNode node) =>
        NodeKinds.Of(node.Type).Fields.SelectMany(f => f.Kind switch
        {
            FieldKind.Node => [f.Name == "next" ? node.Next : node.Otherwise],
            FieldKind.Keys or FieldKind.Outcomes => node.Exits.Select(e => e.Next),
            FieldKind.Speech or FieldKind.Text or FieldKind.Number or FieldKind.Flag or FieldKind.Deed => (IEnumerable<string>)[],
        }).Where(id => id.Length > 0);

    private void Whole()
    {
        Target("", "start", _flow.Start, required: true);
        Target("", "home", _flow.Home, required: false);
        Target("", "person", _flow.Person, required: false);
        for (var i = 0; i < _flow.Nodes.Count; i++) Node(i, _flow.Nodes[i]);
        if (_problems.Count > 0) return; // what follows looks at the ways, which must lead somewhere
        Ways();
    }

    private void Node(int place, FlowNode node)
    {
        var path = Path(place);
        if (!IsId(node.Id)) Add(path, "id", Texts.NodeIdWrong);
        else if (_places[node.Id] != place) Add(path, "id", Texts.NodeIdTwice(node.Id));
        foreach (var field in NodeKinds.Of(node.Type).Fields) Field(path, node, field);
    }

    private void Field(string path, FlowNode node, NodeField field)
    {
        switch (field.Kind)
        {
            case FieldKind.Speech: Words(path, field, node.Say); break;
            case FieldKind.Text: Text(path, field, Of(node, field.Name)); break;
            case FieldKind.Number: Number(path, node, field.Name); break;
            case FieldKind.Node: Target(path, field.Name, field.Name == "next" ? node.Next : node.Otherwise, required: true); break;
            case FieldKind.Keys: Keys(path, node); break;
            case FieldKind.Outcomes: Outcomes(path, node); break;
            case FieldKind.Deed:
                if (_deeds.Find(node.What)?.Type != node.Type) Add(path, "what", Texts.DeedUnknown);
                break;
            case FieldKind.Flag: break;
        }
    }

    private void Words(string path, NodeField field, string written)
    {
        if (field.IsRequired && written.Trim().Length == 0) Add(path, field.Name, Texts.SpeechMissing);
        if (written.Length > LongestSpeech) Add(path, field.Name, Texts.SpeechTooLong(LongestSpeech));
        foreach (var prompt in FlowSpeech.Prompts(written).Where(p => !_prompts.Knows(p))) Add(path, field.Name, Texts.PromptUnknown(prompt));
        Placeholders(path, field.Name, written);
    }

    private void Text(string path, NodeField field, string text)
    {
        if (field.IsRequired && text.Trim().Length == 0) Add(path, field.Name, Texts.FieldMissing(field.Title));
        if (text.Length > LongestSpeech) Add(path, field.Name, Texts.SpeechTooLong(LongestSpeech));
        if (field.Name == "into" && text.Length > 0 && !IsId(text)) Add(path, field.Name, Texts.ValueNameWrong);
        Placeholders(path, field.Name, text);
    }

    private void Placeholders(string path, string field, string written)
    {
        foreach (var value in FlowSpeech.Values(written).Where(v => !_values.Contains(v))) Add(path, field, Texts.ValueUnknown(value));
    }

    private void Number(string path, FlowNode node, string field)
    {
        var right = field switch
        {
            "tries" => node.Tries is >= 1 and <= 5,
            "fewest" => node.Fewest >= 1 && node.Fewest <= node.Most,
            _ => node.Most is >= 1 and <= 32,
        };
        if (!right) Add(path, field, Texts.NumberWrong(field));
    }

    private void Keys(string path, FlowNode node)
    {
        if (node.Exits.Count == 0) Add(path, "exits", Texts.KeysMissing);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var exit in node.Exits)
        {
            if (exit.When is not [(>= '0' and <= '9') or '*']) Add(path, "exits", Texts.KeyWrong(exit.When));
            else if (!seen.Add(exit.When)) Add(path, "exits", Texts.KeyTwice(exit.When));
            Target(path, "exits", exit.Next, required: true);
        }
    }

    private void Outcomes(string path, FlowNode node)
    {
        var deed = _deeds.Find(node.What);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var exit in node.Exits)
        {
            if (deed is { Outcomes.Count: > 0 } && deed.Outcomes.All(o => o.Name != exit.When)) Add(path, "exits", Texts.OutcomeUnknown(exit.When));
            else if (!seen.Add(exit.When)) Add(path, "exits", Texts.KeyTwice(exit.When));
            Target(path, "exits", exit.Next, required: true);
        }
    }

    private void Target(string path, string field, string id, bool required)
    {
        if (id.Length == 0 && required) Add(path, field, Texts.NextMissing);
        else if (id.Length > 0 && !_places.ContainsKey(id)) Add(path, field, Texts.NextUnknown(id));
    }

    private void Ways()
    {
        var levels = Levels();
        for (var i = 0; i < _flow.Nodes.Count; i++)
        {
            if (!levels.TryGetValue(_flow.Nodes[i].Id, out var level)) Add(Path(i), "", Texts.NotReached);
            else if (level > MostLevels) Add(Path(i), "", Texts.TooDeep(MostLevels));
        }
        foreach (var stuck in _flow.Nodes.Select(n => n.Id).Except(Ending(_flow.Nodes.Where(n => NodeKinds.Of(n.Type).Ends))).Where(levels.ContainsKey))
            Add(Path(_places[stuck]), "", Texts.NeverEnds);
        // What goes round without asking anything goes round for ever.
        foreach (var round in Unasked()) Add(Path(_places[round]), "", Texts.GoesRound);
    }

    /// <summary>How many menus lie on the shortest way to each node that is reached, itself included.</summary>
    private Dictionary<string, int> Levels()
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new PriorityQueue<string, int>();
        foreach (var begin in new[] { _flow.Start, _flow.Home, _flow.Person }.Where(b => b.Length > 0)) open.Enqueue(begin, Weight(begin));
        while (open.TryDequeue(out var id, out var level))
        {
            if (!levels.TryAdd(id, level)) continue;
            foreach (var next in After(Find(id))) open.Enqueue(next, level + Weight(next));
        }
        return levels;
    }

    private int Weight(string id) => Find(id).Type == NodeType.Menu ? 1 : 0;

    /// <summary>The nodes from which one of these is reached.</summary>
    private HashSet<string> Ending(IEnumerable<FlowNode> ends)
    {
        var before = _flow.Nodes.SelectMany(n => After(n).Select(next => (n.Id, next))).ToLookup(w => w.next, w => w.Id);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(ends.Select(n => n.Id));
        while (open.TryDequeue(out var id))
            if (found.Add(id))
                foreach (var earlier in before[id]) open.Enqueue(earlier);
        return found;
    }

    // What is left when nodes without a way among the rest are taken away again and again goes round.
    private List<string> Unasked()
    {
        var left = _flow.Nodes.Where(n => n.Type is not (NodeType.Menu or NodeType.Collect)).ToDictionary(n => n.Id, StringComparer.Ordinal);
        while (left.Values.Where(n => !After(n).Any(left.ContainsKey)).Select(n => n.Id).ToList() is { Count: > 0 } done)
            foreach (var id in done) left.Remove(id);
        while (left.Keys.Except(left.Values.SelectMany(After)).ToList() is { Count: > 0 } leading)
            foreach (var id in leading) left.Remove(id);
        return [.. left.Keys];
    }

    private FlowNode Find(string id) => _flow.Nodes[_places[id]];

    private void Add(string path, string field, string message) => _problems.Add(new(path, field, message));

    private static string Of(FlowNode node, string field) => field switch
    {
        "into" => node.Into,
        "value" => node.Value,
        "queue" => node.Queue,
        "skills" => node.Skills,
        _ => throw new ArgumentException($"no text field {field}", nameof(field)),
    };

    private static string Path(int place) => "nodes/" + place.ToString(CultureInfo.InvariantCulture);

    private static bool IsId(string id) => id.Length is >= 1 and <= 40 && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
