using Courier.Services.Rates;

namespace Courier.Services.Tests.Rates;

/// <summary>Rules that hold for whatever is asked for: tried on a million requests made by chance, always the same ones.</summary>
public sealed class EveryPriceHolds
{
    private const int Cases = 1_000_000, Portion = 10_000;

    private static readonly QuotePlace[] Places = [.. new[]
    {
        "浙江省/杭州市/西湖区", "浙江省/宁波市/鄞州区", "浙江省/舟山市/嵊泗县", "上海市/上海市/浦东新区", "北京市/北京市/海淀区", "广东省/深圳市/南山区", "湖北省/武汉市/洪山区",
        "陕西省/西安市/雁塔区", "黑龙江省/哈尔滨市/南岗区", "云南省/昆明市/五华区", "新疆维吾尔自治区/和田地区/和田市", "西藏自治区/那曲市/色尼区", "香港特别行政区/香港特别行政区/油尖旺区", "台湾省/台北市/",
    }.Select(Cards.Place)];

    private static readonly string[] Kinds = [.. GoodsKinds.Codes];
    private static readonly string[] Tiers = ["", "silver", "gold", "diamond", "unknown"];
    private static readonly string[] Packaging = ["", "", "envelope", "box_3", "box_6", "cool_m"];

    [Fact]
    public void Lines_sum_to_the_total_to_the_fen_and_what_is_called_cheaper_is()
    {
        var options = 0;
        var cheaper = 0;
        Parallel.For(0, Cases / Portion, portion =>
        {
            var chance = new Random(20_261_122 + portion);
            for (var i = 0; i < Portion; i++)
            {
                var request = AnyRequest(chance);
                var quotation = Quotation.Of(Cards.Seed, request);
                foreach (var option in quotation.Options)
                {
                    if (Broken(option, request) is { } rule) throw new InvalidOperationException($"{rule}: {request} {option}");
                    Interlocked.Increment(ref options);
                    Interlocked.Add(ref cheaper, option.Cheaper.Count);
                }
            }
        });
        options.ShouldBeGreaterThan(Cases);
        cheaper.ShouldBeGreaterThan(Cases / 2);
    }

    [Fact]
    public void More_weight_never_costs_less()
    {
        foreach (var product in Cards.Seed.Products)
            foreach (var to in Places)
            {
                var before = 0L;
                for (var grams = 50L; grams <= Math.Min(product.MaxGrams, 60_000); grams += 50)
                {
                    if (Quotation.OfProduct(Cards.Seed, product.Code, new QuoteRequest { From = Places[0], To = to, Goods = new QuoteGoods("other", grams), At = Noon }) is not { } option) continue;
                    option.TotalFen.ShouldBeGreaterThanOrEqualTo(before, $"{product.Code} {to} {grams}");
                    before = option.TotalFen;
                }
            }
    }

    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(8));

    private static string? Broken(QuoteOption option, QuoteRequest request)
    {
        var (sum, list) = (0L, 0L);
        foreach (var line in option.Lines)
        {
            sum += line.Fen;
            if (line.Code is not (LineCodes.DropOff or LineCodes.Member)) list += line.Fen;
            if (line.Fen < 0 != line.Code is LineCodes.DropOff or LineCodes.Member) return "only discounts are negative";
            if (line.Explanation.Length == 0) return "a line without a word";
        }
        if (sum != option.TotalFen) return "the lines do not sum to the total";
        if (list != option.ListFen) return "the lines do not sum to the list price";
        if (option.TotalFen < 0 || option.TotalFen > option.ListFen) return "the total is out of bounds";
        if (option.ChargeableGrams < Math.Max(request.Goods.WeightGrams, option.VolumetricGrams)) return "less is charged than it weighs";
        if (option.PromisedBy <= request.At) return "the promise lies in the past";
        foreach (var way in option.Cheaper)
        {
            if (way.TotalFen >= option.TotalFen || way.SavingFen != option.TotalFen - way.TotalFen) return "a cheaper way is not cheaper";
            if (Quotation.TotalOf(Cards.Seed, way.Product, way.Request) != way.TotalFen) return "a cheaper way has another price when it is asked for";
        }
        return null;
    }

    private static QuoteRequest AnyRequest(Random chance)
    {
        var sized = chance.Next(3) > 0;
        return new QuoteRequest
        {
            From = Places[chance.Next(Places.Length)], To = Places[chance.Next(Places.Length)],
            Goods = new QuoteGoods(
                Kinds[chance.Next(Kinds.Length)], 1 + (long)Math.Pow(10, chance.NextDouble() * 5.3),
                sized ? chance.Next(10, 1500) : 0, sized ? chance.Next(10, 900) : 0, sized ? chance.Next(10, 700) : 0),
            InsuredFen = chance.Next(3) == 0 ? chance.Next(1, 6_000_000) : 0, CodFen = chance.Next(4) == 0 ? chance.Next(1, 2_000_000) : 0,
            Pickup = (PickupWay)chance.Next(3), Tier = Tiers[chance.Next(Tiers.Length)], Packaging = Packaging[chance.Next(Packaging.Length)],
            At = Noon.AddMinutes(chance.Next(0, 140_000)),
        };
    }
}
