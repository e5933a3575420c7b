using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>Shows an order to its owner: who placed it, or holds the sender's number.</summary>
public static class ShowOrder
{
    private const string History =
        """
        select version as Version, action as Action, status as Status, actor as Actor, note_cipher as Note, at as At
        from orders_history
        where order_id = @id
        order by version
        """;

    /// <summary>The order with what was done to it; null when there is none, or it is not this customer's.</summary>
    public static async Task<ShownOrder?> Execute(ISqlReader db, DataKeys keys, CustomerId customer, string id, CancellationToken ct)
    {
        if (await OrderReading.Of(db, keys, id, ct).ConfigureAwait(false) is not { } order) return null;
        if (!await IsOwner(db, customer, order.Customer, order.SenderPhoneHash, ct).ConfigureAwait(false)) return null;
        return await Whole(db, keys, order, ct).ConfigureAwait(false);
    }

    /// <summary>The order with what was done to it, for those who have another right to it.</summary>
    internal static async Task<ShownOrder> Whole(ISqlReader db, DataKeys keys, ReadOrder order, CancellationToken ct) =>
        new(order, [.. (await db.Query<OrderStep>(History, new { id = order.Id }, ct).ConfigureAwait(false)).Select(s => s with { Note = s.Note.Length == 0 ? "" : keys.Decrypt(s.Note) })]);

    /// <summary>May this customer see and change the order?</summary>
    internal static async Task<bool> IsOwner(ISqlReader db, CustomerId customer, string placedBy, string senderPhoneHash, CancellationToken ct) =>
        placedBy == customer.Text
        || (senderPhoneHash.Length > 0 && (await VerifiedPhones.Of(db, customer, ct).ConfigureAwait(false)).Any(p => p.Hash == senderPhoneHash));
}

/// <summary>An order and what was done to it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Steps">What was done after it was placed, in that order.</param>
public sealed record ShownOrder(ReadOrder Order, IReadOnlyList<OrderStep> Steps);

/// <summary>Something that was done to an order.</summary>
public sealed record OrderStep
{
    /// <summary>The order's version after it.</summary>
    public required long Version { get; init; }

    /// <summary>What.</summary>
    public required OrderAction Action { get; init; }

    /// <summary>Where the order stood then.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Who did it.</summary>
    public required OrderActor Actor { get; init; }

    /// <summary>What people read about it; may be empty.</summary>
    public required string Note { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
