using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Addresses.Book;

/// <summary>The address book goes along with its customer; what both have stands once.</summary>
internal sealed class MoveBookWhenCustomersMerged : IReaction<CustomerMerged>
{
    internal static readonly CustomerRows[] Rows =
    [
        new("address", "addresses_entries", "same_key", "customer_id"),
        new("address_default", "addresses_defaults", "purpose", "customer_id"),
        new("address_share", "addresses_shares", "token_hash", "customer_id"),
    ];

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        if (!await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false)) return;
        foreach (var rows in Rows) await CustomerMoves.Move(tx, delivery.Event, rows, ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: each has the book back.</summary>
internal sealed class MoveBookBackWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false);
        foreach (var rows in MoveBookWhenCustomersMerged.Rows) await CustomerMoves.MoveBack(tx, delivery.Event, rows, ct).ConfigureAwait(false);
    }
}
