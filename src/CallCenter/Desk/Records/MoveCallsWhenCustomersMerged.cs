using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.CallCenter.Records;

/// <summary>Calls, their recordings and wishes to be called back go along with the customer.</summary>
internal sealed class MoveCallsWhenCustomersMerged : IReaction<CustomerMerged>
{
    internal static readonly CustomerRows[] Rows =
        [new("call", "calls_calls", "id", "customer_id"), new("recording", "calls_recordings", "id", "customer_id"), new("call_back", "calls_callbacks", "id", "customer_id")];

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        if (!await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false)) return;
        foreach (var rows in Rows) await CustomerMoves.Move(tx, delivery.Event, rows, ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: calls are again whose they were.</summary>
internal sealed class MoveCallsBackWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false);
        foreach (var rows in MoveCallsWhenCustomersMerged.Rows) await CustomerMoves.MoveBack(tx, delivery.Event, rows, ct).ConfigureAwait(false);
    }
}
