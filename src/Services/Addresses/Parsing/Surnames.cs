using System.Buffers;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Surnames: the usual ones of one character, and those of two.</summary>
internal static class Surnames
{
    private static readonly SearchValues<char> Single = SearchValues.Create(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戈岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戎伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植富尧闭才无扶竹水玄甯仵帖佴笪别寿咸殳能蔚");

    // Those that hardly ever begin anything else.
    private static readonly SearchValues<char> Usual = SearchValues.Create(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆戴贾韦夏邱侯邹熊孟秦阎闫薛尹段雷黎史陶贺顾毛郝龚邵钱严覃武莫孔汤施樊葛邢乔庞颜倪聂章鲁岳翟殷詹申欧耿焦俞柳甘祝阮柯纪童凌毕裴霍涂翁冉骆辛靳鲍祁蒲滕饶牟缪褚娄窦瞿佟臧");

    private static readonly HashSet<string> Double = new(StringComparer.Ordinal)
    {
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "司空", "夏侯", "长孙", "宇文", "轩辕", "端木", "独孤", "南宫", "西门", "东郭", "百里", "闻人", "呼延", "申屠", "太史", "公冶", "濮阳", "淳于", "单于", "澹台",
        "拓跋", "万俟", "赫连", "钟离", "鲜于", "闾丘", "亓官", "仲孙", "公羊", "宗政", "第五", "左丘", "东门", "南门", "即墨", "达奚", "褚师", "纳兰", "叶赫", "完颜", "爱新", "富察", "佟佳", "钮祜",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> DoubleBySpan = Double.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many characters of surname a name begins with: 0, 1 or 2.</summary>
    public static int Length(ReadOnlySpan<char> name) =>
        name.Length >= 3 && DoubleBySpan.Contains(name[..2]) ? 2 : name.Length > 0 && Single.Contains(name[0]) ? 1 : 0;

    /// <summary>Is it a surname that stands for nothing else?</summary>
    public static bool IsUsual(char c) => Usual.Contains(c);
}
