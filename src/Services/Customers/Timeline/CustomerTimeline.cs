using Courier.Kernel.Data;

namespace Courier.Services.Customers.Timeline;

/// <summary>All that happened with a customer, whatever the channel, in one list.</summary>
public static class CustomerTimeline
{
    /// <summary>The latest first. As every part gives as many as are asked for, the latest of all are among them.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="parts">All capabilities' parts, from the container.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="before">The id at which the page before ended; null for the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<IReadOnlyList<TimelineEntry>> Execute(
        ISqlReader db, IEnumerable<ITimelinePart> parts, CustomerId customer, string? before, int limit, CancellationToken ct)
    {
        var all = new List<TimelineEntry>();
        foreach (var part in parts) all.AddRange(await part.Before(db, customer, before, limit, ct).ConfigureAwait(false));
        return [.. all.OrderByDescending(e => e.Id, StringComparer.Ordinal).Take(limit)];
    }
}
