using Courier.Services.Editions;

namespace Courier.WechatGateway.Editions;

/// <summary>What operators read about editions.</summary>
internal static class Texts
{
    public const string FromSettings = "初始内容";
    public const string Product = "系统";
    public const string ContentUnreadable = "内容的格式不对，请刷新页面后重试。";
    public const string CursorWrong = "翻页位置不对，请从第一页重新打开。";
    public const string CommentTooLong = "说明最多 200 个字。";

    public static string PreviewTitle(Edition edition) => ContentName.Of(edition).Kind switch
    {
        EditionKind.Menu => FormattableString.Invariant($"菜单第 {edition.Number} 版"),
        EditionKind.Keywords => FormattableString.Invariant($"关键词第 {edition.Number} 版"),
    };

    public static string Based(long number) => FormattableString.Invariant($"基于第 {number} 版");

    public static string RolledBack(long number, string note) => FormattableString.Invariant($"回到第 {number} 版") + (note.Length > 0 ? $"：{note}" : "");

    public static string WechatRefused(string reason) => $"微信没有接受：{reason}";

    public static string WechatBusy(string reason) => $"微信暂时没有接受，稍后自动重试：{reason}";
}
