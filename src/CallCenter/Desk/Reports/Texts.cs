using Courier.CallCenter.Routing;

namespace Courier.CallCenter.Reports;

/// <summary>What stands in reports.</summary>
internal static class Texts
{
    public const string Sum = "合计";
    public const string DayWrong = "日期请写成 2026-11-22 的样子";
    public const string SpanWrong = "起止日期不对，最多看 92 天";
    public const string ByWrong = "分组须为 queue（队列）、agent（坐席）、hour（小时）或 day（日期）";
    public const string FigureWrong = "没有这个指标";

    public static readonly string[] ReportHeads =
    [
        "名称", "进线", "接起", "放弃", "短放弃（5秒内）", "溢出", "转回呼", "转留言", "等待超时", "未能排队", "异常中断", "回呼接通", "服务水平（目标秒数内接起÷（进线−短放弃））", "平均应答秒数", "平均处理秒数（通话+话后）",
        "占用率（（通话+话后）÷（通话+话后+示闲））", "最长等待秒数", "通话秒数", "话后秒数", "示忙秒数",
    ];

    public static readonly string[] EntryHeads = ["进队时间", "离队时间", "通话编号", "队列", "客户等级", "进队位置", "等待秒数", "结果", "坐席", "通话秒数", "话后秒数", "回呼"];

    public static string How(QueueLeft how) => how switch
    {
        QueueLeft.Answered => "接起",
        QueueLeft.Abandoned => "放弃",
        QueueLeft.ShortAbandoned => "短放弃",
        QueueLeft.Overflowed => "溢出",
        QueueLeft.CallBack => "转回呼",
        QueueLeft.Voicemail => "转留言",
        QueueLeft.TimedOut => "等待超时",
        QueueLeft.Closed => "非服务时间",
        QueueLeft.Full => "队列已满",
        QueueLeft.Unstaffed => "无坐席在线",
        QueueLeft.Lost => "异常中断",
    };
}
