namespace Courier.Services.Orders.Exports;

/// <summary>Section <c>Orders:Exports</c>: files for systems without HTTP, each day those of the day before.</summary>
public sealed record ExportsOptions
{
    /// <summary>Where they are written, absolute or below the data directory; empty for none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>How many days are caught up when nothing could be written for a while.</summary>
    public int CatchUpDays { get; init; } = 7;

    internal IEnumerable<string> Problems()
    {
        if (CatchUpDays is < 1 or > 31) yield return "CatchUpDays must be 1 to 31";
    }
}
