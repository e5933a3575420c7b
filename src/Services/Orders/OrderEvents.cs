using Courier.Kernel.Events;
using Courier.Services.Customers;

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

/// <summary>A parcel of an order has moved, as far as orders care. Published by whoever knows parcels, in the order of their versions.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Waybill">The parcel's number.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="At">When.</param>
/// <param name="Version">Version of the parcel.</param>
[EventName("order.shipment_moved.v1")]
public sealed record ShipmentMoved(string OrderId, string Waybill, ShipmentStatus Status, DateTimeOffset At, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "shipment:" + Waybill;
}
