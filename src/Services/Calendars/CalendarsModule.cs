using Courier.Kernel.Modules;

namespace Courier.Services.Calendars;

/// <summary>Table of contents of the capability: opening hours and quiet hours, all in China time.</summary>
public static class CalendarsModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddCalendars(this ModuleRegistry modules)
    {
        modules.Options<CalendarsOptions>("Service");
        return modules;
    }
}
