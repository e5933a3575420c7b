using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Orders.Slots;

namespace Courier.Services.Orders;

/// <summary>Shows when a courier can come.</summary>
public static class ListSlots
{
    /// <summary>The slots of a day at a place, and the next that can be booked.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="clock">Now.</param>
    /// <param name="options">Windows and capacities.</param>
    /// <param name="place">The district, or what is known of the place.</param>
    /// <param name="day">The day in China; what lies outside of the days for which appointments are made has no slots.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<DaySlots> Execute(ISqlReader db, TimeProvider clock, OrdersOptions options, Division place, DateOnly day, CancellationToken ct)
    {
        var all = await All(db, clock.GetUtcNow(), options.Slots, place.Code, ct).ConfigureAwait(false);
        return new DaySlots([.. all.Where(s => ChinaTime.Day(s.From) == day)], all.FirstOrDefault(s => s.State == SlotState.Open && ChinaTime.Day(s.From) >= day));
    }

    /// <summary>The next slot that can be booked at a place; null when there is none. What is asked for without a time is picked up then.</summary>
    public static Task<ListedSlot?> Next(ISqlReader db, TimeProvider clock, OrdersOptions options, Division place, CancellationToken ct) =>
        Next(db, clock, options, place.Code, clock.GetUtcNow(), ct);

    /// <summary>When a courier who is ordered now comes, as far as the time of the day decides: for price examples, which ask for no place.</summary>
    public static DateTimeOffset NextTime(TimeProvider clock, OrdersOptions options)
    {
        var now = clock.GetUtcNow();
        return SlotTimes.All(options.Slots, now).FirstOrDefault(s => !SlotTimes.IsClosed(options.Slots, s, now))?.From
            ?? new DateTimeOffset(ChinaTime.Day(now).AddDays(1).ToDateTime(new TimeOnly(10, 0)), ChinaTime.Offset);
    }

    /// <summary>The next slot that can be booked at a place, at or after a moment; null when there is none.</summary>
    internal static async Task<ListedSlot?> Next(ISqlReader db, TimeProvider clock, OrdersOptions options, string area, DateTimeOffset after, CancellationToken ct) =>
        (await All(db, clock.GetUtcNow(), options.Slots, area, ct).ConfigureAwait(false)) is var all
            ? all.FirstOrDefault(s => s.State == SlotState.Open && s.From >= after) ?? all.FirstOrDefault(s => s.State == SlotState.Open)
            : null;

    private static async Task<IReadOnlyList<ListedSlot>> All(ISqlReader db, DateTimeOffset now, SlotOptions options, string area, CancellationToken ct)
    {
        var slots = SlotTimes.All(options, now).ToList();
        var taken = await SlotPlaces.Taken(db, area, slots[0].From, slots[^1].Until, ct).ConfigureAwait(false);
        var capacity = SlotTimes.CapacityOf(options, area);
        return [.. slots.Select(s => Show(s, SlotTimes.IsClosed(options, s, now), capacity - taken.GetValueOrDefault(s.From)))];
    }

    private static ListedSlot Show(Slot slot, bool closed, long left) =>
        new(slot.From, slot.Until, closed ? SlotState.Closed : left > 0 ? SlotState.Open : SlotState.Full, closed ? 0 : Math.Max(0, left));
}

/// <summary>Can a slot be booked?</summary>
public enum SlotState
{
    /// <summary>It can.</summary>
    Open,

    /// <summary>No place is left.</summary>
    Full,

    /// <summary>It is too late for it.</summary>
    Closed,
}

/// <summary>A slot as it is offered.</summary>
/// <param name="From">Its begin.</param>
/// <param name="Until">Its end.</param>
/// <param name="State">Can it be booked?</param>
/// <param name="Left">Places left; 0 when it is closed.</param>
public sealed record ListedSlot(DateTimeOffset From, DateTimeOffset Until, SlotState State, long Left);

/// <summary>The slots of a day.</summary>
/// <param name="Slots">In their order.</param>
/// <param name="Next">The first that can be booked on that day or later; null when there is none.</param>
public sealed record DaySlots(IReadOnlyList<ListedSlot> Slots, ListedSlot? Next);
