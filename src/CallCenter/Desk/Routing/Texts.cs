using Courier.CallCenter.Voice;

namespace Courier.CallCenter.Routing;

/// <summary>What waiting callers hear or read, and what staff are told about queues and agents.</summary>
internal static class Texts
{
    public const string MainQueue = "人工服务";
    public const string ComplaintQueue = "投诉专席";

    // On the telephone.
    public const string NextInLine = "您是下一位，马上为您接通，请稍候。";
    public const string StillBusy = "坐席正在为其他客户服务，请您继续等候。";
    public const string OfferBoth = "如果不想等候，请按一，我们会按您现在的顺序给您回电；需要留言，请按二；继续等候，请不要挂机。";
    public const string OfferVoicemail = "需要留言，请按二；继续等候，请不要挂机。";
    public const string CallBackTaken = "好的，轮到您时，我们会拨打您现在使用的号码，请保持电话畅通。感谢您的来电，再见。";
    public const string LeaveMessage = "请在提示音后留言，说完请按井号键。";
    public const string Goodbye = "感谢您的来电，再见。";
    public const string TooLong = "让您久等了，非常抱歉，坐席仍然在忙。";
    public const string TooMany = "现在来电较多，暂时无法为您排队，非常抱歉。";
    public const string NobodyThere = "现在没有坐席在线，非常抱歉。";
    public const string AfterHours = "您好，现在是非人工服务时间。";
    public const string RefusedChoiceBoth = "请按一，我们尽快给您回电；需要留言，请按二。";
    public const string RefusedChoiceVoicemail = "需要留言，请按二。";

    // At the desk.
    public const string CodeWrong = "队列代码须为小写字母、数字、连字符或下划线，最多40个字符";
    public const string NameWrong = "请给队列起个名字，1到60个字";
    public const string HoursWrong = "服务时间请写成 08:00-22:00 的样子，多段用逗号隔开；不填则按人工服务时间";
    public const string GreetingTooLong = "欢迎语不能超过500个字";
    public const string SkillsWrong = "技能代码须为小写字母、数字、连字符或下划线，等级1到10，最多20项，不能重复";
    public const string TiersWrong = "客户等级最多20项，不能重复；提前秒数0到3600，应答目标1到3600秒";
    public const string OverflowWrong = "溢出到的队列不存在，或就是它自己";
    public const string ChangedMeanwhile = "队列已被他人修改，请刷新后再改";

    public static string Range(int from, int to) => $"须为{from}到{to}之间的整数";

    public static string Ahead(int people) => $"您前面还有{Spoken.Count(people, "位")}客户";

    public static string Wait(int minutes) => minutes switch
    {
        <= 1 => "预计等待不到两分钟",
        > 30 => "预计等待半小时以上",
        _ => $"预计等待大约{Spoken.Count(minutes, "分钟")}",
    };

    public static string OpensAt(string moment) => $"我们将在{moment}恢复人工服务。";

    public static string NotReached(string hotline) => hotline.Length == 0
        ? "我们按您的要求回电，未能接通。如仍需要帮助，请随时再联系我们。"
        : $"我们按您的要求回电，未能接通。如仍需要帮助，请随时拨打{hotline}。";
}
