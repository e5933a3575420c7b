using System.Globalization;
using Courier.Services.Calendars;
using Courier.Services.Orders;
using Courier.Services.Rates;

namespace Courier.CallCenter.Ivr;

/// <summary>What operators read about flows, and what callers are sent to read.</summary>
internal static class Texts
{
    public const string FlowUnreadable = "流程的格式不对，请刷新页面后重试。";
    public const string NodeIdWrong = "节点编号只能用小写字母、数字和下划线，最多 40 个。";
    public const string SpeechMissing = "请填写说什么。";
    public const string ValueNameWrong = "名称只能用小写字母、数字和下划线。";
    public const string DeedUnknown = "请选择要做的事。";
    public const string KeysMissing = "菜单至少要有一个按键。";
    public const string NextMissing = "请选择去哪个节点。";
    public const string NotReached = "没有任何路径能到这个节点。";
    public const string NeverEnds = "从这里走不到挂机、转人工或留言。";
    public const string GoesRound = "这些节点会不停循环，中间没有等客户按键。";
    public const string FromProduct = "初始内容";
    public const string Product = "系统";
    public const string CursorWrong = "翻页位置不对，请从第一页重新打开。";
    public const string CommentTooLong = "说明最多 200 个字。";
    public const string ScriptWrong = "预览的步骤不对，请重新开始。";
    public const string PromptNameWrong = "名称要以小写字母开头，只能用小写字母、数字、点和下划线。";
    public const string PromptTextWrong = "内容要有 1 到 300 个字，不能换行。";
    public const string RecordingWrong = "不是可以播放的 WAV 文件，或者太长（最多两分钟）。";
    public const string DaysWrong = "日期不对，最多看 92 天。";
    public const string ValueCalled = "来电拨打的号码";
    public const string ValueCallerTail = "来电号码的尾号";

    public static string NodeIdTwice(string id) => $"节点编号 {id} 重复了。";

    public static string SpeechTooLong(int most) => FormattableString.Invariant($"最多 {most} 个字。");

    public static string PromptUnknown(string name) => $"没有叫 {name} 的提示音。";

    public static string ValueUnknown(string name) => $"没有叫 {name} 的内容。";

    public static string FieldMissing(string title) => $"请填写“{title}”。";

    public static string NumberWrong(string field) => field switch
    {
        "tries" => "次数要在 1 到 5 之间。",
        "fewest" => "最少位数至少是 1，不能超过最多位数。",
        _ => "最多位数要在 1 到 32 之间。",
    };

    public static string KeyWrong(string key) => $"“{key}”不是按键，可以用 0 到 9 和 *（# 是重听）。";

    public static string KeyTwice(string key) => $"“{key}”出现了两次。";

    public static string OutcomeUnknown(string name) => $"这件事没有“{name}”这个结果。";

    public static string NextUnknown(string id) => $"没有编号为 {id} 的节点。";

    public static string TooDeep(int most) => FormattableString.Invariant($"菜单超过 {most} 层，客户会迷路。");

    public static string Based(long number) => FormattableString.Invariant($"基于第 {number} 版");

    public static string RolledBack(long number, string note) => FormattableString.Invariant($"回到第 {number} 版") + (note.Length > 0 ? $"：{note}" : "");

    /// <summary>A price as it is sent.</summary>
    public static string PriceRead(string from, string to, long grams, IReadOnlyList<QuoteOption> options, DateTimeOffset now) => string.Join('\n',
        options.Select(o => $"{o.Name} {Yuan(o.TotalFen)} 元，{ChinaTime.Words(o.PromisedBy, now)} 前送达")
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"{from} 寄到 {to}，{grams / 1000} 公斤：")));

    /// <summary>A pickup as it is sent.</summary>
    public static string PickupRead(string number, ListedSlot slot, QuoteOption option, DateTimeOffset now) =>
        $"已预约 {ChinaTime.Words(slot.From, now)} 上门取件\n订单号 {number}，{option.Name} {Yuan(option.TotalFen)} 元";

    /// <summary>One edition line by line, as people compare two.</summary>
    public static IReadOnlyList<string> Lines(FlowContent flow) =>
    [
        $"开始：{flow.Start}｜主菜单：{flow.Home}｜人工：{flow.Person}",
        .. flow.Nodes.SelectMany(n => n.Exits.Select(e => $"　{n.Id}：{e.When} → {e.Next}").Prepend(Line(n))),
    ];

    private static string Line(FlowNode n) => string.Join('｜', new[]
    {
        $"{n.Id} {NodeKinds.Of(n.Type).Title} {n.Title}".TrimEnd(), n.Say, n.What, Named("→ ", n.Next), Named("其他 → ", n.Otherwise), Named("存到 ", n.Into), n.Value,
        Named("队列 ", n.Queue), Named("技能 ", n.Skills), n.MustHear ? "必须听完" : "",
    }.Where(p => p.Length > 0));

    private static string Named(string name, string value) => value.Length > 0 ? name + value : "";

    private static string Yuan(long fen) => (fen / 100m).ToString("0.##", CultureInfo.InvariantCulture);
}
