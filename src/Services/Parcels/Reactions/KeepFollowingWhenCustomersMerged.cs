using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Whoever turns out to be the same customer goes on following what both followed.</summary>
internal sealed class KeepFollowingWhenCustomersMerged : IReaction<CustomerMerged>
{
    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into) = (delivery.Event.From, delivery.Event.Into);
        await tx.Execute(
            $"{tx.Dialect.InsertIfAbsentInto} parcels_followers (parcel_id, customer_id, asked_at) select parcel_id, @into, asked_at from parcels_followers where customer_id = @from",
            new { from, into }, ct).ConfigureAwait(false);
        await tx.Execute("delete from parcels_followers where customer_id = @from", new { from }, ct).ConfigureAwait(false);
    }
}
