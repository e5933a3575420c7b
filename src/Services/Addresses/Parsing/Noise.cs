using System.Buffers;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Words around an address that are no part of it.</summary>
internal static class Noise
{
    // The longest first: what a sentence says before it comes to the place.
    private static readonly string[] Leads =
    [
        "麻烦您寄到", "麻烦帮我寄到", "麻烦寄到", "麻烦寄往", "麻烦发到", "麻烦送到", "麻烦寄给", "麻烦发", "请帮我寄到", "请帮忙寄到", "帮我寄到", "帮忙寄到", "请邮寄到", "请快递到", "请寄往", "请寄到", "请寄至", "请发到", "请发往", "请送到", "请送至", "请寄给",
        "请寄", "邮寄到", "邮寄至", "邮寄地址是", "快递到", "快递至", "快递寄到", "寄到", "寄往", "寄至", "寄给", "寄去", "发到", "发往", "发至", "发去", "送到", "送至", "送往", "我家的地址是", "我家地址是", "我的地址是", "我的收货地址是",
        "收货地址是", "收件地址是", "新地址是", "地址是", "地址在", "地址为", "我的地址", "我家地址", "收货地址", "收件地址", "详细地址", "新地址", "家庭地址", "地址", "我家住在", "我家在", "我住在", "家住", "住在", "我在", "位于", "就寄", "改成", "改为", "改到", "到", "收件人", "收",
        "您好", "你好", "亲", "麻烦", "谢谢", "请", "那个", "就是", "然后", "我要", "帮我", "嗯", "哦",
    ];

    private static readonly SearchValues<char> LeadHeads = SearchValues.Create([.. Leads.Select(l => l[0]).Distinct()]);

    private static readonly string[] NameLeads =
        ["收件人是", "收货人是", "联系人是", "收件人", "收货人", "联系人", "姓名是", "姓名", "我的名字叫", "我的名字是", "名字叫", "名字是", "我叫", "我是", "我姓", "寄给", "发给", "交给", "转交", "给", "叫", "由"];

    private static readonly string[] InnerNameLeads =
        ["收件人是", "收货人是", "联系人是", "收件人叫", "收件人写", "收货人写", "姓名是", "姓名写", "名字是", "名字叫", "名字写", "收件人", "收货人", "联系人", "姓名", "名字"];

    private static readonly string[] NameTails =
        ["亲收", "签收", "亲启", "收件人", "收货", "收件", "代收", "(收)", "（收）", "收", "谢谢", "您好", "的电话", "电话", "手机号", "手机", "联系电话", "tel"];

    private static readonly SearchValues<string> Chatter = SearchValues.Create(
    [
        "谢谢", "感谢", "麻烦", "辛苦", "尽快", "备注", "不要", "到付", "发货", "包装", "打电话", "电话联系", "电联", "提前", "放门口", "快递柜", "放驿站", "放在", "放前台", "放门卫", "放物业", "周末", "工作日", "今天", "明天", "老板", "客服", "发顺丰",
        "请", "务必", "勿", "易碎", "轻拿轻放", "暴力", "送货上门", "有人", "没人", "千万", "您好", "你好", "包邮", "旺旺", "纸条", "仅限", "只发", "快件", "晚上", "下班", "上班", "拆封", "验货", "以上", "如下", "复制", "下单", "寄出", "件衣服",
    ], StringComparison.Ordinal);

    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "家", "公司", "学校", "默认", "默认地址", "设为默认", "设为默认地址", "默认收货地址", "谢谢", "多谢", "感谢", "谢谢了", "谢谢啦", "谢谢您", "自提", "其他", "其它", "父母", "朋友", "单位", "复制", "编辑", "修改", "删除", "收", "寄", "新增", "已复制", "先生", "女士", "男", "女", "中国", "cn", "china", "mr", "ms", "mrs", "收到", "好的", "嗯嗯", "ok", "在吗", "收起", "展开", "分享", "保存", "null", "undefined", "无", "-",
    };

    /// <summary>Where the place begins behind the words that lead to it.</summary>
    public static int Behind(PastedText text, int start, int end)
    {
        for (var found = true; found;)
        {
            found = false;
            if (!LeadHeads.Contains(text.Key[start])) break;
            foreach (var lead in Leads)
            {
                if (!text.KeyOf(start, end).StartsWith(lead, StringComparison.Ordinal) || start + lead.Length >= end) continue;
                (start, found) = (start + lead.Length, true);
                break;
            }
        }
        return start;
    }

    /// <summary>What the name is without 寄给 … 收.</summary>
    public static (int Start, int End, bool Addressed) WithoutNameNoise(PastedText text, int start, int end)
    {
        var addressed = false;
        foreach (var lead in NameLeads)
        {
            if (end - start <= lead.Length || !text.KeyOf(start, end).StartsWith(lead, StringComparison.Ordinal)) continue;
            (start, addressed) = (start + lead.Length, true);
            break;
        }
        foreach (var tail in NameTails)
        {
            if (end - start <= tail.Length || !text.KeyOf(start, end).EndsWith(tail, StringComparison.Ordinal)) continue;
            (end, addressed) = (end - tail.Length, true);
            break;
        }
        return (start, end, addressed);
    }

    /// <summary>The last 收件人 or the like in the middle of words that are written together; null for none.</summary>
    public static (int Start, int End)? NameLeadWithin(ReadOnlySpan<char> words)
    {
        foreach (var lead in InnerNameLeads)
            if (words.LastIndexOf(lead) is var at and > 0) return (at, at + lead.Length);
        return null;
    }

    /// <summary>Is it talk?</summary>
    public static bool IsChatter(ReadOnlySpan<char> words) => words.ContainsAny(Chatter);

    /// <summary>Is it a tag that an app puts beside addresses?</summary>
    public static bool IsTag(ReadOnlySpan<char> words) => Tags.GetAlternateLookup<ReadOnlySpan<char>>().Contains(words);
}
