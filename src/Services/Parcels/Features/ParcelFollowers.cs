using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Who is told when parcels move.</summary>
public static class ParcelFollowers
{
    /// <summary>Everybody who asked for one of the parcels and could see it, and everybody whose verified phone is the sender's or recipient's; each once a parcel.</summary>
    public static Task<IReadOnlyList<ParcelFollower>> Of(ISqlReader db, IReadOnlyCollection<string> parcelIds, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>A customer who is told when a parcel moves.</summary>
public sealed record ParcelFollower
{
    /// <summary>The parcel's id.</summary>
    public required string ParcelId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }
}
