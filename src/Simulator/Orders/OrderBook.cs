using System.Text.Json;
using Courier.Simulator.Network;
using Courier.Simulator.Parcels;
using Courier.Simulator.Play;
using Courier.Simulator.State;

namespace Courier.Simulator.Orders;

/// <summary>What the core did with an order: goes to the product under its id until it is answered.</summary>
internal sealed record OrderReport(string Id, string Order, string Code, DateTimeOffset Time, string? CourierName, string? CourierPhone);

/// <summary>
/// The orders that the product told the core: taken on at once by a courier, whose parcels then move like all others. What was told is on
/// disk before it is answered, and told again it changes nothing.
/// </summary>
internal sealed class OrderBook(World world, StateFile state, SimulatorOptions options, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, OrderReport> _open = state.All<OrderReport>("orderReport").ToDictionary(report => report.Id);

    public IReadOnlyList<OrderReport> Unanswered { get { lock (_gate) return [.. _open.Values.OrderBy(report => report.Time)]; } }

    /// <summary>A new order: a courier takes it on, and each of its parcels gets a way to go.</summary>
    public void Take(JsonElement order)
    {
        var number = order.GetProperty("number").GetString()!;
        var random = Chance.Of(options.Seed, Seed(number));
        var courier = People.Courier(random);
        var fresh = order.GetProperty("shipments").EnumerateArray().Select(shipment => Parcel(order, shipment, random)).Where(world.Place).Count();
        if (fresh == 0) return;
        var report = new OrderReport($"order-{number}-1", number, "accepted", time.GetUtcNow(), courier.Name, courier.Phone);
        lock (_gate)
        {
            state.Save([StateFile.Entry("orderReport", report.Id, report)]);
            _open[report.Id] = report;
        }
    }

    /// <summary>An order that was called off: its parcels stay where they are.</summary>
    public void CallOff(JsonElement order)
    {
        foreach (var shipment in order.GetProperty("shipments").EnumerateArray()) world.Stop(shipment.GetProperty("waybill").GetString()!);
    }

    public void Answered(IReadOnlyCollection<OrderReport> reports)
    {
        lock (_gate)
        {
            state.Save([.. reports.Select(report => StateFile.Gone("orderReport", report.Id))]);
            foreach (var report in reports) _open.Remove(report.Id);
        }
    }

    SimulatedParcel Parcel(JsonElement order, JsonElement shipment, Random random)
    {
        var (sender, recipient) = (Party(order.GetProperty("sender")), Party(shipment.GetProperty("recipient")));
        // The network has thirty cities: from and to anywhere else it goes by way of one of them.
        var (from, to) = (Cities.Find(sender.City) ?? Cities.Any(random), Cities.Find(recipient.City) ?? Cities.Any(random));
        var now = world.Clock.At;
        var begin = order.TryGetProperty("slot", out var slot) && slot.ValueKind == JsonValueKind.Object && slot.GetProperty("from").GetDateTimeOffset() is var at && at > now
            ? at.AddMinutes(-30) : now;
        var parcel = new SimulatedParcel
        {
            Waybill = shipment.GetProperty("waybill").GetString()!,
            Sender = sender,
            Recipient = recipient,
            From = from.Name,
            To = to.Name,
            Codes = CodeBook.Own,
            WeightGrams = (int)shipment.GetProperty("goods").GetProperty("weightGrams").GetInt64(),
            CreatedAt = now,
            PromisedBy = now.AddDays(3),
            Registration = Registration.Accepted,
        };
        return parcel with { Plan = Journey.Plan(parcel.Trip, Outcome.SignedInPerson, random, begin) };
    }

    static Party Party(JsonElement side) => new(Text(side, "name"), Text(side, "phone"), Text(side, "province"), Text(side, "city"), Text(side, "district"), Text(side, "detail"));

    static string Text(JsonElement side, string name) => side.GetProperty(name).GetString() ?? "";

    static int Seed(string number) => number.Aggregate(17, (hash, digit) => unchecked(hash * 31 + digit));
}
