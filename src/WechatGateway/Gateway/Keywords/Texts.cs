using System.Globalization;

namespace Courier.WechatGateway.Keywords;

/// <summary>What operators read about the keyword table.</summary>
internal static class Texts
{
    public const string NoRows = "关键词表至少要有一行。";
    public const string TooManyRows = "关键词表最多 1000 行。";
    public const string NoGuide = "没有一行带引导说明，用户发“帮助”时看不到任何选项。";
    public const string WordMissing = "请填写关键词。";
    public const string WordTooLong = "关键词最多 100 个字。";
    public const string WordNoNumber = "匹配方式为“数字”时，关键词只能是数字。";
    public const string WordTwice = "和前面的一行重复了。";
    public const string NothingSaid = "请填写回复内容，或选择一个命令。";
    public const string BothSaid = "回复内容和命令只能有一个。";
    public const string CommandUnknown = "没有这个命令。";
    public const string GuideTooLong = "引导说明最多 200 个字。";
    public const string HoursWrong = "时段请写成 08:00-20:00 的样子。";
    public const string DatesWrong = "结束时间要晚于开始时间。";
    public const string AccountUnknown = "没有这个公众号或小程序。";
    public const string TagUnknown = "这个公众号没有这个标签，请重新选择。";
    public const string GroupUnknown = "没有这个客户分组，请重新选择。";
    public const string PreviewNobody = "（没有关键词接住这句话：真实聊天里接着会看运单号、能不能寄、常见问题；都不是的话回复下面的引导）\n";

    public static string IdWrong(int row) => $"第 {row.ToString(CultureInfo.InvariantCulture)} 行没有有效的编号（应为 32 位小写十六进制），请刷新页面后重新添加这一行。";

    public static string IdTwice(int row) => $"第 {row.ToString(CultureInfo.InvariantCulture)} 行的编号和前面的一行相同，请刷新页面后重新添加这一行。";

    public static string GuideWithoutRoom(int lines) => $"引导说明合起来太长，一条微信消息放不下，最后 {lines.ToString(CultureInfo.InvariantCulture)} 行用户看不到。请删短一些，或去掉几行的引导说明。";

    public const string PreviewElsewhere = "（真实聊天里这句话由通知设置、改派、分享这类功能直接回答，轮不到关键词表。关键词表里的这一行是：）\n";

    public static string ReplyTooLong(int bytes) => $"回复内容太长：现在 {bytes.ToString(CultureInfo.InvariantCulture)} 字节，微信最多 2048 字节（约 680 个汉字）。";

    public static string PreviewCommand(string command) => $"（执行命令：{CommandOf(command)}，预览里不会真的执行）";

    public static string CommandOf(string command) => command switch
    {
        "guidance" => "显示引导",
        "human" => "转人工",
        "leave_human" => "退出人工",
        "check_parties" => "核对收寄方信息",
        "my_parcels" => "我的快递",
        "bind_phone" => "绑定手机号",
        _ => command,
    };

    public static string MatchOf(KeywordMatch match) => match switch
    {
        KeywordMatch.Exact => "完全一致",
        KeywordMatch.Number => "数字",
        KeywordMatch.Prefix => "开头一致",
        KeywordMatch.Contains => "包含",
    };
}
