using System.Globalization;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Knowledge;

/// <summary>The customers whose parcels an incident affects are to be found, from one parcel on: a page of the search.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="After">Id of the last parcel that was looked at.</param>
/// <param name="Version">Number of the page, from 1.</param>
[EventName("incident.audience_wanted.v1")]
public sealed record IncidentAudienceWanted(string IncidentId, string After, long Version) : IEvent
{
    private static readonly TimeSpan OldestParcel = TimeSpan.FromDays(60);

    /// <inheritdoc />
    public string Aggregate => "incident:" + IncidentId;

    /// <summary>The first page. Ids begin with the time of their creation (RFC 9562 §5.7), so that parcels older than 60 days are passed over by their id.</summary>
    internal static IncidentAudienceWanted First(string incidentId, DateTimeOffset now) =>
        new(incidentId, (now - OldestParcel).ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture), 1);
}

/// <summary>Customers were found whose parcels an incident affects; each customer is in one such event of an incident only.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Line">The incident's line as customers read it.</param>
/// <param name="Customers">Who is to be told.</param>
/// <param name="Version">Number of the page.</param>
[EventName("incident.audience_found.v1")]
public sealed record IncidentAudienceFound(string IncidentId, string Line, IReadOnlyList<CustomerId> Customers, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "incident:" + IncidentId;
}
