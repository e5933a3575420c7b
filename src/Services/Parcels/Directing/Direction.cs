using Courier.Kernel.Events;

namespace Courier.Services.Parcels;

/// <summary>What somebody asks for, as the carrier core is told of it.</summary>
public sealed record DirectionDetail
{
    /// <summary>Begin of the time wished for.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Its end; for holding, until when.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Locker or station; or where the neighbour lives.</summary>
    public string? Place { get; init; }

    /// <summary>Another address, or the corrected recipient: what is left out stays.</summary>
    public PartyReport? Recipient { get; init; }

    /// <summary>In the person's words.</summary>
    public string? Note { get; init; }
}

/// <summary>Somebody asked for something, or took it back.</summary>
/// <param name="DirectionId">What.</param>
/// <param name="ParcelId">With which parcel.</param>
/// <param name="Kind">What kind.</param>
/// <param name="IsUndone">Was it taken back?</param>
/// <param name="Version">Grows with each direction of a parcel.</param>
[EventName("parcel.directed.v1")]
public sealed record ParcelDirected(string DirectionId, string ParcelId, DirectionKind Kind, bool IsUndone, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "direction:" + ParcelId;
}

/// <summary>What was asked for with a parcel, for who asked.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What kind.</param>
/// <param name="State">What became of it.</param>
/// <param name="Detail">What exactly.</param>
/// <param name="AskedAt">When.</param>
public sealed record AskedDirection(string Id, DirectionKind Kind, DirectionState State, DirectionDetail Detail, DateTimeOffset AskedAt)
{
    /// <summary>What the locker or station is called whose code is in <see cref="Detail"/>; null for anything else.</summary>
    public string? PlaceName { get; init; }
}
