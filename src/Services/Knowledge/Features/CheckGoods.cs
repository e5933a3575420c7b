using System.Text.RegularExpressions;
using Courier.Kernel.Data;

namespace Courier.Services.Knowledge;

/// <summary>"May I send this?": forbidden, on a condition, or allowed, with the reason.</summary>
public static partial class CheckGoods
{
    /// <summary>The answers for the goods that a query names; empty when none is known, which <see cref="GoodsText"/> says honestly.</summary>
    /// <param name="db">Where the rules lie.</param>
    /// <param name="index">What is held in memory of them.</param>
    /// <param name="query">Goods (<c>充电宝</c>, several with 、or 和) or a whole question (<c>能寄充电宝吗</c>).</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<GoodsAnswer>> Execute(ISqlReader db, KnowledgeIndex index, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > 200) return [];
        var rules = await index.GoodsFrom(db, ct).ConfigureAwait(false);
        return rules.Find(LooksLikeGoodsQuestion(query, out var goods) ? goods : query);
    }

    /// <summary>Does a text ask whether certain goods may be sent? 能寄充电宝吗, 可以寄酒吗, 充电宝能寄不, 打火机是违禁品吗.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="goods">The goods asked about, as written.</param>
    public static bool LooksLikeGoodsQuestion(string text, out string goods)
    {
        goods = "";
        if (text.Length > 100) return false;
        var plain = PlainText.HalfWidth(text).Trim();
        foreach (var form in (Regex[])[AskedFirst(), AskedLast(), SentFirst(), CalledForbidden()])
        {
            if (form.Match(plain) is not { Success: true } match) continue;
            goods = Leading().Replace(match.Groups["goods"].Value.Trim(), "");
            if (goods.Length > 0 && !NoGoods().IsMatch(goods)) return true;
        }
        goods = "";
        return false;
    }

    // 能(不能)寄X吗, 可以邮寄X么; 寄到, 寄给 and the like ask for places and persons, not for goods
    [GeneratedRegex(@"(?>能不能|能否|可不可以|可否|是否可以|是不是可以|可以|能|让不让|让|准不准)(?>快递|邮寄|邮|寄|托运)(?!到|往|给|去|回|不)(?<goods>.+?)(?:到[^吗么不]{2,12}?)?(?:吗|么|嘛|不|呢|吧|啊|呀|可以吗|行吗)?[?？!！。 ]*$")]
    private static partial Regex AskedFirst();

    // X能寄吗, X可以邮寄不, X能不能寄
    [GeneratedRegex(@"^(?<goods>.+?)(?:能不能|能否|可不可以|可否|是否可以|可以|能|让不让|让|准)(?>快递|邮寄|邮|寄|托运)(?:到[^吗么不]{2,12}?)?(?:吗|么|嘛|不|呢|吧|啊|呀)?[?？!！。 ]*$")]
    private static partial Regex AskedLast();

    // 寄X可以吗, 邮X行不行
    [GeneratedRegex(@"^(?:我?想)?(?:快递|邮寄|邮|寄)(?!到|往|给|去|回)(?<goods>.+?)(?:可以吗|可以不|可以么|可不可以|行吗|行不行|行不|违法吗|违禁吗)[?？!！。 ]*$")]
    private static partial Regex SentFirst();

    // X是违禁品吗, X属于禁寄物品吗
    [GeneratedRegex(@"^(?<goods>.+?)(?:是不是|是否|属于|算不算|算|是)(?:违禁品|违禁物品|禁寄物品|禁寄品|禁寄|违禁|禁运品)(?:吗|么|不|呢)?[?？!！。 ]*$")]
    private static partial Regex CalledForbidden();

    [GeneratedRegex(@"^(?:请问|你好|您好|我想问一?下|想问一?下|问一?下|那个|那|这个|这种|我的|我要|我想|我|你们|咱们|你家|快递|一下|[,，。 ])+")]
    private static partial Regex Leading();

    [GeneratedRegex(@"^(?:什么|啥|哪些|哪里|哪儿|怎么|怎样|快递|快件|包裹|东西|货|件|吗|么|不|呢|今天|明天|后天|现在|晚上|周[一二三四五六日末天]|星期.|节假日|过年|春节|国庆|几点.*|到付|上门|短信|验证码|人工|别人|国外|国际|多少.*|的|了|一下|.*不)$")]
    private static partial Regex NoGoods();
}
