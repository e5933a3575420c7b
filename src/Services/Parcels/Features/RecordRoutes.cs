using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Takes what happened to parcels from a carrier core.</summary>
public static class RecordRoutes
{
    /// <summary>
    /// Records route events: idempotent by core and event id, in any order. A late one is kept but never moves its parcel back.
    /// The number of SQL statements does not depend on how many parcels are concerned.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">Now.</param>
    /// <param name="core">The core's configured name.</param>
    /// <param name="events">At most 1000.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<BatchResult> Execute(Db db, TimeProvider clock, string core, IReadOnlyList<RouteReport> events, CancellationToken ct) =>
        throw new NotSupportedException();
}
