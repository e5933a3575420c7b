using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Links that a customer gave away and warnings that they got go along with the customer.</summary>
internal sealed class MoveLinksWhenCustomersMerged(TimeProvider clock) : IReaction<CustomerMerged>
{
    internal static readonly CustomerRows Links = new("share", "parcels_shares", "parcel_id", "customer_id");
    internal static readonly CustomerRows Warnings = new("warning", "parcels_warnings", "parcel_id", "customer_id");

    internal static readonly CustomerRows Directions = new("direction", "parcels_directions", "id", "customer_id");

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        var merge = delivery.Event;
        if (!await CustomerMoves.Stands(tx, merge.MergeId, ct).ConfigureAwait(false)) return;
        await CustomerMoves.Move(tx, merge, Warnings, ct).ConfigureAwait(false);
        await CustomerMoves.Move(tx, merge, Directions, ct).ConfigureAwait(false);
        // A second link to the same parcel would be out of its owner's reach: it ends.
        foreach (var parcels in (await CustomerMoves.Move(tx, merge, Links, ct).ConfigureAwait(false)).Chunk(500))
            await tx.Execute("update parcels_shares set revoked_at = @now where customer_id = @From and parcel_id in @parcels and revoked_at is null",
                new { now = clock.GetUtcNow(), merge.From, parcels }, ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: links and warnings are again whose they were.</summary>
internal sealed class MoveLinksBackWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false);
        await CustomerMoves.MoveBack(tx, delivery.Event, MoveLinksWhenCustomersMerged.Links, ct).ConfigureAwait(false);
        await CustomerMoves.MoveBack(tx, delivery.Event, MoveLinksWhenCustomersMerged.Warnings, ct).ConfigureAwait(false);
        await CustomerMoves.MoveBack(tx, delivery.Event, MoveLinksWhenCustomersMerged.Directions, ct).ConfigureAwait(false);
    }
}
