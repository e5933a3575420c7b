namespace Courier.CallCenter.Agents;

/// <summary>What agents and supervisors are told about states.</summary>
internal static class Texts
{
    public const string InCall = "正在通话或振铃，请结束后再操作";
    public const string NotWrappingUp = "现在不在话后处理中";
    public const string NoAgent = "您的账号不是坐席，不能接听排队来电";
    public const string ReasonUnknown = "没有这种小休原因";
    public const string StateUnknown = "状态须为 ready（示闲）、not_ready（示忙）或 logged_out（签出）";
}
