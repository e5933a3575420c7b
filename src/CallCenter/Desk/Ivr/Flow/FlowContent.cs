using System.Text.Json;
using Courier.Http;
using Courier.Kernel;

namespace Courier.CallCenter.Ivr;

/// <summary>What callers go through: a graph of nodes. Stored and edited as JSON.</summary>
internal sealed record FlowContent
{
    private const int Longest = 300_000, MostNodes = 300;

    private static readonly JsonSerializerOptions Options = new(KernelJson.Options) { RespectNullableAnnotations = true };

    /// <summary>Where a call begins.</summary>
    public string Start { get; init; } = "";

    /// <summary>Where <c>*</c> leads from any menu; empty for nowhere.</summary>
    public string Home { get; init; } = "";

    /// <summary>Where <c>0</c> leads from any menu or question, and what goes wrong; empty for nowhere.</summary>
    public string Person { get; init; } = "";

    /// <summary>The nodes, in the order of the page.</summary>
    public IReadOnlyList<FlowNode> Nodes { get; init; } = [];

    /// <summary>Reads what the page or a file says.</summary>
    /// <exception cref="BadInput">It cannot be read.</exception>
    public static FlowContent Read(string json)
    {
        if (json.Length > Longest) throw Unreadable();
        try
        {
            var flow = JsonSerializer.Deserialize<FlowContent>(json, Options);
            return flow is null || flow.Nodes.Count > MostNodes || flow.Nodes.Any(n => n is null || n.Exits.Any(e => e is null)) ? throw Unreadable() : flow;
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    /// <summary>The one form that is stored.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options);

    private static BadInput Unreadable() => new("content", Texts.FlowUnreadable);
}

/// <summary>What a node does.</summary>
internal enum NodeType
{
    /// <summary>Says something.</summary>
    Say,

    /// <summary>Offers keys.</summary>
    Menu,

    /// <summary>Asks for digits.</summary>
    Collect,

    /// <summary>Looks something up, or does something, and goes on by what came of it.</summary>
    Lookup,

    /// <summary>Goes on by what is known.</summary>
    Branch,

    /// <summary>Keeps a value.</summary>
    Set,

    /// <summary>Sends what was said last by WeChat or as a short message.</summary>
    Send,

    /// <summary>Writes a wish into the customer's conversation.</summary>
    Conversation,

    /// <summary>Hands over to a queue of people.</summary>
    Queue,

    /// <summary>Ends the call and has somebody call back.</summary>
    CallBack,

    /// <summary>Takes a message.</summary>
    Voicemail,

    /// <summary>Ends the call.</summary>
    HangUp,
}

/// <summary>One node; which fields count for its type, <see cref="NodeKinds"/> says.</summary>
internal sealed record FlowNode
{
    /// <summary>Its name within the flow: small letters, digits, underscores.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it does.</summary>
    public NodeType Type { get; init; }

    /// <summary>What operators call it.</summary>
    public string Title { get; init; } = "";

    /// <summary>What is said: text with <c>[prompt.name]</c> and <c>{value}</c> in it (<see cref="FlowSpeech"/>).</summary>
    public string Say { get; init; } = "";

    /// <summary>Must it be heard to its end? Else a key cuts it short.</summary>
    public bool MustHear { get; init; }

    /// <summary>Keys of a menu, or outcomes, each with where it leads.</summary>
    public IReadOnlyList<FlowExit> Exits { get; init; } = [];

    /// <summary>Where it goes on.</summary>
    public string Next { get; init; } = "";

    /// <summary>Where it goes when nothing fits: no key after all tries, any other outcome.</summary>
    public string Otherwise { get; init; } = "";

    /// <summary>How often it asks.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Fewest digits.</summary>
    public int Fewest { get; init; } = 1;

    /// <summary>Most digits.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Which deed (<see cref="Deed.Name"/>).</summary>
    public string What { get; init; } = "";

    /// <summary>The value that is kept.</summary>
    public string Into { get; init; } = "";

    /// <summary>What is kept, or sent: text with <c>{value}</c> in it.</summary>
    public string Value { get; init; } = "";

    /// <summary>Name of a queue, or of a box for messages.</summary>
    public string Queue { get; init; } = "";

    /// <summary>What the person must know, with commas between; may hold <c>{value}</c>.</summary>
    public string Skills { get; init; } = "";
}

/// <summary>A way out of a node.</summary>
/// <param name="When">The key, or the outcome.</param>
/// <param name="Next">Id of the node that follows.</param>
internal sealed record FlowExit(string When, string Next);
