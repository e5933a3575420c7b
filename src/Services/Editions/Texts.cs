namespace Courier.Services.Editions;

/// <summary>What people read about editions.</summary>
internal static class Texts
{
    public static string Refusal(string code) => code switch
    {
        "edition.not_draft" => "只有草稿可以修改和送审。",
        "edition.not_reopenable" => "只有送审中或已通过的版本可以退回草稿。",
        "edition.not_in_review" => "这个版本现在不在审核中。",
        "edition.own_review" => "自己写的版本要由另一位同事审核。",
        "edition.comment_missing" => "退回时请写明要改什么。",
        "edition.not_approved" => "审核通过后才能发布。",
        "edition.outdated" => "送审之后线上版本变过了，请退回草稿，对照线上内容后重新送审。",
        "edition.not_publishing" => "这个版本现在不在发布中。",
        "edition.not_published" => "这个版本现在不在线上。",
        "edition.not_discardable" => "已发布或发布中的版本不能作废。",
        "edition.not_superseded" => "只能回滚到曾经发布过的旧版本。",
        "edition.changed" => "这个版本刚被别人改过，请刷新后再操作。",
        "edition.open_exists" => "已有一个未发布的版本，请先处理它。",
        "edition.busy" => "另一个版本正在发布，请稍后再试。",
        "edition.problems" => "内容还有问题，请先改正标红的地方。",
        _ => throw new ArgumentException($"no text for {code}", nameof(code)),
    };
}
