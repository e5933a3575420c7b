namespace Courier.CallCenter;

/// <summary>What staff read from the endpoints; the page has its own texts.</summary>
internal static class Texts
{
    public const string SignInRefused = "登录名或密码不正确";
    public const string CursorWrong = "翻页标记无效，请从第一页重新开始";
    public const string ReasonMissing = "请写明原因";
    public const string ReasonTooLong = "原因不能超过200个字符";
    public const string HoursWrong = "营业时间请写成 08:30-20:00 的样子，多段用逗号隔开";
    public const string StateUnknown = "没有这种状态";
    public const string ReplyEmpty = "请输入回复内容";
    public const string ReplyTooLong = "回复内容太长，请分成几条发送";

    public const string MobileWrong = "请输入有效的手机号码";
    public const string CreditCodeWrong = "统一社会信用代码应为18位，请核对";
    public const string OrganisationRoleWrong = "身份须为 owner（管理员）、sender（寄件人）或 viewer（查看人）";

    public const string IncidentKindWrong = "请选择公告的类型";
    public const string IncidentSeverityWrong = "请选择公告的程度";
    public const string WholeCountry = "全国";

    public const string CardNameWrong = "请给价目表起个名字，1到60个字";
    public const string CardFilesMissing = "请选择价目表的 CSV 文件，最多20个";
    public const string ValidFromWrong = "生效时间不能早于现在，也不能晚于一年";

    public const string FieldValueMissing = "请填写正确的内容，最多200个字";
    public const string TakeWrong = "请选择 ours（保留我方）或 theirs（采用对方）";

    public const string PhonePasswordWrong = "话机密码须为8到100个字符";
    public const string CallNotNow = "通话现在不能这样操作";
    public const string CallNotAllowed = "您没有拨打这个号码的权限";
    public const string CallsTooMany = "外呼太频繁，请稍后再拨";
    public const string CallNobodyAsked = "没有正在咨询的同事";
    public const string CallNotRecorded = "这通电话没有录音";
    public const string CallNoSlot = "驻留位已满，请稍后再试";
    public const string CallAgentNotFree = "对方现在不空闲";
    public const string CallTargetWrong = "请输入分机（如 1002）或电话号码";
    public const string CallTargetBusy = "对方正忙";
    public const string CallTargetNotReached = "对方没有接听";
    public const string RecordingUnreadable = "录音不在这台服务器上，或者已经损坏";
    public const string CallNotYours = "您不在这通电话里";
    public const string TelephoneIsOff = "电话功能没有在这个进程里开启";
    public const string PhoneNotRegistered = "您的话机没有登记，请先打开话机";
    public const string ListenModeWrong = "方式须为 monitor（监听）、whisper（耳语）或 barge（插入）";

    /// <summary>What callers hear.</summary>
    public const string CallIsRecorded = "您好，为了提高服务质量，您的通话可能会被录音。";
    public const string MessageIsKept = "您的留言已经收到，我们会尽快回复您，再见。";

    public static string Talked(TimeSpan length) => length.TotalMinutes >= 1 ? $"通话{(int)length.TotalMinutes}分{length.Seconds}秒" : $"通话{length.Seconds}秒";

    public static string TooManyTries(TimeSpan wait) => $"尝试次数过多，请{(int)Math.Ceiling(wait.TotalMinutes)}分钟后再试";
}
