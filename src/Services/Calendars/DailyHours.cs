using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Courier.Services.Calendars;

/// <summary>
/// Periods that repeat every day in China time: <c>08:00-22:00</c>, <c>08:00-12:00,13:30-18:00</c>, over midnight <c>22:00-07:00</c>,
/// always <c>00:00-24:00</c>. The start belongs to a period, the end does not. An empty text holds no time at all.
/// </summary>
public sealed class DailyHours
{
    private const int MinutesADay = 24 * 60;

    private readonly (int From, int To)[] _periods;

    private DailyHours((int From, int To)[] periods, string text)
    {
        _periods = periods;
        Text = text;
    }

    /// <summary>No time of the day.</summary>
    public static DailyHours Never { get; } = new([], "");

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Does it hold no time at all?</summary>
    public bool IsEmpty => _periods.Length == 0;

    /// <summary>Do the periods leave out no minute of the day?</summary>
    public bool IsWholeDay => Enumerable.Range(0, MinutesADay).All(minute => Array.Exists(_periods, p => IsIn(p, minute)));

    /// <summary>Reads the periods; false when one is malformed or has no length.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DailyHours? hours)
    {
        hours = Never;
        if (string.IsNullOrWhiteSpace(text)) return true;
        var periods = new List<(int, int)>();
        foreach (var part in text.Split([',', '，', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryPeriod(part, out var period))
            {
                hours = null;
                return false;
            }
            periods.Add(period);
        }
        hours = new DailyHours([.. periods], text.Trim());
        return true;
    }

    /// <summary>Reads periods that were checked before, such as those of a seed file.</summary>
    /// <exception cref="FormatException">They are malformed.</exception>
    public static DailyHours Parse(string text) => TryParse(text, out var hours) ? hours : throw new FormatException($"'{text}' are no daily hours");

    /// <summary>Does the moment lie in a period?</summary>
    public bool Contains(DateTimeOffset moment) => EndAt(moment) is not null;

    /// <summary>When the period that the moment lies in ends; null when it lies in none. Periods that touch count as one; what never ends is given a day or two.</summary>
    public DateTimeOffset? EndAt(DateTimeOffset moment)
    {
        if (PeriodEnd(moment) is not { } end) return null;
        while (end < moment.AddDays(1) && PeriodEnd(end) is { } next) end = next;
        return end;
    }

    /// <summary>The next start of a period after the moment; null when there is no period.</summary>
    public DateTimeOffset? NextStart(DateTimeOffset moment)
    {
        if (IsEmpty) return null;
        var local = ChinaTime.In(moment);
        var midnight = new DateTimeOffset(local.Date, ChinaTime.Offset);
        return Enumerable.Range(0, 2)
            .SelectMany(day => _periods.Select(p => midnight.AddDays(day).AddMinutes(p.From)))
            .Where(start => start > moment)
            .Min();
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private DateTimeOffset? PeriodEnd(DateTimeOffset moment)
    {
        var local = ChinaTime.In(moment);
        var midnight = new DateTimeOffset(local.Date, ChinaTime.Offset);
        var minute = local.TimeOfDay.TotalMinutes;
        foreach (var (from, to) in _periods)
        {
            if (from < to && minute >= from && minute < to) return midnight.AddMinutes(to);
            if (from > to && minute >= from) return midnight.AddDays(1).AddMinutes(to);
            if (from > to && minute < to) return midnight.AddMinutes(to);
        }
        return null;
    }

    private static bool IsIn((int From, int To) period, int minute) =>
        period.From < period.To ? minute >= period.From && minute < period.To : minute >= period.From || minute < period.To;

    private static bool TryPeriod(string text, out (int From, int To) period)
    {
        period = default;
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !TryMinute(ends[0], out var from) || !TryMinute(ends[1], out var to)) return false;
        period = (from, to);
        return from != to && from < MinutesADay;
    }

    private static bool TryMinute(string text, out int minute)
    {
        minute = 0;
        var parts = text.Split(':');
        if (parts.Length != 2 || parts[0].Length is < 1 or > 2 || parts[1].Length != 2) return false;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rest)) return false;
        minute = hour * 60 + rest;
        return rest < 60 && minute <= MinutesADay;
    }
}
