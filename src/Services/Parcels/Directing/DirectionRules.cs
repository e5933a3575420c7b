using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>What can be asked for while a parcel is on its way.</summary>
public enum DirectionKind
{
    /// <summary>Delivery at another time.</summary>
    OtherTime,

    /// <summary>To be kept until it is asked for.</summary>
    Hold,

    /// <summary>Delivery to another address.</summary>
    OtherAddress,

    /// <summary>Into a locker.</summary>
    Locker,

    /// <summary>To a station.</summary>
    Station,

    /// <summary>To a neighbour.</summary>
    Neighbour,

    /// <summary>Back to the sender.</summary>
    Intercept,

    /// <summary>Name, phone or door number of a side were wrong.</summary>
    Correct,
}

/// <summary>What became of it.</summary>
public enum DirectionState
{
    /// <summary>The carrier core was asked; it can be undone.</summary>
    Asked,

    /// <summary>It is done so.</summary>
    Accepted,

    /// <summary>It came too late, or cannot be done.</summary>
    Refused,

    /// <summary>Whoever asked took it back, or asked for something else.</summary>
    Undone,
}

/// <summary>THE table of directions: who may ask for what, and until when.</summary>
public static class DirectionRules
{
    // Couriers set out before the time begins at which they ring.
    private static readonly TimeSpan SetsOutBefore = TimeSpan.FromHours(2);

    // Rows: what. Columns: where the parcel stands, in the order of the enum. x = may be asked for.
    private static readonly string[] Table =
    [
        //                 Rg Pu De Ar Od Lk St Sg Fa He Rf Rg Rd Da Lo Rr Ca
        /* OtherTime    */ "x x x x . . . . x x . . . . . x .",
        /* Hold         */ "x x x x . . . . x x . . . . . x .",
        /* OtherAddress */ "x x x x . . . . x x . . . . . . .",
        /* Locker       */ "x x x x . . . . x x . . . . . x .",
        /* Station      */ "x x x x . . . . x x . . . . . x .",
        /* Neighbour    */ "x x x x . . . . x x . . . . . x .",
        /* Intercept    */ ". x x x . . . . x x . . . . . x .",
        /* Correct      */ "x x x x . . . . x x . . . . . . .",
    ];

    /// <summary>May it be asked for by somebody of this side while the parcel stands there?</summary>
    /// <param name="kind">What.</param>
    /// <param name="side">Who asks.</param>
    /// <param name="status">Where the parcel stands.</param>
    /// <param name="fixedWay">Is it of a product whose way and end do not change (same-city rides)?</param>
    public static bool Allows(DirectionKind kind, PartyRole side, ParcelStatus status, bool fixedWay) =>
        Table[(int)kind][2 * (int)status] == 'x' && IsFor(kind, side) && !(fixedWay && (kind is DirectionKind.OtherAddress or DirectionKind.Intercept));

    /// <summary>Whose matter is it? Where a parcel goes is its recipient's, to turn it round its sender's.</summary>
    public static bool IsFor(DirectionKind kind, PartyRole side) => kind switch
    {
        DirectionKind.Intercept => side == PartyRole.Sender,
        DirectionKind.Correct => true,
        DirectionKind.OtherTime or DirectionKind.Hold or DirectionKind.OtherAddress or DirectionKind.Locker or DirectionKind.Station or DirectionKind.Neighbour
            => side == PartyRole.Recipient,
    };

    /// <summary>Is the parcel brought another way by it, to another time or place?</summary>
    public static bool IsAnotherWay(DirectionKind kind) => kind switch
    {
        DirectionKind.OtherTime or DirectionKind.Hold or DirectionKind.OtherAddress or DirectionKind.Locker or DirectionKind.Station or DirectionKind.Neighbour => true,
        DirectionKind.Intercept or DirectionKind.Correct => false,
    };

    /// <summary>What a report of the core means to what was asked for; null when nothing.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="notBefore">From when on it may be brought: begin of another time, end of holding; null when nobody said so.</param>
    /// <param name="reported">Where the parcel stands now.</param>
    /// <param name="at">Since when.</param>
    internal static DirectionState? Answer(DirectionKind kind, DateTimeOffset? notBefore, ParcelStatus reported, DateTimeOffset at) => reported switch
    {
        ParcelStatus.Redirected => kind is DirectionKind.Intercept ? null : DirectionState.Accepted,
        ParcelStatus.Returning or ParcelStatus.Returned => kind is DirectionKind.Intercept ? DirectionState.Accepted : DirectionState.Refused,
        ParcelStatus.InLocker => kind is DirectionKind.Locker ? DirectionState.Accepted : DirectionState.Refused,
        ParcelStatus.InStation => kind is DirectionKind.Station or DirectionKind.Hold ? DirectionState.Accepted : DirectionState.Refused,
        ParcelStatus.OutForDelivery or ParcelStatus.Signed => kind switch
        {
            DirectionKind.Neighbour => DirectionState.Accepted,
            DirectionKind.OtherTime or DirectionKind.Hold => at >= notBefore - SetsOutBefore ? DirectionState.Accepted : DirectionState.Refused,
            DirectionKind.OtherAddress or DirectionKind.Locker or DirectionKind.Station or DirectionKind.Intercept or DirectionKind.Correct => DirectionState.Refused,
        },
        ParcelStatus.Held => kind is DirectionKind.Hold ? DirectionState.Accepted : null,
        ParcelStatus.Cancelled or ParcelStatus.Lost or ParcelStatus.Refused => DirectionState.Refused,
        ParcelStatus.Registered or ParcelStatus.PickedUp or ParcelStatus.Departed or ParcelStatus.Arrived or ParcelStatus.DeliveryFailed or ParcelStatus.Damaged => null,
    };
}
