using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Lanes;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>
/// What senders bring themselves comes when they come: a parcel is promised from the hour at which it was put into the locker or taken in at the counter. A
/// promise is never brought forward.
/// </summary>
internal sealed class CountPromiseAgainWhenBrought(RateBook book, LaneStatistics lanes) : IReaction<OrderChanged>
{
    private const string Parcels = "select distinct quote_id as QuoteId, product as Product from orders_shipments where order_id = @OrderId and promised_by is not null";

    private const string Later = "update orders_shipments set promised_by = @by where order_id = @OrderId and quote_id = @QuoteId and product = @Product and promised_by < @by";

    public async Task Handle(Delivery<OrderChanged> delivery, Tx tx, CancellationToken ct)
    {
        var change = delivery.Event;
        if (change.Action is not (OrderAction.Deposit or OrderAction.PickUp) || change.From == OrderStatus.Deposited) return;
        if (await OrderStore.Lock(tx, change.OrderId, ct).ConfigureAwait(false) is not { Kind: not OrderKind.Door }) return;
        var moved = 0;
        foreach (var parcel in await tx.Query<Quoted>(Parcels, new { change.OrderId }, ct).ConfigureAwait(false)) // one, or as many as the quotes of one order
            if (await PromiseAgain.Execute(tx, book, lanes, QuoteId.Parse(parcel.QuoteId), parcel.Product, change.At, ct).ConfigureAwait(false) is { } by)
                moved += await tx.Execute(Later, new { by, change.OrderId, parcel.QuoteId, parcel.Product }, ct).ConfigureAwait(false);
        if (moved > 0) await tx.Publish(new OrderPromiseMoved(change.OrderId, change.Version), ct).ConfigureAwait(false);
    }

    private sealed record Quoted
    {
        public required string QuoteId { get; init; }
        public required string Product { get; init; }
    }
}
