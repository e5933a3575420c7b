namespace Courier.WechatGateway.Editions;

/// <summary>What operators read about editions.</summary>
internal static class Texts
{
    public const string FromSettings = "初始内容";
    public const string Product = "系统";
    public const string ContentUnreadable = "内容的格式不对，请刷新页面后重试。";
    public const string CursorWrong = "翻页位置不对，请从第一页重新打开。";
    public const string CommentTooLong = "说明最多 200 个字。";

    public static string Refusal(string code) => code switch
    {
        "wechat.edition_not_draft" => "只有草稿可以修改和送审。",
        "wechat.edition_not_reopenable" => "只有送审中或已通过的版本可以退回草稿。",
        "wechat.edition_not_in_review" => "这个版本现在不在审核中。",
        "wechat.edition_own_review" => "自己写的版本要由另一位同事审核。",
        "wechat.edition_comment_missing" => "退回时请写明要改什么。",
        "wechat.edition_not_approved" => "审核通过后才能发布。",
        "wechat.edition_outdated" => "送审之后线上版本变过了，请退回草稿，对照线上内容后重新送审。",
        "wechat.edition_not_publishing" => "这个版本现在不在发布中。",
        "wechat.edition_not_published" => "这个版本现在不在线上。",
        "wechat.edition_not_discardable" => "已发布或发布中的版本不能作废。",
        "wechat.edition_not_superseded" => "只能回滚到曾经发布过的旧版本。",
        "wechat.edition_changed" => "这个版本刚被别人改过，请刷新后再操作。",
        "wechat.edition_open_exists" => "已有一个未发布的版本，请先处理它。",
        "wechat.edition_busy" => "另一个版本正在发布，请稍后再试。",
        "wechat.edition_problems" => "内容还有问题，请先改正标红的地方。",
        _ => throw new ArgumentException($"no text for {code}", nameof(code)),
    };

    public static string PreviewTitle(Edition edition) => edition.Kind switch
    {
        EditionKind.Menu => FormattableString.Invariant($"菜单第 {edition.Number} 版"),
        EditionKind.Keywords => FormattableString.Invariant($"关键词第 {edition.Number} 版"),
    };

    public static string Based(long number) => FormattableString.Invariant($"基于第 {number} 版");

    public static string RolledBack(long number, string note) => FormattableString.Invariant($"回到第 {number} 版") + (note.Length > 0 ? $"：{note}" : "");

    public static string WechatRefused(string reason) => $"微信没有接受：{reason}";

    public static string WechatBusy(string reason) => $"微信暂时没有接受，稍后自动重试：{reason}";
}
