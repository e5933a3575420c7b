using Courier.Kernel.Data;

namespace Courier.Services.Orders.Slots;

/// <summary>The places of slots: taken and given back in the transaction that places or changes an order, so that nothing is overbooked.</summary>
internal static class SlotPlaces
{
    // One statement decides: of many at once as many win as there are places.
    private const string TakeOne =
        "update orders_slots set taken = taken + 1 where area = @area and starts_at = @From and taken < @capacity";

    private const string GiveOne =
        "update orders_slots set taken = taken - 1 where area = @area and starts_at = @From and taken > 0";

    private const string Read =
        "select starts_at as StartsAt, taken as Taken from orders_slots where area = @area and starts_at >= @from and starts_at < @until";

    /// <summary>Makes the slot's row beforehand, in a transaction of its own: many who insert it at once would lock crosswise.</summary>
    public static async Task Prepare(Db db, string area, Slot slot, CancellationToken ct)
    {
        if (await db.First<long?>("select taken from orders_slots where area = @area and starts_at = @From", new { area, slot.From }, ct).ConfigureAwait(false) is not null) return;
        await db.InTransaction(tx => tx.InsertRows("orders_slots", ["area", "starts_at", "ends_at", "taken"], [[area, slot.From, slot.Until, 0]], ifAbsent: true, ct), ct)
            .ConfigureAwait(false);
    }

    /// <summary>Takes a place of a prepared slot.</summary>
    /// <returns>False when there is none left.</returns>
    public static async Task<bool> Take(Tx tx, SlotOptions options, string area, Slot slot, CancellationToken ct) =>
        await tx.Execute(TakeOne, new { area, slot.From, capacity = SlotTimes.CapacityOf(options, area) }, ct).ConfigureAwait(false) == 1;

    /// <summary>Gives a place back.</summary>
    public static Task Give(Tx tx, string area, Slot slot, CancellationToken ct) => tx.Execute(GiveOne, new { area, slot.From }, ct);

    /// <summary>How many places are taken, by the slot's begin; what is not named has none taken.</summary>
    public static async Task<IReadOnlyDictionary<DateTimeOffset, long>> Taken(ISqlReader db, string area, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        (await db.Query<Row>(Read, new { area, from, until }, ct).ConfigureAwait(false)).ToDictionary(r => r.StartsAt, r => r.Taken);

    private sealed record Row
    {
        public required DateTimeOffset StartsAt { get; init; }
        public required long Taken { get; init; }
    }
}
