using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Services.Addresses;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>A question what a parcel costs, as it was read. Pure.</summary>
/// <param name="From">Where it may begin; none when it was not said, several when the name does not decide.</param>
/// <param name="To">Where it may end; likewise.</param>
/// <param name="Grams">The weight; null when it was not said.</param>
/// <param name="Size">Length, width and height in millimetres; null when they were not said.</param>
internal sealed partial record PriceQuestion(IReadOnlyList<Division> From, IReadOnlyList<Division> To, long? Grams, (long Length, long Width, long Height)? Size)
{
    private const int LongestWords = 60, MostLeftOver = 6;

    /// <summary>The word that stands where a place belongs and is none that is known; empty when all were understood.</summary>
    public string Unknown { get; init; } = "";

    /// <summary>
    /// 运费 深圳 北京 3kg, 从深圳寄3公斤到北京多少钱, 寄到上海要多少钱 两斤: a question for a price. Null when it is none, or about other money (赔付,
    /// 保价, 快递柜), or names no place; 运费 and the like alone are a question without places.
    /// </summary>
    public static PriceQuestion? Read(string words, Divisions divisions)
    {
        if (words.Length is 0 or > LongestWords || !Asked().IsMatch(words) || OtherMoney().IsMatch(words)) return null;
        var (text, size) = SizeIn(words);
        (text, var grams) = WeightIn(text);
        if (grams is null && BareWeight().Match(text) is { Success: true } bare)
            (text, grams) = (text[..bare.Index], (long)Math.Ceiling(decimal.Parse(bare.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) * 1000m));
        if (Alone().IsMatch(text)) return new PriceQuestion([], [], grams, size);
        if (!OfSending().IsMatch(text)) return null;
        var places = PricePlaces.In(Fillers().Replace(Asked().Replace(text, " "), " "), IsList().IsMatch(text), divisions);
        if (places.Unknown.Length > 0) return new PriceQuestion(places.From, places.To, grams, size) { Unknown = places.Unknown };
        return places.To.Count + places.From.Count == 0 || places.LeftOver > MostLeftOver ? null : new PriceQuestion(places.From, places.To, grams, size);
    }

    /// <summary>What is asked beside the goods: 我要寄手机去北京多少钱. Null when no price is asked for; a question without places when none is known.</summary>
    /// <param name="goods">The goods as they stand in the words.</param>
    /// <param name="words">What was said.</param>
    /// <param name="divisions">The places of China.</param>
    public static PriceQuestion? Beside(string goods, string words, Divisions divisions)
    {
        if (!Asked().IsMatch(words) || OtherMoney().IsMatch(words)) return null;
        return Read(words.Replace(goods, "", StringComparison.Ordinal), divisions) is { Unknown.Length: 0 } question ? question : new PriceQuestion([], [], WeightIn(words).Grams, null);
    }

    /// <summary>The weight in a text, and the text without it.</summary>
    internal static (string Text, long? Grams) WeightIn(string text)
    {
        if (Weight().Match(text) is not { Success: true } match || Number(match.Groups["n"].Value) is not { } number) return (text, null);
        if (match.Groups["half"].Success) number += 0.5m;
        var grams = number * match.Groups["unit"].Value.ToLowerInvariant() switch { "公斤" or "千克" or "kg" or "kgs" => 1000m, "斤" => 500m, "两" => 50m, "吨" => 1_000_000m, _ => 1m };
        return (text.Remove(match.Index, match.Length).Insert(match.Index, " "), (long)Math.Ceiling(Math.Min(grams, 1_000_000_000m)));
    }

    private static (string Text, (long, long, long)? Size) SizeIn(string text)
    {
        if (Sides().Match(text) is not { Success: true } match) return (text, null);
        var unit = match.Groups["unit"].Value.ToLowerInvariant() switch { "mm" or "毫米" => 1m, "m" or "米" => 1000m, _ => 10m };
        return (text.Remove(match.Index, match.Length).Insert(match.Index, " "), (Side("a"), Side("b"), Side("c")));

        long Side(string name) => (long)Math.Ceiling(Math.Min(decimal.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) * unit, 1_000_000m));
    }

    // 两, 半, 十五, 二十, 3.5
    private static decimal? Number(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var plain)) return plain;
        if (text == "半") return 0.5m;
        var tens = text.IndexOf('十', StringComparison.Ordinal);
        if (tens < 0) return text.Length == 1 ? Digit(text[0]) : null;
        var high = tens == 0 ? 1 : tens == 1 ? Digit(text[0]) : null;
        var low = tens == text.Length - 1 ? 0 : tens == text.Length - 2 ? Digit(text[^1]) : null;
        return high * 10 + low;
    }

    private static decimal? Digit(char c) => "零一二三四五六七八九".IndexOf(c, StringComparison.Ordinal) is >= 0 and var digit ? digit : c == '两' ? 2 : null;

    [GeneratedRegex("运费|邮费|快递费|寄费|寄件费|资费|报价|价格|价钱|什么价|多少钱|几块钱|多少块|几元|多少元|怎么收费|如何收费|怎么算钱|要钱|费用")]
    private static partial Regex Asked();

    [GeneratedRegex("赔|退|险|保价|保费|代收|到付|发票|报销|多收|乱收|多扣|超时|超期|柜|驿站|单号|运单|丢|坏|券|会员|补差|投诉|举报|声明|价值|货款|关税|清关|人工|[0-9]{7}")]
    private static partial Regex OtherMoney();

    [GeneratedRegex("^(?:请|帮我|帮忙|我想|我要|想)?(?:查一?下?|查询|算一?下?|计算|估算?|问一?下)? *(?:运费|邮费|快递费|寄费|寄件费)(?:查询|计算|估算|计算器|价格表)? *(?:多少钱?|怎么算|怎么收|是多少)?[ ?？。!！吗呢]*$")]
    private static partial Regex Alone();

    [GeneratedRegex("运费|邮费|快递费|寄|邮|发|快递|到")]
    private static partial Regex OfSending();

    [GeneratedRegex("(?<n>[0-9]+(?:\\.[0-9]+)?|半|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?:多|来)? *个?(?<unit>公斤|千克|kgs?|斤|克|g|吨|两)(?![a-z])(?<half>半)?(?:左右|以内|多|重|的)*", RegexOptions.IgnoreCase)]
    private static partial Regex Weight();

    // 运费 深圳 北京 0.5
    [GeneratedRegex("(?<![0-9.])(?<n>[0-9]{1,3}(?:\\.[0-9]{1,3})?)[ ?。!.]*$")]
    private static partial Regex BareWeight();

    // 运费 深圳 北京: nothing but places behind the word.
    [GeneratedRegex("^ *(?:查|查询|算|问)?(?:一下)? *(?:运费|邮费|快递费|寄费|报价)[ :,]")]
    private static partial Regex IsList();

    [GeneratedRegex("(?<a>[0-9]+(?:\\.[0-9]+)?) *(?:cm|厘米|mm|毫米|m|米)? *[x×*乘] *(?<b>[0-9]+(?:\\.[0-9]+)?) *(?:cm|厘米|mm|毫米|m|米)? *[x×*乘] *(?<c>[0-9]+(?:\\.[0-9]+)?) *(?<unit>cm|厘米|公分|mm|毫米|m|米)?", RegexOptions.IgnoreCase)]
    private static partial Regex Sides();

    [GeneratedRegex("请问|你好|您好|麻烦|帮我|帮忙|我想|我要|想要|我|你们|查一?下|查询|查|算一?下|算|估一?下|估算|问一?下|一个|一件|一箱|一单|大概|大约|一般|普通|标准|需要|要|得|是|的|包裹|快件|件|东西|物品|快递(?!费)|重量|首重|重(?!庆)|左右|以内|怎么样|怎么|吗|呢|啊|呀|么|[,，。.?？!！:：;；、()（）]")]
    private static partial Regex Fillers();
}

/// <summary>Places as prices need them: down to districts.</summary>
internal static class PlaceChoices
{
    /// <summary>
    /// The places down to districts that a text names, and the text without the names. A street is read only behind its own district: 北京 is the city, not the
    /// 北京街道 of some other one.
    /// </summary>
    public static (IReadOnlyList<Division> Places, string Left) In(Divisions divisions, string text)
    {
        var named = divisions.NamedIn(text, DivisionLevel.District);
        if (named.Candidates is not [{ Level: DivisionLevel.District } district]) return (named.Candidates, named.Rest);
        var deeper = divisions.NamedIn(text);
        return ([district], deeper.Candidates.Count > 0 && deeper.Candidates.All(d => d.IsWithin(district)) ? deeper.Rest : named.Rest);
    }

    /// <summary>Is it more than a province, which has no price of its own?</summary>
    public static bool HasPrice(Division place) => place.Level != DivisionLevel.Province || place.Name[^1] == '市' || place.Name.EndsWith("特别行政区", StringComparison.Ordinal);
}
