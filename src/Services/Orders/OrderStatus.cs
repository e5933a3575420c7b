namespace Courier.Services.Orders;

/// <summary>How a parcel gets from its sender to us.</summary>
public enum OrderKind
{
    /// <summary>A courier comes to the door in an appointment slot.</summary>
    Door,

    /// <summary>The sender puts it into a parcel locker; a cell is kept for it.</summary>
    Locker,

    /// <summary>The sender brings it to an outlet and shows a drop-off code.</summary>
    Outlet,
}

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>The customer has placed it; nobody has taken it on yet.</summary>
    Placed,

    /// <summary>The carrier core has taken it on; a courier may be named.</summary>
    Accepted,

    /// <summary>The parcel lies in the locker's cell.</summary>
    Deposited,

    /// <summary>The courier came in vain; a new appointment can be made.</summary>
    PickupFailed,

    /// <summary>We have the parcel.</summary>
    PickedUp,

    /// <summary>Every parcel of it has ended its way. Final.</summary>
    Completed,

    /// <summary>Called off before the pickup. Final.</summary>
    Cancelled,

    /// <summary>The parcel never came to the outlet or locker. Final.</summary>
    Expired,
}

/// <summary>Is something still to come?</summary>
public enum OrderState
{
    /// <summary>Something is still to come.</summary>
    Open,

    /// <summary>Completed, cancelled or expired.</summary>
    Done,
}

/// <summary>What can be done with an order.</summary>
public enum OrderAction
{
    /// <summary>The core takes it on.</summary>
    Accept,

    /// <summary>The parcel is put into the locker.</summary>
    Deposit,

    /// <summary>The courier came in vain.</summary>
    FailPickup,

    /// <summary>A courier or clerk takes the parcel.</summary>
    PickUp,

    /// <summary>The last of its parcels has ended its way.</summary>
    Complete,

    /// <summary>Another appointment.</summary>
    Reschedule,

    /// <summary>Other parties, goods or remark.</summary>
    Change,

    /// <summary>Called off.</summary>
    Cancel,

    /// <summary>Given up, because the parcel never came.</summary>
    Expire,
}

/// <summary>Who does something with an order.</summary>
public enum OrderActor
{
    /// <summary>The customer who placed it.</summary>
    Customer,

    /// <summary>The carrier core, and its couriers.</summary>
    Core,

    /// <summary>A clerk of an outlet.</summary>
    Outlet,

    /// <summary>The product itself: jobs, and what it learns from parcels.</summary>
    House,
}

/// <summary>Where one parcel of an order stands, as far as the order cares.</summary>
public enum ShipmentStatus
{
    /// <summary>Still with the sender.</summary>
    Waiting,

    /// <summary>With us.</summary>
    PickedUp,

    /// <summary>Its way has ended.</summary>
    Done,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>What is known about sending the goods.</summary>
public enum GoodsStanding
{
    /// <summary>They may be sent.</summary>
    Allowed,

    /// <summary>They may be sent on conditions, which the sender has confirmed.</summary>
    Conditional,

    /// <summary>Not named, or not in our list: looked at when they are taken in.</summary>
    Unknown,
}

/// <summary>How an order is paid.</summary>
public enum OrderPayment
{
    /// <summary>When the parcel is picked up or handed in.</summary>
    OnPickup,
}
