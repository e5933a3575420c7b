namespace Courier.Services.Rates;

/// <summary>The kinds of goods that limits of products name.</summary>
public static class GoodsKinds
{
    /// <summary>Whatever is none of the others.</summary>
    public const string Other = "other";

    // Code and what people call it; the first word is the kind's name.
    private static readonly (string Code, string[] Words)[] All =
    [
        ("document", ["文件", "证件", "票据", "资料", "合同"]),
        ("clothing", ["服饰", "衣服", "衣物", "鞋", "箱包"]),
        ("daily", ["日用品", "生活用品", "家居"]),
        ("food", ["食品", "零食", "茶叶", "干货"]),
        ("fresh", ["生鲜", "水果", "蔬菜", "海鲜", "肉类", "冷冻"]),
        ("electronics", ["数码", "电子产品", "手机", "电脑", "相机"]),
        ("battery", ["电池", "充电宝", "锂电池"]),
        ("liquid", ["液体", "酒", "饮料", "香水", "化妆品"]),
        ("fragile", ["易碎品", "玻璃", "陶瓷"]),
        ("medicine", ["药品", "药", "保健品"]),
        ("appliance", ["家电", "电器"]),
        ("furniture", ["家具"]),
        ("powder", ["粉末", "粉状物"]),
        ("magnetic", ["磁性物品", "磁铁", "音箱"]),
        ("book", ["图书", "书籍", "书"]),
        (Other, ["其他", "其它", "物品"]),
    ];

    private static readonly Dictionary<string, string> Names = All.ToDictionary(k => k.Code, k => k.Words[0], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> ByWord =
        All.SelectMany(k => k.Words.Append(k.Code).Select(w => (w, k.Code))).ToDictionary(p => p.w, p => p.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The codes.</summary>
    public static IReadOnlyCollection<string> Codes => Names.Keys;

    /// <summary>The kind that a word means; <see cref="Other"/> when it is not known.</summary>
    /// <param name="word">A code, or what people call it.</param>
    public static string Of(string? word) => word is null ? Other : ByWord.GetValueOrDefault(word.Trim(), Other);

    /// <summary>Is it a code, or what people call a kind?</summary>
    public static bool IsKnown(string word) => ByWord.ContainsKey(word.Trim());

    /// <summary>What people call a kind.</summary>
    public static string NameOf(string code) => Names.GetValueOrDefault(code, Names[Other]);
}
