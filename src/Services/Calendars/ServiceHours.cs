namespace Courier.Services.Calendars;

/// <summary>Whether people answer now.</summary>
/// <param name="OpenNow">Is somebody there?</param>
/// <param name="NextOpening">When somebody is there next; now when somebody is there already.</param>
/// <param name="NextOpeningText">The same as people say it (<c>明天 08:00</c>); empty when it is open.</param>
public sealed record ServiceState(bool OpenNow, DateTimeOffset NextOpening, string NextOpeningText);

/// <summary>The one answer to "does somebody answer now, and if not, when".</summary>
public static class ServiceHours
{
    /// <summary>The state at a moment.</summary>
    public static ServiceState At(CalendarsOptions options, DateTimeOffset now)
    {
        var hours = DailyHours.Parse(options.Hours);
        if (hours.Contains(now)) return new ServiceState(true, now, "");
        var next = hours.NextStart(now) ?? throw new InvalidOperationException("the service hours are empty, which the options refuse");
        return new ServiceState(false, next, ChinaTime.Words(next, now));
    }
}
