using System.Buffers;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Characters and words that addresses are made of.</summary>
internal static class AddressWords
{
    // What a name does not end with.
    private static readonly SearchValues<char> Endings = SearchValues.Create("路街道巷弄号室栋幢层座镇乡县区市省组厂店厦局所馆站室期单元户口旁边内处厅社舍校司部行库铺房吧屯旗盟队营坊段线桥里");

    // What names may end with, though addresses do more often.
    private static readonly SearchValues<char> SoftEndings = SearchValues.Create("城园苑府院村楼场庭湾山庄岭洲台峰谷洋湖河坪坑港家");

    // What stands directly before a name that is written without a gap.
    private static readonly SearchValues<char> Before = SearchValues.Create("路街道巷弄号室栋幢层座楼镇乡村组厂店厦局所馆站期户口旁边内处厅社舍校司部园苑府城院场庭湾区铺房队元段)）门面侧围屯坊里庄");

    private static readonly SearchValues<string> Words = SearchValues.Create(
    [
        "公司", "学校", "驿站", "快递", "超市", "宿舍", "菜鸟", "大学", "中学", "小学", "医院", "广场", "小区", "花园", "附近", "对面", "门口", "东门", "西门", "南门", "北门", "前台", "保安", "门卫", "物业", "代收", "丰巢", "自提", "收发室", "传达室",
        "工业园", "科技园", "产业园", "开发区", "新村", "公寓", "大厦", "酒店", "宾馆", "市场", "商场", "商城", "银行", "服务部", "营业部", "经营部", "工作室", "专卖", "美容", "药店", "药房", "便利店", "幼儿园", "派出所", "村委会", "居委会", "办公室", "财务", "人事",
        "单元", "号楼", "大道", "街道", "社区", "家园", "名苑", "豪庭", "生活区", "教学楼", "仓库", "车间", "校区", "高新", "国际", "中心",
    ], StringComparison.Ordinal);

    private static readonly SearchValues<char> Markers = SearchValues.Create("路街道巷弄号室楼栋幢层座村镇乡组社园苑府城厦区县市厂店院校坊庄里湾屯舍馆站铺");

    public static bool EndsLikeAddress(char c) => Endings.Contains(c);

    public static bool MayEndAddress(char c) => SoftEndings.Contains(c);

    public static bool MayStandBeforeName(char c) => Before.Contains(c) || char.IsAsciiLetterOrDigit(c);

    public static bool HasWord(ReadOnlySpan<char> text) => text.ContainsAny(Words);

    /// <summary>Does it look like part of an address: digits, or a character that roads and houses have?</summary>
    public static bool LooksLikeAddress(ReadOnlySpan<char> text) => text.Length >= 2 && (text.IndexOfAny(Markers) >= 0 || text.IndexOfAnyInRange('0', '9') >= 0);

    public static int CountMarkers(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            if (Markers.Contains(c)) count++;
        return count;
    }
}
