using Courier.Simulator.Network;

namespace Courier.Simulator.Parcels;

/// <summary>What is wished for a new parcel; what is left out is drawn.</summary>
internal sealed record ParcelWish(string? RecipientPhone = null, string? SenderPhone = null, City? From = null, City? To = null,
    string? Waybill = null, string? RecipientName = null, string? SenderName = null, Outcome? Outcome = null);

/// <summary>Draws parcels: who sends what to whom. The same wish, number and moment give the same parcel.</summary>
internal sealed class ParcelMaker(SimulatorOptions options)
{
    public SimulatedParcel Make(ParcelWish wish, int sequence, DateTimeOffset at)
    {
        var random = Chance.Of(options.Seed, sequence);
        var from = wish.From ?? Cities.Any(random);
        var to = wish.To ?? Cities.Any(random);
        var parcel = new SimulatedParcel
        {
            Waybill = wish.Waybill ?? WaybillNumbers.Make(options.WaybillPrefix, at, sequence, options.Seed),
            Sender = Draw(random, from, wish.SenderName, wish.SenderPhone),
            Recipient = Draw(random, to, wish.RecipientName, wish.RecipientPhone),
            From = from.Name,
            To = to.Name,
            Codes = random.Next(100) switch { < 78 => CodeBook.Own, < 91 => CodeBook.Kuaidi100, _ => CodeBook.Wechat },
            WeightGrams = 100 * (random.Next(100) < 70 ? random.Next(2, 30) : random.Next(30, 250)),
            CreatedAt = at,
            PromisedBy = at.AddDays(from == to ? 2 : from.KilometresTo(to) > 1200 ? 4 : 3),
        };
        return parcel with { Plan = Journey.Plan(parcel.Trip, wish.Outcome ?? Outcomes.Draw(random), random, at) };
    }

    /// <summary>A parcel that stands still and has no plan: what happens to it is told from outside.</summary>
    public SimulatedParcel MakeStill(ParcelWish wish, int sequence, DateTimeOffset at) => Make(wish, sequence, at) with { Live = false, Plan = [] };

    static Party Draw(Random random, City city, string? name, string? phone)
    {
        var drawnName = People.Name(random);
        var drawnPhone = People.CustomerPhone(random);
        var outlet = city.Outlets[random.Next(city.Outlets.Count)];
        var quarter = RouteTexts.Communities[random.Next(RouteTexts.Communities.Length)];
        var detail = $"{quarter}{random.Next(1, 30)}幢{random.Next(1, 4)}单元{random.Next(1, 25)}{random.Next(1, 5):00}室";
        return new(name ?? drawnName, phone ?? drawnPhone, city.Province, city.FullName, outlet.District, detail);
    }
}
