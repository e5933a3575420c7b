namespace Courier.Http;

/// <summary>What people read when a request is refused before any capability sees it.</summary>
internal static class Texts
{
    public const string CsrfHeaderMissing = "请求来源无法确认，请刷新页面后重试";
    public const string BadRequest = "请求内容有误，请检查后重试";
    public const string BadJson = "请求内容不是有效的 JSON";
    public const string SignInFirst = "请先登录";
    public const string NotAllowed = "您没有权限进行此操作";
    public const string NotFound = "没有找到您要的内容";
    public const string MethodNotAllowed = "不支持这种请求方式";
    public const string TooLarge = "请求内容过大";
    public const string WrongMediaType = "不支持这种内容格式";
    public const string TooOften = "操作过于频繁，请稍后再试";
    public const string TooManyMisses = "查询未果的次数过多，请一小时后再试";
    public const string UpgradeRecommended = "发现新版本，建议更新后使用";
    public const string UpgradeRequired = "当前版本已停止使用，请更新到最新版本";
    public const string AppHeaderWrong = "客户端版本须形如 mp-weixin/1.4.0";
    public const string DatabaseAway = "系统繁忙，请稍后再试";
    public const string OurFault = "系统出了点问题，我们正在处理，请稍后再试";
    public const string KeyReused = "同一个幂等键不能用于不同的请求";
    public const string KeyInProgress = "相同的请求正在处理中，请稍后再试";
    public const string KeyMalformed = "幂等键须为 1 到 100 个可见字符";
    public const string CursorWrong = "翻页标记无效，请从第一页重新开始";

    public static string FieldWrong(string field) => $"{field} 的内容有误";

    public static string LimitWrong(int most) => $"每页条数须在 1 到 {most} 之间";

    public static string ForStatus(int status) => status switch
    {
        401 => SignInFirst,
        403 => NotAllowed,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 or 429 or 503 => TooOften,
        413 => TooLarge,
        415 => WrongMediaType,
        >= 500 => OurFault,
        _ => BadRequest,
    };
}
