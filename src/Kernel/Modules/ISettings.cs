namespace Courier.Kernel.Modules;

/// <summary>Reads the settings of a section and checks them; what is wrong is collected and stops the start.</summary>
public interface ISettings
{
    /// <summary>The options of a section, for instance <c>Notifications</c>; defaults where nothing is configured.</summary>
    T Read<T>(string section) where T : class, ICheckedOptions, new();
}

/// <summary>Work that is done once at start, after the migrations and before the first request: seed data, demo data. Must be repeatable.</summary>
public interface IStartupTask
{
    /// <summary>Does the work, or finds it done.</summary>
    Task Run(CancellationToken ct);
}
