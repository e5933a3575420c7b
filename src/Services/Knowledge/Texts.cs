namespace Courier.Services.Knowledge;

/// <summary>What customers read.</summary>
internal static class Texts
{
    public const string Inspection = "寄件时快递员会当面验视内装物品并核对实名信息，以现场验视为准。";

    public const string IncidentTitle = "标题须为 1 到 20 个字";
    public const string IncidentSentence = "公告内容须为 1 到 100 个字，不能换行";
    public const string IncidentRegions = "请选择 1 到 50 个省、市或区县";
    public const string IncidentEnd = "结束时间须晚于开始时间";
    public const string IncidentEnded = "这条公告已经结束";
    public const string IncidentAlreadyActive = "这条公告已经发布";
    public const string IncidentNotActive = "公告发布后才能通知客户";
    public const string IncidentChanged = "这条公告刚被别人改过，请刷新后再改";
    public const string IncidentAlreadyTold = "受影响的客户已经通知过了，每条公告只通知一次";
    public const string WithTelling = "同时通知受影响的客户";
    public const string TimeOver = "到期自动结束";

    public static string MoreIncidents(int more) => $"还有 {more} 条其他地区的公告。";

    public static string UnknownGoods(string asked) =>
        $"没有查到“{asked}”的寄递规定，不敢随便答复您。一般规则是：易燃、易爆、有毒、有腐蚀性的物品，枪支刀具、活体动物、现金等不能寄；"
        + "带电池的、液体、粉末、贵重和易碎物品有条件。可以换个名称再问一次，或回复“人工”由客服确认。";

    public static string AlsoUnknown(string goods) => $"“{goods}”没有查到寄递规定，不敢随便答复您，可以换个名称再问一次，或回复“人工”由客服确认。";

    public static string ShortVerdict(GoodsAnswer answer) => answer.Verdict switch
    {
        GoodsVerdict.Forbidden => $"【{answer.Name}】不能寄。",
        GoodsVerdict.Conditional => $"【{answer.Name}】有条件可以寄。\n条件：{answer.Condition ?? answer.Reason}",
        GoodsVerdict.Allowed => $"【{answer.Name}】可以寄。",
    };

    public static string Verdict(GoodsAnswer answer) => answer.Verdict switch
    {
        GoodsVerdict.Forbidden => $"【{answer.Name}】不能寄。\n原因：{answer.Reason}",
        GoodsVerdict.Conditional => $"【{answer.Name}】有条件可以寄。\n条件：{answer.Condition ?? answer.Reason}" + (answer.Condition is null ? "" : $"\n原因：{answer.Reason}"),
        GoodsVerdict.Allowed => $"【{answer.Name}】可以寄。" + (answer.Reason.Length == 0 ? "" : $"\n说明：{answer.Reason}"),
    };
}
