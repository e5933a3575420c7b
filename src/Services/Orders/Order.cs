using Courier.Services.Customers;
using Courier.Services.Orders.Slots;

namespace Courier.Services.Orders;

/// <summary>Where an order stands and what may be done with it. No I/O.</summary>
internal sealed class Order
{
    public required string Id { get; init; }

    public required OrderNumber Number { get; init; }

    public required CustomerId Customer { get; init; }

    public required string SenderPhoneHash { get; init; }

    public required OrderKind Kind { get; init; }

    public required OrderStatus Status { get; set; }

    public required long Version { get; set; }

    /// <summary>Division code of the sender: slots are kept by it.</summary>
    public required string Area { get; set; }

    public required DateTimeOffset? SlotFrom { get; set; }

    public required DateTimeOffset? SlotUntil { get; set; }

    /// <summary>Under which name a locker keeps a cell; null when none does.</summary>
    public required string? CellHolder { get; init; }

    public Slot? Slot => SlotFrom is { } from && SlotUntil is { } until ? new Slot(from, until) : null;

    /// <summary>Does something with the order.</summary>
    /// <returns>The event; null when it changes nothing, because it was done before.</returns>
    /// <exception cref="Kernel.RuleBroken">order.action_not_allowed.</exception>
    public OrderChanged? Act(OrderAction action, OrderActor actor, DateTimeOffset now)
    {
        var before = Status;
        Status = OrderMachine.Act(Kind, before, action, actor);
        if (Status == before && action is not (OrderAction.Reschedule or OrderAction.Change)) return null;
        Version++;
        return new OrderChanged(Id, Number, action, before, Status, actor, now, Customer, Version);
    }

    /// <summary>Does the place of its slot become free by this change?</summary>
    public static bool FreesTheSlot(OrderChanged change) => change.To is OrderStatus.Cancelled or OrderStatus.Expired;
}
