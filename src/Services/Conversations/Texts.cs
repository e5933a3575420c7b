using Courier.Services.Calendars;

namespace Courier.Services.Conversations;

/// <summary>What customers and agents read.</summary>
internal static class Texts
{
    public const string TakenByAnother = "这个会话已由其他客服接待。";

    public const string NotWaiting = "这个会话不在排队中。";

    public const string NotYours = "这个会话不是您在接待，请先接入。";

    public const string Unknown = "没有这个会话。";

    public const string TextLength = "消息不能为空，一条最多约 680 个汉字，更长的请分成几条发。";

    private const string WayBack = "想回到自助查询，请回复“退出人工”。";

    public static string HandOff(string number, ConversationOwner owner, bool alreadyOpen, int ahead, ServiceState service, string hours) => owner switch
    {
        ConversationOwner.Agent => $"客服正在为您服务（编号 {number}），有什么问题直接发消息就可以。" + WayBack,
        ConversationOwner.Queue when !service.OpenNow =>
            (alreadyOpen ? $"您的人工请求已经登记过了，编号 {number}。" : $"现在不在人工服务时间，已为您登记，编号 {number}。")
            + $"人工服务时间 {hours}，客服{service.NextOpeningText}上班后按先后顺序在这里回复您。可以先把问题和运单号发过来，不用一直等着。" + WayBack,
        ConversationOwner.Queue =>
            (alreadyOpen ? $"您已经在排队了，编号 {number}，" : $"正在为您转接人工客服，编号 {number}，")
            + (ahead == 0 ? "您排在最前面。" : $"前面还有 {ahead} 位。")
            + "接通前机器人不再回复，您可以先把问题和运单号发过来，客服会在这里回复您。" + WayBack,
        ConversationOwner.Bot or ConversationOwner.Closed => $"人工服务（编号 {number}）已经结束。如还需要客服，请再次回复“人工”。",
    };

    public static string ConversationClosed(string number) =>
        $"本次人工服务（编号 {number}）已结束，感谢您的耐心。接下来由机器人为您服务，如还需要客服，请回复“人工”。";
}
