namespace Courier.Services.Knowledge;

/// <summary>What customers read.</summary>
internal static class Texts
{
    public const string Inspection = "寄件时快递员会当面验视内装物品并核对实名信息，以现场验视为准。";

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
