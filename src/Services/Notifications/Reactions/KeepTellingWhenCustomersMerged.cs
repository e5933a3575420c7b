using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>Who turns out to be the same customer is told what both were to be told, and nothing twice.</summary>
internal sealed class KeepTellingWhenCustomersMerged(TimeProvider clock) : IReaction<CustomerMerged>
{
    internal const string Moved = "notification";

    private const string Move =
        """
        update notifications_messages set customer = @into
        where customer = @from and id not in (
          select id from (
            select f.id
            from notifications_messages f
            join notifications_messages t on t.customer = @into and t.dedupe_key = f.dedupe_key
            where f.customer = @from) twice)
        """;

    // What is left was planned for both: the other one's stands.
    private const string DropRest =
        """
        update notifications_messages
        set state = 'superseded', reason = 'customers_merged', finished_at = @now
        where customer = @from and state in ('planned', 'held')
        """;

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into) = (delivery.Event.From, delivery.Event.Into);
        var merge = delivery.Event.MergeId;
        if (!await CustomerMoves.Stands(tx, merge, ct).ConfigureAwait(false)) return;
        var theirs = await tx.Query<string>("select id from notifications_messages where customer = @from", new { from }, ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, merge, Moved, theirs, ct).ConfigureAwait(false);
        await tx.Execute(Move, new { from, into }, ct).ConfigureAwait(false);
        await tx.Execute(DropRest, new { from, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        await MergePreferences.Execute(tx, merge, from, into, ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: what was planned and sent for one is that one's again.</summary>
internal sealed class TellApartWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into, merge) = (delivery.Event.From, delivery.Event.Into, delivery.Event.MergeId);
        await CustomerMoves.Stands(tx, merge, ct).ConfigureAwait(false);
        foreach (var ids in (await CustomerMoves.Kept(tx, merge, KeepTellingWhenCustomersMerged.Moved, ct).ConfigureAwait(false)).Chunk(500))
            await tx.Execute("update notifications_messages set customer = @from where customer = @into and id in @ids", new { from, into, ids }, ct).ConfigureAwait(false);
        await MergePreferences.Undo(tx, merge, from, into, ct).ConfigureAwait(false);
    }
}
