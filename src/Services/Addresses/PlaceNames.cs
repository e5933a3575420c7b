namespace Courier.Services.Addresses;

/// <summary>Names of places as people shorten them: 南山区 → 南山, 广西壮族自治区 → 广西, 恩施土家族苗族自治州 → 恩施.</summary>
internal static class PlaceNames
{
    private static readonly string[] Peoples =
    [
        "土家族", "蒙古族", "维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "达斡尔族", "鄂温克族", "鄂伦春", "朝鲜族", "满族", "回族", "藏族", "苗族", "彝族", "壮族", "布依族", "侗族", "瑶族",
        "白族", "哈尼族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "土族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族",
        "怒族", "裕固族", "保安族", "普米族", "独龙族", "蒙古", "各族",
    ];

    private static readonly string[][] Endings =
    [
        ["特别行政区", "自治区", "省", "市"],
        ["自治州", "地区", "盟", "市"],
        ["自治县", "自治旗", "新区", "林区", "特区", "左旗", "右旗", "区", "县", "市", "旗"],
        ["街道办事处", "民族乡", "民族苏木", "街道", "地区", "镇", "乡", "苏木"],
    ];

    public static string Short(string name, DivisionLevel level)
    {
        foreach (var ending in Endings[(int)level])
        {
            if (!name.EndsWith(ending, StringComparison.Ordinal)) continue;
            var rest = ending.StartsWith("自治", StringComparison.Ordinal) || ending.StartsWith("民族", StringComparison.Ordinal)
                ? WithoutPeoples(name[..^ending.Length]) : name[..^ending.Length];
            return rest.Length >= 2 ? rest : name;
        }
        return name;
    }

    /// <summary>As <see cref="Short"/>, and without the peoples that the name of a district holds before its last word: 梅里斯达斡尔族区 → 梅里斯.</summary>
    public static string Core(string name, DivisionLevel level)
    {
        var rest = Short(name, level);
        var core = rest == name ? rest : WithoutPeoples(rest);
        return core.Length >= 2 ? core : rest;
    }

    /// <summary>左旗, 右旗 and the like: what stands before is the name of several banners, and says nothing by itself.</summary>
    public static bool IsPartOfBanner(string name) => name.Length > 2 && name[^1] == '旗' && name[^2] is '左' or '右' or '中' or '前' or '后' or '合';

    private static string WithoutPeoples(string name)
    {
        while (Array.Find(Peoples, p => name.Length - p.Length >= 2 && name.EndsWith(p, StringComparison.Ordinal)) is { } people) name = name[..^people.Length];
        return name;
    }
}
