using System.Text.RegularExpressions;

namespace Courier.Services.Knowledge;

/// <summary>Finds the goods that a text names. Pure: rows in, answers out.</summary>
internal sealed partial class GoodsRules
{
    private const int MostAnswers = 5;

    // What may follow the goods in a sentence. Anything else behind a match means that the match is only the first half of
    // another thing (手机壳 is no 手机), and then we rather say that we do not know.
    private const string MayFollow = "吗呢么嘛吧啊呀不能可以会要寄邮发快递到去往给回上能怎多一两二三四五六七八九十个几些和跟与或及还都也的了就是算属";

    private readonly List<Term> _terms;

    public GoodsRules(IEnumerable<GoodsRow> rows) =>
        _terms = [.. rows.SelectMany(Terms).OrderByDescending(t => t.Text.Length).ThenByDescending(t => t.Qualifier.Length)];

    /// <summary>The goods named in the text, one answer a thing, in the order of the text, and what is named and not known for sure.</summary>
    public GoodsCheck Find(string text)
    {
        var parts = Separators().Split(text)
            .Select(CheckGoods.WithoutLead)
            .Where(part => !CheckGoods.IsNoGoods(part))
            .Select(part => (Said: part, Plain: PlainText.Of(part)))
            .Where(part => part.Plain.Length > 0)
            .Select(part => (part.Said, Row: InPart(part.Plain)))
            .ToList();
        return new(
            [.. parts.Select(p => p.Row).OfType<GoodsRow>().DistinctBy(r => r.Name).Take(MostAnswers).Select(r => r.Answer)],
            [.. parts.Where(p => p.Row is null).Select(p => p.Said).Distinct().Take(MostAnswers)]);
    }

    /// <summary>The goods of a text that is nothing but their names with amounts and adjectives; null when anything else is said, or any of them is not known.</summary>
    public GoodsCheck? Alone(string text)
    {
        var parts = Separators().Split(text).Select(PlainText.Of).Where(p => p.Length > 0).ToList();
        return parts.Count > 0 && parts.TrueForAll(IsNameAlone) ? Find(text) : null;
    }

    private bool IsNameAlone(string part)
    {
        var text = Measure().Replace(Asking().Replace(part, ""), "");
        if (_terms.Find(t => text.EndsWith(t.Text, StringComparison.Ordinal) && t.Qualifies(text)) is not { } name) return false;
        var before = text[..^name.Text.Length];
        while (before.Length > 0)
        {
            var length = Adjective().Match(before) is { Success: true } adjective ? adjective.Length
                : name.Qualifier.Length > 0 && before.EndsWith(name.Qualifier, StringComparison.Ordinal) ? name.Qualifier.Length
                : _terms.Find(t => t.Text.Length > 1 && before.EndsWith(t.Text, StringComparison.Ordinal))?.Text.Length ?? 0;
            if (length == 0) return false;
            before = before[..^length];
        }
        return true;
    }

    /// <summary>The head of a Chinese noun stands last: a term that ends the text wins, then the longest one that something harmless follows.</summary>
    private GoodsRow? InPart(string part)
    {
        var text = Measure().Replace(part, "");
        if (text.Length == 0) text = part;
        var atEnd = _terms.Find(t => text.EndsWith(t.Text, StringComparison.Ordinal) && t.Qualifies(text));
        if (atEnd is not null) return atEnd.Row;
        return _terms.Find(t => t.Text.Length > 1 && t.Qualifies(text) && StandsAlone(text, t.Text))?.Row;
    }

    private static bool StandsAlone(string text, string term)
    {
        for (var at = text.IndexOf(term, StringComparison.Ordinal); at >= 0; at = text.IndexOf(term, at + 1, StringComparison.Ordinal))
        {
            var after = at + term.Length;
            if (after < text.Length && MayFollow.Contains(text[after])) return true;
        }
        return false;
    }

    // An alias may carry a qualifier in brackets, 玩具枪(仿真): both must be said. The name's own bracket only explains.
    private static IEnumerable<Term> Terms(GoodsRow row)
    {
        yield return new Term(PlainText.Of(Bracket().Replace(row.Name, "")), "", row);
        foreach (var alias in row.Aliases.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var bracket = Bracket().Match(alias);
            yield return new Term(PlainText.Of(Bracket().Replace(alias, "")), PlainText.Of(bracket.Groups[1].Value), row);
        }
    }

    private sealed record Term(string Text, string Qualifier, GoodsRow Row)
    {
        public bool Qualifies(string text) => Qualifier.Length == 0 || text.Contains(Qualifier, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[(（]([^)）]*)[)）]")]
    private static partial Regex Bracket();

    [GeneratedRegex(@"[、，,;；。/\s?？!！]+|和|跟|以及|还有|或者|或")]
    private static partial Regex Separators();

    // 充电宝一个, 白酒两瓶, 茶叶3斤
    private const string Amount = @"(?:[一二两三四五六七八九十几半\d]+)(?:个|瓶|只|台|件|条|箱|袋|盒|包|部|块|本|双|套|把|支|斤|公斤|kg|克|g|ml|毫升|升|罐|桶|张|份|些|床|串|束|副|卷|捆|扎|吨|筐|篮|颗|粒|片|幅|枚|盆|打)";

    [GeneratedRegex(Amount + "$")]
    private static partial Regex Measure();

    [GeneratedRegex("[吗呢么嘛啊呀吧]+$")]
    private static partial Regex Asking();

    // What may stand before the name of goods and leaves it one: an amount, size, age, colour, stuff, make, for whom.
    [GeneratedRegex("(?:" + Amount + "|[一几]?[点些]|(?:全新|二手|闲置|大号|小号|大型|小型|迷你|便携|折叠|国产|进口|普通|常用|散装|[袋瓶盒罐桶]装|真空|新鲜|冷冻|自家|自制|自酿|手工|农家|野生|有机|家用|医用|车载|户外|办公|儿童|婴儿|宝宝|成人|学生|老人|男士|女士|[男女]式|彩色|透明"
        + "|不锈钢|塑料|金属|木头|木制|实木|真皮|纯棉|羽绒|丝绸|电动|电子|智能|无线|有线|充气|带电|液体|固体|仿真|华为|小米|苹果|三星|荣耀|联想|戴尔|新|旧|大|小|老|土|红|黑|白|蓝|绿|黄|紫|灰|干|湿|生|熟|铁|铜|铝|金|银|木|竹|皮|棉|布)的?)$")]
    private static partial Regex Adjective();
}
