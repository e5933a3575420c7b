using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Network.Codes;

/// <summary>Codes go along with their customer, and the place in a family unless the other has one.</summary>
internal sealed class MoveCodesWhenCustomersMerged : IReaction<CustomerMerged>
{
    internal static readonly CustomerRows Codes = new("pickup_code", "network_codes", "same_key", "customer_id");
    internal static readonly CustomerRows Family = new("family", "network_family_members", "id", "customer_id");

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        var merge = delivery.Event;
        if (!await CustomerMoves.Stands(tx, merge.MergeId, ct).ConfigureAwait(false)) return;
        await CustomerMoves.Move(tx, merge, Codes, ct).ConfigureAwait(false);
        if (await tx.First<string>("select id from network_family_members where customer_id = @Into", new { merge.Into }, ct).ConfigureAwait(false) is null)
            await CustomerMoves.Move(tx, merge, Family, ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: each has codes and family back.</summary>
internal sealed class MoveCodesBackWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false);
        await CustomerMoves.MoveBack(tx, delivery.Event, MoveCodesWhenCustomersMerged.Codes, ct).ConfigureAwait(false);
        await CustomerMoves.MoveBack(tx, delivery.Event, MoveCodesWhenCustomersMerged.Family, ct).ConfigureAwait(false);
    }
}
