namespace Courier.Services.Lanes;

/// <summary>Where on its way a parcel is, as far as it matters for how long the rest takes. A place counts by its city: at the sender's, at the recipient's, or between.</summary>
public enum LaneStage
{
    /// <summary>The label exists, the parcel is still with the sender.</summary>
    Ordered,

    /// <summary>Taken from the sender.</summary>
    PickedUp,

    /// <summary>Has left a place in the sender's city.</summary>
    LeftOrigin,

    /// <summary>Lies at a hub in the sender's city.</summary>
    AtOrigin,

    /// <summary>Has left a place between the two cities.</summary>
    LeftOnTheWay,

    /// <summary>Lies at a hub between the two cities.</summary>
    AtOnTheWay,

    /// <summary>Has left a hub in the recipient's city for the outlet.</summary>
    LeftDestination,

    /// <summary>Lies at a hub or outlet in the recipient's city.</summary>
    AtDestination,

    /// <summary>A courier has it for delivery.</summary>
    OutForDelivery,

    /// <summary>A delivery was tried in vain.</summary>
    DeliveryFailed,

    /// <summary>It is kept back, or goes to another address now.</summary>
    Held,

    /// <summary>It waits in a locker or station for the recipient: delivered as far as a promise goes.</summary>
    Awaiting,

    /// <summary>The recipient has it.</summary>
    Finished,
}

/// <summary>What a statistic measures from the beginning of a stage.</summary>
public enum LaneMeasure
{
    /// <summary>Until the next stage begins.</summary>
    Leg,

    /// <summary>Until the parcel is with the recipient, or waits in a locker or station.</summary>
    Delivery,
}
