using Courier.Kernel.Events;
using Courier.Services.Customers;
using Courier.Services.Network;

namespace Courier.Services.Orders;

/// <summary>A customer has placed an order. Names nobody: who needs more reads it by <see cref="OrderReading"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">How it is sent.</param>
/// <param name="Customer">Who placed it.</param>
/// <param name="Version">1.</param>
[EventName("order.placed.v1")]
public sealed record OrderPlaced(string OrderId, OrderNumber Number, OrderKind Kind, CustomerId Customer, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "order:" + OrderId;
}

/// <summary>Something was done with an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">Its number.</param>
/// <param name="Action">What.</param>
/// <param name="From">Status before.</param>
/// <param name="To">Status now.</param>
/// <param name="Actor">Who.</param>
/// <param name="At">When.</param>
/// <param name="Customer">Who placed it.</param>
/// <param name="Version">Version after the change.</param>
[EventName("order.changed.v1")]
public sealed record OrderChanged(
    string OrderId, OrderNumber Number, OrderAction Action, OrderStatus From, OrderStatus To, OrderActor Actor, DateTimeOffset At, CustomerId Customer, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "order:" + OrderId;
}

/// <summary>Parcels of an order were brought later than was quoted, and arrive later.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Version">Version of the order.</param>
[EventName("order.promise_moved.v1")]
public sealed record OrderPromiseMoved(string OrderId, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "order-promise:" + OrderId;
}

/// <summary>The cell that was kept for an order is not kept any more, and the parcel has not come.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">Its number.</param>
/// <param name="Customer">Id of who placed it; empty once that person is erased.</param>
/// <param name="Locker">The locker.</param>
/// <param name="Reason">Why.</param>
/// <param name="Version">Version of the cell.</param>
[EventName("order.cell_lost.v1")]
public sealed record OrderCellLost(string OrderId, OrderNumber Number, string Customer, LockerCode Locker, CellReservationEnd Reason, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "order-cell:" + OrderId;
}

/// <summary>A parcel of an order has moved, as far as orders care. Published by whoever knows parcels, in the order of their versions.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Waybill">The parcel's number.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="At">When.</param>
/// <param name="Version">Version of the parcel.</param>
/// <param name="WeightGrams">Weight as measured then; null when nobody said.</param>
[EventName("order.shipment_moved.v1")]
public sealed record ShipmentMoved(string OrderId, string Waybill, ShipmentStatus Status, DateTimeOffset At, long Version, long? WeightGrams = null) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "shipment:" + Waybill;
}
