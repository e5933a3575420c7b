using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>An order tells where its customer sends from, and which entries of the address book are used. It counts only once its parcels are taken.</summary>
internal sealed class CountWhenOrderPlaced(DataKeys keys, TimeProvider clock) : IReaction<OrderPlaced>
{
    public async Task Handle(Delivery<OrderPlaced> delivery, Tx tx, CancellationToken ct)
    {
        // An order whose person is erased meanwhile counts for nobody.
        if (await OrderReading.Of(tx, keys, delivery.Event.OrderId, ct).ConfigureAwait(false) is not { Customer.Length: > 0 } order) return;
        var customer = CustomerId.Parse(order.Customer);
        await CustomerFacts.SetPlace(tx, clock, customer, order.Sender.Province, order.Sender.City, ct).ConfigureAwait(false);
        await UseAddress.Execute(tx, keys, order.PlacedAt, customer, [.. order.Shipments.Select(s => s.Recipient).Prepend(order.Sender).Select(InTheBook)], ct).ConfigureAwait(false);
    }

    private static ContactAddress InTheBook(OrderContact c) => new(c.Name, c.Phone, c.Extension, new PostalAddress(c.Province, c.City, c.District, "", c.Detail));
}

/// <summary>
/// Once the parcels are taken an order counts as sent, from which city to which, and its price is spent; one that its customer calls off counts as that alone.
/// </summary>
internal sealed class CountWhenOrderChanged(DataKeys keys, TimeProvider clock) : IReaction<OrderChanged>
{
    public async Task Handle(Delivery<OrderChanged> delivery, Tx tx, CancellationToken ct)
    {
        var change = delivery.Event;
        var isCalledOff = change is { Action: OrderAction.Cancel, Actor: OrderActor.Customer };
        if (!isCalledOff && !IsTaken(change)) return;
        if (await OrderReading.Of(tx, keys, change.OrderId, ct).ConfigureAwait(false) is not { Customer.Length: > 0 } order) return;
        var customer = CustomerId.Parse(order.Customer);
        if (isCalledOff)
        {
            await CustomerFacts.Add(tx, clock, customer, CustomerMeasure.OrdersCancelled, change.At, 1, ct).ConfigureAwait(false);
            return;
        }
        await CustomerFacts.Add(tx, clock, customer, CustomerMeasure.OrdersSent, change.At, 1, ct).ConfigureAwait(false);
        await CustomerFacts.Add(tx, clock, customer, CustomerMeasure.Spent, change.At, order.TotalFen, ct).ConfigureAwait(false);
        foreach (var city in order.Shipments.Select(s => s.Recipient.City).Distinct(StringComparer.Ordinal))
            await CustomerFacts.AddRoute(tx, clock, customer, order.Sender.City, city, change.At, ct).ConfigureAwait(false);
    }

    // A core may leave the pickup out: what is completed was taken, too.
    private static bool IsTaken(OrderChanged change) =>
        change.To == OrderStatus.PickedUp || (change.To == OrderStatus.Completed && change.From != OrderStatus.PickedUp);
}
