using Courier.Kernel.Data;

namespace Courier.Services.Customers.Timeline;

/// <summary>What one capability has to tell of a customer's history; each that has something registers one.</summary>
public interface ITimelinePart
{
    /// <summary>The latest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="before">Only what has a smaller id; null for the latest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Ends it.</param>
    Task<IReadOnlyList<TimelineEntry>> Before(ISqlReader db, CustomerId customer, string? before, int limit, CancellationToken ct);
}
