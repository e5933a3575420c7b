namespace Courier.CallCenter.Ivr;

/// <summary>How a field of a node is filled in.</summary>
internal enum FieldKind
{
    /// <summary>Words that are said.</summary>
    Speech,

    /// <summary>A short text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>Another node.</summary>
    Node,

    /// <summary>Ways out by keys.</summary>
    Keys,

    /// <summary>Ways out by what came of a deed.</summary>
    Outcomes,

    /// <summary>A deed.</summary>
    Deed,
}

/// <summary>A field that counts for a type.</summary>
/// <param name="Name">As in the flow's JSON.</param>
/// <param name="Title">What operators read.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="IsRequired">Must it be filled in?</param>
internal sealed record NodeField(string Name, string Title, FieldKind Kind, bool IsRequired = true);

/// <summary>A type of node, as the page and the check see it.</summary>
/// <param name="Type">Which.</param>
/// <param name="Title">What operators read.</param>
/// <param name="Ends">Does the flow end here?</param>
/// <param name="Fields">What is filled in.</param>
internal sealed record NodeKind(NodeType Type, string Title, bool Ends, IReadOnlyList<NodeField> Fields);

/// <summary>The one table of what each type of node takes.</summary>
internal static class NodeKinds
{
    private static readonly NodeField
        Say = new("say", "说什么", FieldKind.Speech), MaySay = Say with { IsRequired = false }, MustHear = new("mustHear", "必须听完", FieldKind.Flag, false),
        Next = new("next", "然后", FieldKind.Node), Otherwise = new("otherwise", "其他情况", FieldKind.Node), Tries = new("tries", "最多问几次", FieldKind.Number),
        What = new("what", "做什么", FieldKind.Deed), Outcomes = new("exits", "按结果", FieldKind.Outcomes, false), Into = new("into", "存到", FieldKind.Text),
        Skills = new("skills", "需要的技能（用逗号隔开）", FieldKind.Text, false), Queue = new("queue", "队列", FieldKind.Text);

    /// <summary>All, in the order of the page.</summary>
    public static IReadOnlyList<NodeKind> All { get; } = [.. Enum.GetValues<NodeType>().Select(Make)];

    /// <summary>One.</summary>
    public static NodeKind Of(NodeType type) => All[(int)type];

    private static NodeKind Make(NodeType type) => type switch
    {
        NodeType.Say => new(type, "播报", false, [Say, MustHear, Next]),
        NodeType.Menu => new(type, "按键菜单", false, [Say, new("exits", "按键", FieldKind.Keys), Tries, Otherwise]),
        NodeType.Collect => new(type, "输入数字", false, [Say, new("fewest", "最少几位", FieldKind.Number), new("most", "最多几位", FieldKind.Number), Into, Next, Tries, Otherwise]),
        NodeType.Lookup => new(type, "查询与办理", false, [What, Outcomes, Otherwise]),
        NodeType.Branch => new(type, "条件分支", false, [What, Outcomes, Otherwise]),
        NodeType.Set => new(type, "记住", false, [Into, new("value", "内容", FieldKind.Text, false), Next]),
        NodeType.Send => new(type, "发送结果", false, [What, new("value", "发送的内容（不填则发送最近一次查询的结果）", FieldKind.Text, false), Outcomes, Otherwise]),
        NodeType.Conversation => new(type, "登记投诉或催件", false, [What, new("value", "登记的内容", FieldKind.Text), Outcomes, Otherwise]),
        NodeType.Queue => new(type, "转人工", true, [MaySay, Queue, Skills]),
        NodeType.CallBack => new(type, "预约回电", true, [MaySay, Queue, Skills]),
        NodeType.Voicemail => new(type, "留言", true, [MaySay, Queue with { Title = "留言箱" }]),
        NodeType.HangUp => new(type, "挂机", true, [MaySay]),
    };
}
