using Courier.Kernel;
using Courier.Services.Orders.Exports;

namespace Courier.Services.Orders;

/// <summary>Section <c>Orders</c>.</summary>
public sealed record OrdersOptions : ICheckedOptions
{
    /// <summary>Appointment slots of couriers.</summary>
    public SlotOptions Slots { get; init; } = new();

    /// <summary>For how many hours a cell is kept for a parcel that is to be put into a locker.</summary>
    public int CellHours { get; init; } = 24;

    /// <summary>After how many days without the parcel an order for an outlet or a locker is given up.</summary>
    public int DropOffDays { get; init; } = 7;

    /// <summary>How many years back a customer sees own orders.</summary>
    public int YearsShown { get; init; } = 2;

    /// <summary>After how many years persons are taken out of orders that are done.</summary>
    public int YearsKept { get; init; } = 3;

    /// <summary>The carrier core (<c>Carrier:Cores:N:Name</c>) that reports on parcels of orders; empty means any configured core.</summary>
    public string Core { get; init; } = "";

    /// <summary>Files for systems without HTTP, each day.</summary>
    public ExportsOptions Exports { get; init; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Exports.Problems()) yield return "Exports:" + problem;
        foreach (var problem in Slots.Problems()) yield return "Slots:" + problem;
        if (CellHours is < 1 or > 168) yield return "CellHours must be 1 to 168";
        if (DropOffDays is < 1 or > 30) yield return "DropOffDays must be 1 to 30";
        if (YearsShown is < 1 or > 10) yield return "YearsShown must be 1 to 10";
        if (YearsKept < YearsShown || YearsKept > 30) yield return "YearsKept must be YearsShown to 30";
    }
}

/// <summary>When couriers come and how many orders they take.</summary>
public sealed record SlotOptions
{
    /// <summary>The slots of a day in China time, in their order, separated by commas.</summary>
    public string Windows { get; init; } = "09:00-11:00,11:00-13:00,13:00-15:00,15:00-17:00,17:00-19:00";

    /// <summary>For how many days appointments are made, today included.</summary>
    public int Days { get; init; } = 3;

    /// <summary>A slot closes so long before its end.</summary>
    public TimeSpan ClosesBefore { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Orders that a slot takes in a district.</summary>
    public int Capacity { get; init; } = 30;

    /// <summary>Other numbers for some places: division code → orders a slot; the longest code that fits counts, 0 means no pickup there.</summary>
    public Dictionary<string, int> Capacities { get; init; } = [];

    internal IEnumerable<string> Problems()
    {
        if (Orders.Slots.SlotTimes.Read(Windows) is null) yield return "Windows must be periods such as 09:00-11:00,11:00-13:00, in their order and not over midnight";
        if (Days is < 1 or > 14) yield return "Days must be 1 to 14";
        if (ClosesBefore < TimeSpan.Zero || ClosesBefore > TimeSpan.FromHours(12)) yield return "ClosesBefore must lie between 00:00:00 and 12:00:00";
        if (Capacity is < 0 or > 100_000 || Capacities.Values.Any(c => c is < 0 or > 100_000)) yield return "Capacity must lie between 0 and 100000";
    }
}
