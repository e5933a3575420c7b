using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Courier.Kernel;

namespace Courier.Services.Knowledge;

/// <summary>The goods that the rules know, as people name them in English. Pure.</summary>
internal static partial class EnglishGoods
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["gun"] = "枪支", ["pistol"] = "枪支", ["rifle"] = "枪支", ["firearm"] = "枪支", ["airgun"] = "气枪", ["ammo"] = "弹药", ["ammunition"] = "弹药", ["bullet"] = "弹药", ["dagger"] = "管制刀具",
        ["crossbow"] = "弩", ["stungun"] = "电击器", ["firework"] = "烟花", ["firecracker"] = "鞭炮", ["explosive"] = "炸药", ["dynamite"] = "炸药", ["gunpowder"] = "黑火药", ["detonator"] = "雷管",
        ["lighter"] = "打火机", ["butane"] = "丁烷气", ["gasoline"] = "汽油", ["petrol"] = "汽油", ["diesel"] = "柴油", ["kerosene"] = "煤油", ["paint"] = "油漆", ["alcohol"] = "酒精", ["ethanol"] = "乙醇",
        ["methanol"] = "甲醇", ["acetone"] = "丙酮", ["match"] = "火柴", ["matches"] = "火柴", ["nailpolish"] = "指甲油", ["charcoal"] = "木炭", ["pesticide"] = "农药", ["cyanide"] = "氰化物",
        ["arsenic"] = "砒霜", ["mercury"] = "水银", ["drug"] = "毒品", ["narcotic"] = "毒品", ["heroin"] = "海洛因", ["cocaine"] = "可卡因", ["cannabis"] = "大麻", ["marijuana"] = "大麻", ["opium"] = "鸦片",
        ["ketamine"] = "氯胺酮", ["sulfuricacid"] = "硫酸", ["ivory"] = "象牙", ["cash"] = "现金", ["banknote"] = "现金", ["aerosol"] = "喷雾罐", ["fireextinguisher"] = "灭火器",
        ["powerbank"] = "充电宝", ["battery"] = "电池", ["batteries"] = "电池", ["lithiumbattery"] = "锂电池", ["lithiumbatteries"] = "锂电池", ["perfume"] = "香水", ["cologne"] = "古龙水", ["wine"] = "红酒",
        ["beer"] = "啤酒", ["liquor"] = "白酒", ["whisky"] = "洋酒", ["whiskey"] = "洋酒", ["vodka"] = "洋酒", ["shampoo"] = "洗发水", ["milkpowder"] = "奶粉", ["magnet"] = "磁铁", ["drone"] = "无人机",
        ["cigarette"] = "香烟", ["tobacco"] = "烟草", ["ecigarette"] = "电子烟", ["vape"] = "电子烟", ["medicine"] = "药品",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text with the words that are known in Chinese; everything else stays.</summary>
    public static string InChinese(string text) => Latin().Replace(HalfWidth.Of(text), m => Chinese(m.Value));

    private static string Chinese(string run) => string.Join('、', And().Split(run).Select(One));

    // What something is stands last: a bottle of perfume is perfume, a paint brush is no paint.
    private static string One(string run)
    {
        var words = run.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
            if (Find(string.Concat(words[i..]).ToLowerInvariant()) is { } chinese) return chinese;
        return run;
    }

    private static string? Find(string word) => Words.GetValueOrDefault(word) ?? (word.EndsWith('s') ? Words.GetValueOrDefault(word[..^1]) : null);

    [GeneratedRegex(@"\s+(?:and|or)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"[A-Za-z]+(?:[ \-]+[A-Za-z]+)*")]
    private static partial Regex Latin();
}
