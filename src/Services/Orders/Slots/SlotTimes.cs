using System.Globalization;
using Courier.Services.Calendars;

namespace Courier.Services.Orders.Slots;

/// <summary>A period in which a courier comes.</summary>
/// <param name="From">Its begin.</param>
/// <param name="Until">Its end.</param>
public sealed record Slot(DateTimeOffset From, DateTimeOffset Until);

/// <summary>Which slots there are. No I/O.</summary>
internal static class SlotTimes
{
    /// <summary>Reads the windows of a day; null when they are malformed, overlap or are none.</summary>
    public static IReadOnlyList<(TimeOnly From, TimeOnly Until)>? Read(string windows)
    {
        var read = new List<(TimeOnly, TimeOnly)>();
        foreach (var part in windows.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || !Time(ends[0], out var from) || !Time(ends[1], out var until) || from >= until) return null;
            if (read.Count > 0 && from < read[^1].Item2) return null;
            read.Add((from, until));
        }
        return read.Count > 0 ? read : null;
    }

    /// <summary>The slots of a day.</summary>
    public static IEnumerable<Slot> Of(SlotOptions options, DateOnly day) => (Read(options.Windows) ?? []).Select(w =>
        new Slot(new DateTimeOffset(day.ToDateTime(w.From), ChinaTime.Offset), new DateTimeOffset(day.ToDateTime(w.Until), ChinaTime.Offset)));

    /// <summary>All slots for which appointments are made at this moment, closed ones of today included.</summary>
    public static IEnumerable<Slot> All(SlotOptions options, DateTimeOffset now) =>
        Enumerable.Range(0, options.Days).SelectMany(d => Of(options, ChinaTime.Day(now).AddDays(d)));

    /// <summary>Is it too late for this slot?</summary>
    public static bool IsClosed(SlotOptions options, Slot slot, DateTimeOffset now) => now >= slot.Until - options.ClosesBefore;

    /// <summary>How many orders a slot takes at this place.</summary>
    /// <param name="options">The numbers.</param>
    /// <param name="area">Division code.</param>
    public static int CapacityOf(SlotOptions options, string area) =>
        options.Capacities.Where(c => area.StartsWith(c.Key, StringComparison.Ordinal)).OrderByDescending(c => c.Key.Length).Select(c => (int?)c.Value).FirstOrDefault()
        ?? options.Capacity;

    private static bool Time(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
