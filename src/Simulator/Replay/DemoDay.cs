using System.Globalization;
using System.Text.Json;
using Courier.Simulator.Network;
using Courier.Simulator.Parcels;

namespace Courier.Simulator.Replay;

/// <summary>
/// Writes the day that comes with the program: a day of heavy rain in 浙江. The same each time; a test holds the file to it.
/// </summary>
internal static class DemoDay
{
    const int Parcels = 230;
    const int CustomerCount = 40;
    const int CallEvery = 5;
    const int Seed = 20260618;
    const double Hour = 3600;
    const string RainProvince = "浙江省";
    static readonly DateTimeOffset midnight = new(2026, 6, 18, 0, 0, 0, TimeSpan.FromHours(8));
    static readonly TimeSpan rainDelay = TimeSpan.FromHours(5);

    static readonly string[] questions =
    [
        "能寄充电宝吗", "保价怎么收费", "你们几点下班", "快递丢了怎么办", "可以寄液体吗", "怎么改派地址", "多久能到", "运费怎么算", "我要投诉", "怎么开发票",
        "可以到付吗", "附近有快递柜吗", "取件码是多少", "上门取件要等多久", "大件怎么寄",
    ];

    public static string Write()
    {
        var customers = Enumerable.Range(1, CustomerCount).Select(Customer).ToList();
        var parcels = Enumerable.Range(1, Parcels).Select(number => Parcel(number, customers)).ToList();
        var lines = customers.Concat<DayLine>(parcels.SelectMany(Happenings)).Concat(customers.SelectMany((customer, index) => Chat(customer, index, parcels)))
            .Concat(customers.SelectMany((customer, index) => Calls(customer, index, parcels)));
        return DayFile.Write(new(0, DayFile.DemoDay, 24 * Hour, "浙江暴雨的一天：230 个快件、40 位顾客"), lines);
    }

    static CustomerLine Customer(int number)
    {
        var random = Chance.Of(Seed, number);
        return new(6 * Hour + number, string.Create(CultureInfo.InvariantCulture, $"oDay{number:0000}CustomerOfDemoDay000"), People.Name(random),
            string.Create(CultureInfo.InvariantCulture, $"1390003{number:0000}"), string.Create(CultureInfo.InvariantCulture, $"uDay{number:0000}CustomerOfDemoDay000"));
    }

    /// <summary>Most go to or come from a customer, four of ten to where it rains, every fifth into a locker.</summary>
    static SimulatedParcel Parcel(int number, List<CustomerLine> customers)
    {
        var random = Chance.Of(Seed, 10_000 + number);
        var customer = customers[number % customers.Count];
        var to = number % 5 < 2 ? Cities.Find(new[] { "杭州", "宁波", "温州" }[number % 3]) : Cities.Any(random);
        var outcome = number % 5 == 0 ? Outcome.FetchedFromLocker : (Outcome?)null;
        var wish = (number % 8) switch
        {
            6 => new ParcelWish(SenderPhone: customer.Phone, SenderName: customer.Nickname),
            7 => new ParcelWish(),
            _ => new ParcelWish(RecipientPhone: customer.Phone, RecipientName: customer.Nickname),
        };
        var created = midnight.AddMinutes(random.Next(-58 * 60, 15 * 60));
        var waybill = WaybillNumbers.Make("CY", midnight, number, Seed);
        var maker = new ParcelMaker(new SimulatorOptions { Seed = Seed });
        return Rained(maker.Make(wish with { To = to, Outcome = outcome, Waybill = waybill }, number, created), random);
    }

    /// <summary>What would go out in the afternoon where it rains is held first, and all after it comes five hours later.</summary>
    static SimulatedParcel Rained(SimulatedParcel parcel, Random random)
    {
        var steps = parcel.Plan;
        var first = steps.ToList().FindIndex(step => step.Stage is ParcelStage.OutForDelivery or ParcelStage.Arrived && step.City == Cities.Find(parcel.To)!.FullName
            && step.Due >= midnight.AddHours(12) && step.Due < midnight.AddHours(18));
        if (first < 0 || Cities.Find(parcel.To)!.Province != RainProvince) return parcel;
        var held = steps[first] with
        {
            Stage = ParcelStage.Held, Code = ParcelStage.Held.Code(), Reason = "受暴雨天气影响", Text = RouteTexts.Held("受暴雨天气影响"),
            Due = steps[first].Due.AddMinutes(random.Next(1, 20)), Operator = null, WeightGrams = null,
        };
        return parcel with { Plan = [.. steps.Take(first), held, .. steps.Skip(first).Select(step => step with { Due = step.Due + rainDelay })] };
    }

    static IEnumerable<DayLine> Happenings(SimulatedParcel parcel)
    {
        yield return new ParcelLine(Second(parcel.CreatedAt), parcel.Waybill, parcel.From, parcel.To, WeightGrams: parcel.WeightGrams,
            PromisedAfter: (parcel.PromisedBy - parcel.CreatedAt).TotalSeconds, Sender: parcel.Sender, Recipient: parcel.Recipient);
        foreach (var step in parcel.Plan.Where(step => step.Due < midnight.AddHours(24)))
            yield return new MoveLine(Second(step.Due), parcel.Waybill, step.Code, step.City, step.Place, step.Text, step.Operator, step.Reason, step.WeightGrams);
    }

    /// <summary>
    /// What a customer does in the day: asks for each parcel, in one way or another, and something beside. Every fourth asks
    /// for a person in the end.
    /// </summary>
    static IEnumerable<DayLine> Chat(CustomerLine customer, int index, List<SimulatedParcel> parcels)
    {
        var random = Chance.Of(Seed, 20_000 + index);
        var at = (7 + 2 * random.NextDouble()) * Hour;
        double Later(double fromMinutes, double toMinutes) => at = Math.Min(23.6 * Hour, Math.Round(at + 60 * (fromMinutes + (toMinutes - fromMinutes) * random.NextDouble())));
        SayLine Say(object message) => new(at, customer.OpenId, JsonSerializer.SerializeToElement(message, Json.Wire));
        foreach (var parcel in parcels.Where(parcel => parcel.Recipient.Phone == customer.Phone || parcel.Sender.Phone == customer.Phone))
        {
            at = Math.Max(Later(20, 90), Second(parcel.CreatedAt) + 600);
            yield return random.Next(4) == 0 ? Say(new { type = "scancode_waitmsg", key = "scan", code = "CODE_128," + parcel.Waybill }) : Say(parcel.Waybill);
            Later(0.5, 1);
            yield return Say(customer.Phone![^4..]);
        }
        for (var more = 0; more < 3; more++)
        {
            Later(15, 70);
            yield return Say(Beside(random));
        }
        Later(2, 30);
        yield return Say(new { type = "click", key = "my_parcels", name = "我的快递" });
        if (index % 4 != 0) yield break;
        Later(5, 40);
        yield return Say("人工");
        Later(1, 3);
        yield return Say("快件因为暴雨一直没动，麻烦帮我看一下");
    }

    /// <summary>Every fifth calls the hotline in the afternoon: hears of the own parcels, or asks for one by its digits, or for a person.</summary>
    static IEnumerable<DayLine> Calls(CustomerLine customer, int index, List<SimulatedParcel> parcels)
    {
        if (index % CallEvery != 0) yield break;
        var at = Math.Round((13 + 7 * Chance.Of(Seed, 30_000 + index).NextDouble()) * Hour);
        yield return (index / CallEvery % 3) switch
        {
            0 => new CallLine(at, customer.Phone!, 12),
            1 => new CallLine(at, customer.Phone!, 15, "1" + parcels[index].Waybill[2..] + "#"),
            _ => new CallLine(at, customer.Phone!, 10, "0"),
        };
    }

    static object Beside(Random random) => random.Next(10) switch
    {
        0 => new { type = "location", lat = 30.2741 + random.Next(100) / 1000.0, lng = 120.1551, label = "杭州市" },
        1 => new { type = "voice", recognition = "帮我查一下快递到哪里了" },
        2 => new { type = "voice" },
        3 => new { type = "image" },
        4 => new { type = "click", key = "guidance", name = "帮助" },
        5 => new { type = "location_report", lat = 30.25, lng = 120.17 },
        _ => questions[random.Next(questions.Length)],
    };

    static double Second(DateTimeOffset at) => (at - midnight).TotalSeconds;
}
