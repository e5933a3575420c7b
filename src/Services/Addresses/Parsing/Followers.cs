namespace Courier.Services.Addresses.Parsing;

/// <summary>Words that make of a short name something else: 北京 + 路, 四川 + 北路, 深圳 + 大学, 华源上海 + 城.</summary>
internal static class Followers
{
    /// <summary>What follows makes it the name of a road.</summary>
    public const float Road = 3.5f;

    /// <summary>What follows makes it the name of a house, a school, a company.</summary>
    public const float House = 2f;

    private static readonly string[] Houses =
    [
        "大学", "学院", "学校", "中学", "小学", "一中", "二中", "三中", "附中", "实验", "师范", "师大", "理工", "医院", "医科", "人民医院", "大厦", "大楼", "大酒店", "酒店", "宾馆", "饭店", "饭庄", "餐厅",
        "花园", "公寓", "广场", "商城", "商场", "超市", "市场", "机场", "火车站", "高铁站", "车站", "银行", "公司", "集团", "小区", "新村", "公馆", "会所", "体育", "公园", "烤鸭", "小吃", "面馆", "菜馆", "国际",
        "科技", "联通", "移动", "电信", "日报", "卫视", "现代", "驾校", "公安", "政府", "人民政府", "人民法院", "法院", "中医", "妇幼", "第一", "第二", "第三", "博物", "图书馆", "体育馆", "大桥", "古镇", "老街", "人家",
    ];

    /// <summary>How much less a short name is worth before this; 0 when nothing speaks against it.</summary>
    public static float Penalty(ReadOnlySpan<char> after)
    {
        if (after.IsEmpty) return 0;
        if (after[0] is '路' or '街' or '道' or '巷' or '弄' or '桥' or '村' or '镇' or '乡' or '山' or '湖' or '屯' or '庄') return Road;
        if (after.Length >= 2 && after[0] == '大' && after[1] is '道' or '街' or '桥') return Road;
        if (after.Length >= 2 && after[0] is '东' or '南' or '西' or '北' or '中' or '一' or '二' or '三' or '四' or '五' or '支' or '新' or '老' or '后' or '前' && after[1] is '路' or '街' or '道' or '巷' or '段' or '弄' or '里' or '村')
            return Road;
        if (after[0] is '城' or '店' or '厂' or '府' or '院' or '馆' or '楼' or '苑' or '园') return House + 1;
        foreach (var house in Houses)
            if (after.StartsWith(house, StringComparison.Ordinal)) return StandsAlone(after[house.Length..]) ? 0 : House;
        return 0;
    }

    // 体育西路 and 科技园 are names without the place before them.
    private static bool StandsAlone(ReadOnlySpan<char> after)
    {
        if (after.IsEmpty) return false;
        if (after[0] is '园' or '城' or '路' or '街') return true;
        return after.Length >= 2 && after[0] is '东' or '南' or '西' or '北' or '中' or '大' or '一' or '二' or '三' or '四' or '五' && after[1] is '路' or '街' or '道';
    }
}
