using Courier.Kernel;

namespace Courier.Services.Calendars;

/// <summary>When people answer; section <c>Service</c>.</summary>
public sealed record CalendarsOptions : ICheckedOptions
{
    /// <summary>Hours of the human service every day, China time: <c>08:00-22:00</c>, several periods separated by commas (<c>08:00-12:00,13:30-20:00</c>).</summary>
    public string Hours { get; init; } = "08:00-22:00";

    /// <summary>The customer-service number that answers name (<c>95300</c>); empty for none, then no answer names one. At most 30 characters.</summary>
    public string Hotline { get; init; } = "";

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (!DailyHours.TryParse(Hours, out var hours) || hours.IsEmpty)
            yield return "Hours must be periods such as 08:00-22:00, separated by commas";
        if (Hotline.Length > 30) yield return "Hotline must have at most 30 characters";
    }
}
