using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Orders.Weighing;
using Courier.Services.Orders.Webhooks;

namespace Courier.Services.Orders;

/// <summary>The carrier core learns what is to be paid at the pickup after a parcel was weighed.</summary>
internal sealed class TellCoreWhenParcelWeighed(PlanWebhooks webhooks) : IReaction<ParcelWeighed>
{
    public Task Handle(Delivery<ParcelWeighed> delivery, Tx tx, CancellationToken ct)
    {
        var weighed = delivery.Event;
        return webhooks.Plan(tx, "order.weighed.v1", weighed.Aggregate, 1,
            new WeighedMessage(weighed.OrderId, weighed.Number, weighed.Waybill, weighed.ToldGrams, weighed.WeighedGrams, weighed.AgreedFen, weighed.WeighedFen, weighed.WeighedFen - weighed.AgreedFen), ct);
    }

    private sealed record WeighedMessage(string Id, OrderNumber Number, string Waybill, long ToldGrams, long WeighedGrams, long AgreedFen, long WeighedFen, long DifferenceFen);
}
