using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Knowledge;

/// <summary>"May I send this?": forbidden, on a condition, or allowed, with the reason.</summary>
public static partial class CheckGoods
{
    /// <summary>The answers for the goods that a query names, and what it names that no rule is known for.</summary>
    /// <param name="db">Where the rules lie.</param>
    /// <param name="index">What is held in memory of them.</param>
    /// <param name="query">Goods (<c>充电宝</c>, several with 、or 和) or a whole question (<c>能寄充电宝吗</c>).</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<GoodsCheck> Execute(ISqlReader db, KnowledgeIndex index, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > 200) return new([], []);
        var rules = await index.GoodsFrom(db, ct).ConfigureAwait(false);
        return rules.Find(EnglishGoods.InChinese(LooksLikeGoodsQuestion(query, out var goods) || MayNameGoods(query, out goods) ? goods : Plain(query)));
    }

    /// <summary>
    /// The answers for a text that is nothing but names of goods, each with at most an amount, an adjective or a word of sending: 充电宝, 一箱苹果, 寄手机多少钱. Null when
    /// it says anything else (赔我手机): a sentence that happens to end in goods is no question about them.
    /// </summary>
    /// <param name="db">Where the rules lie.</param>
    /// <param name="index">What is held in memory of them.</param>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<(string Goods, GoodsCheck Check)?> NamedAlone(ISqlReader db, KnowledgeIndex index, string text, CancellationToken ct)
    {
        if (text.Length > 40) return null;
        var goods = Sent().Replace(Greeting().Replace(Plain(text), ""), "${goods}");
        if (goods.Length < 2) return null;
        var rules = await index.GoodsFrom(db, ct).ConfigureAwait(false);
        return rules.Alone(EnglishGoods.InChinese(goods)) is { } check ? (goods, check) : null;
    }

    /// <summary>What is known of goods by the words that a sender gives for them: as they are written, and without the spaces and signs between (<c>汽 油</c>).</summary>
    /// <param name="db">Where the rules lie.</param>
    /// <param name="index">What is held in memory of them.</param>
    /// <param name="words">Names and kinds; what is empty or longer than 100 characters names nothing.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<GoodsAnswer>> Named(ISqlReader db, KnowledgeIndex index, IEnumerable<string?> words, CancellationToken ct)
    {
        var rules = await index.GoodsFrom(db, ct).ConfigureAwait(false);
        var said = words.OfType<string>().Where(w => w.Length is >= 1 and <= 100).Select(EnglishGoods.InChinese).SelectMany(w => new[] { w, PlainText.Of(w) });
        return [.. said.Where(w => w.Length > 0).Distinct(StringComparer.Ordinal).SelectMany(w => rules.Find(w).Known).DistinctBy(g => g.Name)];
    }

    /// <summary>Does a text ask whether certain goods may be sent? 能寄充电宝吗, 可以寄酒吗, 充电宝能寄不, 打火机是违禁品吗, Can I send perfume?</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="goods">The goods asked about, as written.</param>
    public static bool LooksLikeGoodsQuestion(string text, out string goods) =>
        Reads(text, [AskedFirst(), AskedLast(), SentFirst(), CalledForbidden(), InEnglish(), AllowedInEnglish()], out goods);

    /// <summary>Does a text ask about goods that it does not name, but shows or points at? 这个能寄吗, 图里的东西可以寄吗, 能寄吗.</summary>
    /// <param name="text">What the customer wrote.</param>
    public static bool AsksAboutSomethingShown(string text) => text.Length <= 40 && Shown().IsMatch(Plain(text));

    /// <summary>May a text name goods to be sent? 充电宝怎么寄, 寄酒有什么要求, 我要寄茶叶. Worth an answer only where the goods are known.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="goods">What may be goods, as written.</param>
    public static bool MayNameGoods(string text, out string goods) => Reads(text, [HowToSend(), WhatToMind(), WantsToSend()], out goods);

    /// <summary>Is it a word that stands where goods could, and means something else: a time, a place to send from, a person?</summary>
    internal static bool IsNoGoods(string text) => text.Length == 0 || NoGoods().IsMatch(text);

    /// <summary>The text without greetings and fillers before the goods.</summary>
    internal static string WithoutLead(string text) => Leading().Replace(text.Trim(), "");

    private static bool Reads(string text, ReadOnlySpan<Regex> forms, out string goods)
    {
        goods = "";
        if (text.Length > 100) return false;
        foreach (var said in Questions(Plain(text)))
        {
            foreach (var form in forms)
            {
                if (form.Match(said) is not { Success: true } match) continue;
                goods = WithoutLead(match.Groups["goods"].Value);
                if (!IsNoGoods(goods)) return true;
            }
        }
        goods = "";
        return false;
    }

    // Whoever asks two things at once (手机可以寄吗，多少钱) is heard question by question, and then as a whole.
    private static IEnumerable<string> Questions(string plain)
    {
        var parts = QuestionEnd().Split(plain).Select(WithoutEnding).Where(p => p.Length > 0).ToList();
        return parts.Count > 1 ? parts.Append(plain) : [plain];
    }

    /// <summary>The text in simplified characters, without signs like 😊 and without what people say behind a question: thanks, haste, what it costs.</summary>
    private static string Plain(string text) => WithoutEnding(Signs().Replace(PlainText.Simplified(text), " "));

    private static string WithoutEnding(string text) => Ending().Replace(text, "").Trim();

    [GeneratedRegex(@"^(?:请问|你好|您好|那|帮我看看|看看|看一下|麻烦看下)?[,，。 ]*(?:(?:这|那|它|我发|我拍|照片|图片|图|上面|刚才)(?:个|种|些|样|张|的|里|上|中|里面|上面|照片|图片|图|发|这|那)*)?(?:东西|物品|货|货物|物件|宝贝)?(?:到底)?(?:能不能|能否|可不可以|可否|是否可以|可以|能|让不让|给不给|让)(?:不能|帮我|给我)?(?:快递|邮寄|邮|寄|托运|发)(?:走|出去|这个|这种|这些|图里的|图片里的|照片里的|它|的|东西|物品)*(?:吗|么|嘛|不|呢|吧)?[?？!！。 ]*$")]
    private static partial Regex Shown();

    // 能(不能)寄X吗, 可以邮寄X么; 寄到, 寄给 and the like ask for places and persons, not for goods
    [GeneratedRegex(@"(?>能不能|能否|可不可以|可否|是否可以|是不是可以|可以|能|让不让|让|准不准|给不给|收不收)(?>快递|邮寄|邮|寄|托运|发)?(?<=[递邮寄运发收])(?!到|往|给|去|回|不|票|[吗么嘛呢吧啊呀])(?<goods>.+?)(?:到[^吗么不]{2,12}?)?(?:吗|么|嘛|不|呢|吧|啊|呀|可以吗|行吗)?[?？!！。 ]*$")]
    private static partial Regex AskedFirst();

    // X能寄吗, X可以邮寄不, X能不能寄, X能寄快递吗, X给寄吗
    [GeneratedRegex(@"^(?<goods>.+?)(?:能不能|能否|可不可以|可否|是否可以|可以|能|让不让|让|准|给不给|给)(?>快递|邮寄|邮|寄|托运|发)(?:快递|出去|过去|走)?(?:到[^吗么不]{2,12}?)?(?:几.?|多少.?)?(?:吗|么|嘛|不|呢|吧|啊|呀)?[?？!！。 ]*$")]
    private static partial Regex AskedLast();

    // 寄X可以吗, 邮X行不行
    [GeneratedRegex(@"^(?:我?想|我?要)?(?:快递|邮寄|邮|寄|发)(?!到|往|给|去|回)(?<goods>.+?)(?:可以吗|可以不|可以么|可不可以|行吗|行不行|行不|违法吗|违禁吗|犯法吗)[?？!！。 ]*$")]
    private static partial Regex SentFirst();

    // X是违禁品吗, X属于禁寄物品吗
    [GeneratedRegex(@"^(?<goods>.+?)(?:是不是|是否|属于|属不属于|算不算|算|是)(?:违禁品|违禁物品|禁寄物品|禁寄品|禁寄|违禁|禁运品|危险品)(?:吗|么|不|呢)?[?？!！。 ]*$")]
    private static partial Regex CalledForbidden();

    // X怎么寄
    [GeneratedRegex(@"^(?<goods>.+?)(?:要|该|应该)?(?:怎么|咋|如何|怎样)(?>快递|邮寄|邮|寄|发)[呢啊呀?？!！。 ]*$")]
    private static partial Regex HowToSend();

    // 寄X有什么要求, 寄X要注意什么
    [GeneratedRegex(@"^(?:我?想|我?要)?(?:快递|邮寄|邮|寄|发)(?!到|往|给|去|回)(?<goods>.+?)(?:有什么|有啥|有哪些|要注意|需要注意|注意)(?:要求|规定|限制|条件|什么|啥|哪些)?(?:吗|呢)?[?？!！。 ]*$")]
    private static partial Regex WhatToMind();

    // 我要寄X
    [GeneratedRegex(@"^(?:我)?(?:想要|想|要|打算|准备)(?:快递(?!员)|邮寄|邮|寄|发)(?!到|往|给|去|回)(?<goods>.+?)(?:[到去往].{2,12})?$")]
    private static partial Regex WantsToSend();

    // 寄手机, 邮寄一箱苹果到北京
    [GeneratedRegex(@"^(?:邮寄|邮|寄)(?<goods>.+?)(?:[到去往].{2,12})?$")]
    private static partial Regex Sent();

    [GeneratedRegex(@"^(?:请问|你好|您好|我?想?问一?下|那|[,，。 ])+")]
    private static partial Regex Greeting();

    // can i ship a power bank, how do I mail wine to Shanghai
    [GeneratedRegex(@"^(?:hi|hello|hey|please|excuse me|[ ,!])*(?:(?:can|could|may) (?:i|we|you)|(?:am i|are we) (?:allowed|able) to|is it (?:ok|okay|allowed|possible|legal|fine) to|(?:do|will) you|how (?:do|can) (?:i|we|you)|how to|(?:i|we) (?:want|need|would like|wish) to|i'd like to) (?:send|ship|mail|post|courier|deliver|accept|carry|take) "
        + @"(?>(?:(?:an?|the|some|my|any|one|your) )*)(?!(?:it|this|that|these|those|them|something|stuff|things?|parcels?|packages?|letters?)\b)(?<goods>[a-z].*?)(?: (?:to|from|by|via|in|with|through|please|abroad|overseas|today|tomorrow|now)\b.*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InEnglish();

    // is perfume allowed, can lithium batteries be sent
    [GeneratedRegex(@"^(?:hi|hello|hey|please|excuse me|[ ,!])*(?:is|are|can|may) (?>(?:(?:an?|the|some|my|any) )*)(?!(?:it|this|that|these|those|they|you|there|i|we)\b)(?<goods>[a-z].*?) (?:(?:allowed|prohibited|forbidden|banned|permitted|mailable|shippable)\b.*|be (?:sent|shipped|mailed|posted|delivered)\b.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AllowedInEnglish();

    // The end of a question inside a text: 手机可以寄吗，多少钱; 香水可以寄吗 急
    [GeneratedRegex(@"(?<=[吗么嘛不呢吧啊呀])[\s,，。;；.!！~]+|(?<=[吗嘛呢])(?=能|可以|要|怎么|多少|我)|[?？]+")]
    private static partial Regex QuestionEnd();

    [GeneratedRegex(@"(?:[\s,，。.、;；!！?？~…]|谢谢[您你啦了]*|多谢|在线等|(?<=[吗么嘛不呢吧啊呀,，。!！?？\s])(?:亲+|很?急+|着急|哈+|哦|噢|喔|啦|呗)"
        + @"|(?:那|要|需要|得|大概|大约|一般|一共|总共|的|是|邮费|运费|快递费|寄费|费用|价格|价钱)*(?:多少钱|几块钱|多少块|多少元|几元|怎么收费|如何收费|怎么算钱|什么价)[呢啊呀吗]*|的?(?:邮费|运费|快递费|寄费|费用|价格|价钱)(?:是?多少|怎么算|怎么收)?[呢啊呀吗]*)+$")]
    private static partial Regex Ending();

    // Emoji and the signs that make one of several.
    [GeneratedRegex(@"[\p{Cs}\p{So}\p{Sk}\uFE0F\u200D]+")]
    private static partial Regex Signs();

    [GeneratedRegex(@"^(?:请问|你好|您好|在吗|亲+(?=[,，。 ])|我想问一?下|想问一?下|问一?下|那个|那|这个|这种|这些|我的|我要|我想|我|你们那里|你们这里|你们这|你们那|你们|咱们|你家|贵公司|快递(?!员)|一下|一点|点儿|点(?!心)|一些|些|寄|[,，。 ])+")]
    private static partial Regex Leading();

    [GeneratedRegex(@"^(?:(?:什么|啥|哪些|哪种|哪类)(?:样的)?(?:东西|物品|货物?|快递)?|哪里|哪儿|怎么|怎样|快递|快件|包裹|东西|货|大件|小件|件|票|[吗么嘛不呢吧啊呀呗哈的啦了哦]+|几.?|"
        + @"(?:(?:今天|今晚|明天|后天|大后天|现在|这会儿?|目前|当天|当日|今日|明日|周末|双休日|礼拜[一二三四五六日天]|周[一二三四五六日末天]|星期[一二三四五六日天]|节假日|假期|过年|过节|春节|国庆|五一|元旦|中秋|端午|"
        + @"年前|年后|早上|上午|中午|下午|傍晚|晚上|夜里|半夜|下班后|[0-9一二两三四五六七八九十]+[号点日月](?:半|[0-9]+分)?|以?[前后]|之[前后]|的时候|期间|你们|您们|还|也|都|我|就|再)+)|"
        + @"几点.*|到付|上门|短信|验证码|人工|别人|国外|国际|多[少重大长高].*|的|了|一下|.*不)$")]
    private static partial Regex NoGoods();
}
