using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Knowledge;

/// <summary>Whoever was told of an incident under another name is not told again.</summary>
internal sealed class RememberToldWhenCustomersMerged : IReaction<CustomerMerged>
{
    internal static readonly CustomerRows Told = new("incident", "knowledge_incident_audience", "incident_id", "customer");

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        if (await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false)) await CustomerMoves.Move(tx, delivery.Event, Told, ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: each was told what each was told.</summary>
internal sealed class RememberToldApartWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false);
        await CustomerMoves.MoveBack(tx, delivery.Event, RememberToldWhenCustomersMerged.Told, ct).ConfigureAwait(false);
    }
}
