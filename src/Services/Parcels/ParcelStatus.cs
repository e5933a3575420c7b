namespace Courier.Services.Parcels;

/// <summary>Where a parcel stands: the product's own vocabulary, into which every carrier's codes are mapped.</summary>
public enum ParcelStatus
{
    /// <summary>The label exists, nobody has the parcel yet.</summary>
    Registered,

    /// <summary>A courier or an outlet has taken it from the sender.</summary>
    PickedUp,

    /// <summary>It has left a place and is on the road.</summary>
    Departed,

    /// <summary>It has reached a place on its way.</summary>
    Arrived,

    /// <summary>A courier is bringing it to the recipient.</summary>
    OutForDelivery,

    /// <summary>It waits in a parcel locker.</summary>
    InLocker,

    /// <summary>It waits at a station or outlet.</summary>
    InStation,

    /// <summary>The recipient or a proxy has it. Final.</summary>
    Signed,

    /// <summary>A delivery was tried in vain.</summary>
    DeliveryFailed,

    /// <summary>It is kept back or delayed somewhere.</summary>
    Held,

    /// <summary>The recipient does not take it.</summary>
    Refused,

    /// <summary>It is on its way back to the sender.</summary>
    Returning,

    /// <summary>The sender has it back. Final.</summary>
    Returned,

    /// <summary>It was found damaged.</summary>
    Damaged,

    /// <summary>It cannot be found.</summary>
    Lost,

    /// <summary>It goes to another address now.</summary>
    Redirected,

    /// <summary>The shipment was called off before it began. Final.</summary>
    Cancelled,
}

/// <summary>Is a parcel still on its way?</summary>
public enum ParcelState
{
    /// <summary>Something is still to come.</summary>
    Open,

    /// <summary>Signed, returned, cancelled or lost.</summary>
    Done,
}

/// <summary>A side of a parcel.</summary>
public enum PartyRole
{
    /// <summary>Who sends it.</summary>
    Sender,

    /// <summary>Who is to get it.</summary>
    Recipient,
}
