using System.Collections.Frozen;

namespace Courier.Services.Addresses.Parsing;

/// <summary>What a label says of the words behind it.</summary>
internal enum Field : byte
{
    /// <summary>No label, or one that says nothing (收:, 收货信息:).</summary>
    None,

    /// <summary>收件人:.</summary>
    Name,

    /// <summary>手机:.</summary>
    Phone,

    /// <summary>所在地区:.</summary>
    Region,

    /// <summary>详细地址:.</summary>
    Detail,

    /// <summary>邮编:.</summary>
    Zip,

    /// <summary>订单号:, 备注: and whatever else is no part of an address.</summary>
    Other,
}

/// <summary>A label in the text.</summary>
internal readonly record struct FoundLabel(Field Field, int Start, int End);

/// <summary>The labels that forms and shops write before names, numbers and places.</summary>
internal static class Labels
{
    private const int Longest = 10;

    private static readonly FrozenDictionary<string, Field> Words = new Dictionary<Field, string>
    {
        [Field.Name] = "姓名 收件人 收货人 联系人 收件人姓名 收货人姓名 收件姓名 收货姓名 联系人姓名 真实姓名 客户姓名 买家姓名 学生姓名 收件方 收方 收件 收货 名字 名称 签收人 接收人 接收方 领取人 取件人 称呼 客户 顾客 "
            + "寄件人 发件人 寄件人姓名 发件人姓名 收件人名字 收货人名字 收件联系人 name consignee receiver recipient fullname contact",
        [Field.Phone] = "手机 电话 手机号 手机号码 电话号码 联系电话 联系方式 联系号码 联系手机 联系手机号 收货电话 收件电话 收货手机 收件手机 收货人电话 收件人电话 收货人手机 收件人手机 收货人手机号 收件人手机号 收货人手机号码 "
            + "收件人手机号码 收件人联系电话 收货人联系电话 收件人联系方式 寄件人电话 寄件人手机 移动电话 固定电话 固话 座机 号码 手机电话 手机/电话 电话/手机 虚拟号 隐私号 安全号 tel phone mobile cell telephone",
        [Field.Region] = "所在地区 所在区域 所在地 所在省市 所在省市区 所在城市 地区 省市区 省/市/区 省区市 省市县 省市 区域 省份 省 市 区 县 城市 区县 区/县 收货地区 收件地区 收货区域 国家 province city district region area 地域 地市 所属地区",
        [Field.Detail] = "地址 详细地址 收货地址 收件地址 收件人地址 收货人地址 收货详细地址 收件详细地址 具体地址 街道地址 详址 家庭地址 公司地址 单位地址 联系地址 通讯地址 通信地址 寄送地址 邮寄地址 快递地址 配送地址 送货地址 寄件地址 "
            + "门牌号 门牌 楼号门牌 楼栋门牌 街道 乡镇 街道乡镇 所在街道 住址 家庭住址 现住址 详细 位置 address addr detail street",
        [Field.Zip] = "邮编 邮政编码 邮政编号 zip zipcode postcode",
        [Field.Other] = "订单编号 订单号 订单 单号 运单号 快递单号 物流单号 编号 序号 备注 留言 买家留言 卖家备注 买家备注 身份证 身份证号 身份证号码 证件号 旺旺 旺旺号 旺旺名 昵称 买家昵称 会员名 微信 微信号 微信昵称 qq qq号 商品 商品名称 商品信息 货品 "
            + "数量 颜色 尺码 规格 型号 款式 店铺 下单时间 付款时间 时间 日期 金额 价格 重量 快递 快递公司 物流 邮箱 电子邮箱 email e-mail 物品 品名 要求 温馨提示 注意 ps 标签 地址类型 地址标签 送货时间 配送时间 note remark",
        [Field.None] = "收 寄 致 收件信息 收货信息 收件人信息 收货人信息 地址信息 联系信息 to 寄到 寄往 发到 发往 送到 送至",
    }.SelectMany(f => f.Value.Split(' ').Select(word => (word, f.Key))).ToFrozenDictionary(p => p.word, p => p.Key, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Field>.AlternateLookup<ReadOnlySpan<char>> BySpan = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a word alone says; null when it is no label.</summary>
    public static Field? Of(ReadOnlySpan<char> word) => BySpan.TryGetValue(word, out var field) ? field : null;

    /// <summary>The labels of a text: words before a colon, and lone words that only a label can be. They become walls; those of a place only gaps.</summary>
    public static List<FoundLabel> Find(PastedText text)
    {
        var found = new List<FoundLabel>();
        for (var at = 1; at < text.Length; at++)
            if (text.Key[at] is ':' or '︰' or '﹕' or '=' && Ending(text, at) is { } label) found.Add(label);
        LoneWords(text, found);
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        foreach (var label in found) text.Set(label.Start, label.End, label.Field is Field.Region or Field.Detail or Field.None ? Mark.Gap : Mark.Wall);
        return found;
    }

    /// <summary>What the label says that stands directly before a number, with a colon or without: 订单号：91234567, 电话91234567; null for none.</summary>
    public static Field? Before(PastedText text, int at)
    {
        var words = text.KeyOf(Math.Max(0, at - Longest - 2), at).TrimEnd(" :=.是为");
        for (var length = Math.Min(Longest, words.Length); length >= 2; length--)
            if (Of(words[^length..]) is { } field) return field;
        return null;
    }

    /// <summary>How long a label of a phone is that ends here: 张欢电话13811111111.</summary>
    public static int PhoneLabelBefore(PastedText text, int start, int end)
    {
        for (var length = Math.Min(Longest, end - start); length >= 2; length--)
            if (Of(text.KeyOf(end - length, end).TrimEnd("是为")) is Field.Phone) return length;
        return 0;
    }

    private static FoundLabel? Ending(PastedText text, int colon)
    {
        var end = colon;
        while (end > 0 && text.Key[end - 1] == ' ') end--;
        if (end > 0 && text.Key[end - 1] == '*') end--; // "*收件人:" of forms
        for (var length = Math.Min(Longest, end); length >= 1; length--)
        {
            var start = end - length;
            if (Of(text.KeyOf(start, end)) is not { } field) continue;
            if (length == 1 && text.IsText(start - 1)) continue;
            if (char.IsAsciiLetter(text.Key[start]) && start > 0 && char.IsAsciiLetterOrDigit(text.Key[start - 1])) continue;
            return new FoundLabel(field, BeforeNumber(text, start), colon + 1);
        }
        return null;
    }

    // "(2)电话：", "3.地址：": the number of the line is part of its label.
    private static int BeforeNumber(PastedText text, int start)
    {
        var at = start;
        if (at > 0 && text.Key[at - 1] is ')' or '.' or '、') at--;
        if (at == start || !text.IsDigit(at - 1)) return start;
        while (text.IsDigit(at - 1) && start - at < 3) at--;
        if (text.Key[start - 1] == ')') return at > 0 && text.Key[at - 1] == '(' ? at - 1 : start;
        return text.IsText(at - 1) ? start : at;
    }

    // "收件人 张三 手机 138… 地址 …": words between gaps; one character says too little.
    private static void LoneWords(PastedText text, List<FoundLabel> found)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text.Marks[at] != Mark.Text)
            {
                at++;
                continue;
            }
            var end = at;
            while (text.IsText(end)) end++;
            if (end - at is >= 2 and <= Longest && Of(text.KeyOf(at, end)) is { } field && !found.Exists(f => f.Start <= at && f.End >= end)) found.Add(new FoundLabel(field, at, end));
            at = end;
        }
    }
}
