using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>Who turns out to be the same customer keeps both histories and one open conversation: a person's before the bot's.</summary>
internal sealed class JoinConversationsWhenCustomersMerged(TimeProvider clock) : IReaction<CustomerMerged>
{
    internal const string Moved = "conversation";

    private const string Conversations =
        """
        update conversations_conversations
        set customer = @into, open_key = case when open_key is null then null else @into end, version = version + 1
        where customer = @from
        """;

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into, merge) = (delivery.Event.From, delivery.Event.Into, delivery.Event.MergeId);
        if (!await CustomerMoves.Stands(tx, merge, ct).ConfigureAwait(false)) return;
        await KeepOneOpen(tx, clock, from, into, ct).ConfigureAwait(false);
        var ids = await tx.Query<string>("select id from conversations_conversations where customer = @from", new { from }, ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, merge, Moved, ids, ct).ConfigureAwait(false);
        await tx.Execute(Conversations, new { from, into }, ct).ConfigureAwait(false);
        await tx.Execute("update conversations_messages set customer = @into where customer = @from", new { from, into }, ct).ConfigureAwait(false);
    }

    internal static async Task KeepOneOpen(Tx tx, TimeProvider clock, CustomerId one, CustomerId other, CancellationToken ct)
    {
        var (theirs, ours) = (await ConversationStore.Open(tx, one, ct).ConfigureAwait(false), await ConversationStore.Open(tx, other, ct).ConfigureAwait(false));
        if (theirs is null || ours is null) return;
        var ends = theirs.State.BotIsSilent && !ours.State.BotIsSilent ? ours : theirs;
        var closed = await ConversationStore.Move(tx, clock, ends, ConversationOwner.Closed, ends.Agent, ct).ConfigureAwait(false);
        await ConversationStore.Add(tx, clock, closed, NewMessage.Happened("merged", "merged:" + closed.Id), ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: the conversations that moved go back; one that is still open stays open unless another was begun since.</summary>
internal sealed class PartConversationsWhenMergeUndone(TimeProvider clock) : IReaction<CustomerMergeUndone>
{
    private const string Conversations =
        """
        update conversations_conversations
        set customer = @from, open_key = case when open_key is null then null else @from end, version = version + 1
        where customer = @into and id in @ids
        """;

    private const string OpenOnes = "select count(*) from conversations_conversations where customer = @into and open_key is not null and id in @ids";

    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into, merge) = (delivery.Event.From, delivery.Event.Into, delivery.Event.MergeId);
        await CustomerMoves.Stands(tx, merge, ct).ConfigureAwait(false);
        foreach (var ids in (await CustomerMoves.Kept(tx, merge, JoinConversationsWhenCustomersMerged.Moved, ct).ConfigureAwait(false)).Chunk(500))
        {
            if (await tx.First<long>(OpenOnes, new { into, ids }, ct).ConfigureAwait(false) > 0)
                await JoinConversationsWhenCustomersMerged.KeepOneOpen(tx, clock, into, from, ct).ConfigureAwait(false);
            await tx.Execute(Conversations, new { from, into, ids }, ct).ConfigureAwait(false);
            await tx.Execute("update conversations_messages set customer = @from where customer = @into and conversation_id in @ids", new { from, into, ids }, ct).ConfigureAwait(false);
        }
    }
}
