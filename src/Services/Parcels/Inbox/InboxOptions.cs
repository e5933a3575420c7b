namespace Courier.Services.Parcels;

/// <summary>Section <c>Parcels:Inbox</c>: a folder for carrier cores that speak no HTTP.</summary>
public sealed record InboxOptions
{
    /// <summary>The folder, absolute or below the data directory; waybills are left in its <c>waybills</c>, route events in its <c>routes</c>. Empty for none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Which core's the waybills are (<c>Carrier:Cores:N:Name</c>).</summary>
    public string Core { get; init; } = "";

    /// <summary>A file is complete when nothing about it has changed for so long.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longer files are refused.</summary>
    public long MostBytes { get; init; } = 64 * 1024 * 1024;

    internal IEnumerable<string> Problems()
    {
        if (Folder.Length == 0) yield break;
        if (Core.Length is < 1 or > 64) yield return "Core must be the name of a carrier core, 1 to 64 characters";
        if (Quiet < TimeSpan.FromSeconds(1) || Quiet > TimeSpan.FromHours(1)) yield return "Quiet must lie between 00:00:01 and 01:00:00";
        if (MostBytes is < 1024 or > 1L << 32) yield return "MostBytes must lie between 1024 and 4294967296";
    }
}
