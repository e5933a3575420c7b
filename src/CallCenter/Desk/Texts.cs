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

    public static string TooManyTries(TimeSpan wait) => $"尝试次数过多，请{(int)Math.Ceiling(wait.TotalMinutes)}分钟后再试";
}
