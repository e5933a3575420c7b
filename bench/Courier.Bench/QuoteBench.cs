using System.Diagnostics;
using System.Globalization;
using Courier.Bench.Kit;
using Courier.Services.Addresses;
using Courier.Services.Lanes;
using Courier.Services.Rates;

namespace Courier.Bench;

/// <summary>Quotes a second on one core, in process: all products with every line in words, the promise and what would be cheaper, by the card of the seed.</summary>
internal static class QuoteBench
{
    private const double Aim = 20_000;

    private static readonly QuotePlace[] Places =
    [
        new("浙江省", "杭州市", "西湖区"), new("上海市", "上海市", "浦东新区"), new("广东省", "深圳市", "南山区"), new("北京市", "北京市", "海淀区"), new("湖北省", "武汉市", "洪山区"),
        new("新疆维吾尔自治区", "乌鲁木齐市", "天山区"), new("香港特别行政区", "香港特别行政区", "油尖旺区"), new("四川省", "成都市", "武侯区"),
    ];

    public static Task Run(BenchOptions options)
    {
        var card = FirstCard.Read(new Divisions());
        var requests = Requests(options.Seed);
        Figures rates = new(), allocated = new();
        Measure(card, requests, options.Quick ? 2_000 : 50_000); // warm
        for (var round = 0; round < options.Rounds; round++)
        {
            var (rate, bytes) = Measure(card, requests, options.Quick ? 5_000 : 200_000);
            rates.Add(rate);
            allocated.Add(bytes);
        }
        rates.Print(string.Create(CultureInfo.InvariantCulture, $"quotes: a second and core, aim > {Aim:0}"), "quotes/s");
        allocated.Print("quotes: allocated for one", "bytes");
        return Task.CompletedTask;
    }

    private static (double Rate, double Bytes) Measure(RateCard card, QuoteRequest[] requests, int count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var used = Process.GetCurrentProcess().TotalProcessorTime; // not the clock: others may be busy on the same core
        for (var i = 0; i < count; i++)
        {
            var quotation = Quotation.Of(card, requests[i % requests.Length], LaneBook.Empty);
            foreach (var option in quotation.Options) Check(option);
        }
        var elapsed = Process.GetCurrentProcess().TotalProcessorTime - used;
        return (count / elapsed.TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count);
    }

    private static void Check(QuoteOption option)
    {
        var sum = 0L;
        foreach (var line in option.Lines) sum += line.Fen;
        BenchFailed.Unless(sum == option.TotalFen, $"the lines of {option.Product} sum to {sum} and not to {option.TotalFen}");
    }

    private static QuoteRequest[] Requests(int seed)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, 4096).Select(_ => new QuoteRequest
        {
            From = Places[chance.Next(Places.Length)], To = Places[chance.Next(Places.Length)],
            Goods = chance.Next(2) == 0 ? new QuoteGoods("other", chance.Next(100, 20_000)) : new QuoteGoods("clothing", chance.Next(100, 20_000), chance.Next(100, 600), chance.Next(100, 500), chance.Next(50, 400)),
            InsuredFen = chance.Next(3) == 0 ? 200_000 : 0, Pickup = (PickupWay)chance.Next(3), Tier = chance.Next(2) == 0 ? "gold" : "",
            At = new DateTimeOffset(2026, 11, 23, chance.Next(24), 0, 0, TimeSpan.FromHours(8)),
        })];
    }
}
