using System.Collections.Frozen;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Characters that are written for one another in the names of places, because they sound or look alike: 杭洲市, 保安区, 浦囗区.</summary>
internal static class Misspellings
{
    private static readonly FrozenDictionary<char, int> Groups = Grouped(
        "州洲舟周 口囗 保宝堡 化华花 阳杨扬洋 坪平评萍 江姜 宁凝 浦埔蒲普 龙隆陇 溪西熙 辽廖 汉翰 岳越粤月 城成诚程 陵岭凌玲 清青轻 泽择 兴新星 福富 连莲涟 安鞍 厦夏 淮怀槐 泾径经 嘉家佳加 长常昌 中钟 河和合 裕玉余渝 "
        + "沙莎 桥乔侨 湖胡 田甜天 丰峰枫 林临 冬东栋 建健 永勇 金锦 武吴舞无 张章漳 坊方 名明 历厉 番潘翻 禺愚 黄皇 会惠汇 闵敏 莞管 圳训 顺舜 德得 晋进 锡析 滨宾 梁粱 邗汗 红洪鸿 雁燕 碑牌 灞坝 渭谓 秦泰 咸威 铜桐 郫脾 "
        + "简间 绵棉 荥荣 巩恐 偃堰 禅蝉 涧润 候侯后 塔搭 泸卢庐 颍颖 亳毫 沽姑 瓯欧 衢瞿 欣忻");

    /// <summary>Does the word mean the name: as long, its last character the same, and one other written for its like?</summary>
    public static bool Mean(ReadOnlySpan<char> word, ReadOnlySpan<char> name)
    {
        if (word.Length != name.Length || word.Length < 3 || word[^1] != name[^1]) return false;
        var wrong = 0;
        for (var i = 0; i < word.Length - 1; i++)
        {
            if (word[i] == name[i]) continue;
            if (++wrong > 1 || !Alike(word[i], name[i])) return false;
        }
        return wrong == 1;
    }

    private static bool Alike(char one, char other) => Groups.TryGetValue(one, out var group) && Groups.TryGetValue(other, out var same) && group == same;

    private static FrozenDictionary<char, int> Grouped(string groups)
    {
        var found = new Dictionary<char, int>();
        foreach (var (index, group) in groups.Split(' ').Index())
            foreach (var c in group) found.TryAdd(c, index);
        return found.ToFrozenDictionary();
    }
}
