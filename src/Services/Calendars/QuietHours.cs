namespace Courier.Services.Calendars;

/// <summary>Hours in which nobody is disturbed; what falls into them waits for their end.</summary>
public static class QuietHours
{
    /// <summary>When something that is due now may be sent: now, or the end of the quiet hours.</summary>
    /// <param name="quiet">The quiet hours; empty for none.</param>
    /// <param name="now">The moment.</param>
    public static DateTimeOffset SendableAt(DailyHours quiet, DateTimeOffset now) => quiet.EndAt(now) ?? now;
}
