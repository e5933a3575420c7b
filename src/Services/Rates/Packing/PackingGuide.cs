using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>Knows how everyday things are packed (<c>sql/seed/packing.csv</c>); in memory, read when first asked.</summary>
public sealed partial class PackingGuide
{
    private const string Digits = "零一二三四五六七八九";

    private const long MostGrams = 5_000_000;

    private readonly Lazy<IReadOnlyList<(string Word, PackedGoods Goods)>> _words = new(() =>
        [.. SeedFile.Rows("packing").Select(Read).SelectMany(g => g.Aliases.Prepend(g.Name).Select(w => (w, g))).OrderByDescending(p => p.w.Length)]);

    /// <summary>What a sentence wants packed; null when it names nothing that is known.</summary>
    /// <param name="text">Such as 两瓶红酒, 苹果10斤, 寄一台笔记本电脑到北京.</param>
    public PackingTask? Read(string text)
    {
        var plain = HalfWidth.Of(text).Trim();
        if (plain.Length is 0 or > 100 || Named(plain) is not { } named) return null;
        var (count, grams) = Amount(plain.Remove(named.At, named.Word.Length), named.Goods); // 四件套 are not four
        return new PackingTask(named.Goods, count, Math.Clamp(grams, 1, MostGrams));
    }

    // The head of a Chinese noun stands last: of the words found, the one that ends last counts, and of those the longest.
    private (string Word, int At, PackedGoods Goods)? Named(string text)
    {
        (string Word, int At, PackedGoods Goods)? best = null;
        foreach (var (word, goods) in _words.Value)
            if (text.LastIndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && (best is not { } known || at + word.Length > known.At + known.Word.Length)) best = (word, at, goods);
        return best;
    }

    private static (long Count, long Grams) Amount(string text, PackedGoods goods)
    {
        if (ByWeight().Match(text) is { Success: true } weight)
        {
            long unit = weight.Groups["unit"].Value.ToLowerInvariant() switch { "斤" => 500, "克" or "g" => 1, "吨" => 1_000_000, _ => 1000 };
            var grams = (long)Math.Min(MostGrams, Number(weight.Groups["n"].Value) * unit);
            return (Math.Max(1, (grams + goods.UnitGrams - 1) / goods.UnitGrams), grams);
        }
        if (ByCount().Match(text) is not { Success: true } counted) return (1, goods.UnitGrams);
        var number = Math.Clamp((long)Math.Ceiling(Number(counted.Groups["n"].Value)), 1, 10_000);
        var count = counted.Groups["unit"].Value == "箱" ? number * goods.PerBox : number;
        return (count, count * goods.UnitGrams);
    }

    // 2.5, 两, 半, 十二, 三十
    private static decimal Number(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return Math.Min(number, MostGrams);
        if (text == "半") return 0.5m;
        var plain = text.Replace('两', '二').Replace('几', '三');
        var ten = plain.IndexOf('十', StringComparison.Ordinal);
        if (ten < 0) return Math.Max(1, Digits.IndexOf(plain[^1], StringComparison.Ordinal));
        var tens = ten == 0 ? 1 : Digits.IndexOf(plain[ten - 1], StringComparison.Ordinal);
        return tens * 10 + (ten + 1 < plain.Length ? Math.Max(0, Digits.IndexOf(plain[ten + 1], StringComparison.Ordinal)) : 0);
    }

    private static PackedGoods Read(IReadOnlyDictionary<string, string> row) => new(
        row["name"], row["aliases"].Split('|', StringSplitOptions.RemoveEmptyEntries), row["kind"], row["air"] == "yes", Whole(row["unit_grams"]),
        Whole(row["length_mm"]), Whole(row["width_mm"]), Whole(row["height_mm"]), Whole(row["per_box"]), row["series"], row["advice"]);

    private static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<n>\d{1,7}(?:\.\d{1,3})?|[一二两三四五六七八九十半几]{1,3})\s*(?<unit>公斤|千克|kg|斤|克|g|吨)", RegexOptions.IgnoreCase)]
    private static partial Regex ByWeight();

    [GeneratedRegex(@"(?<n>\d{1,5}|[一二两三四五六七八九十半几]{1,3})\s*(?<unit>个|瓶|只|台|件|条|箱|袋|盒|包|部|块|本|双|套|把|支|罐|桶|张|份|床|顶|副|辆|枚|颗|盆|幅|根|筒|听|提|对|株|束)")]
    private static partial Regex ByCount();
}
