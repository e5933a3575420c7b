using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>Who turns out to be the same customer keeps both histories and one open conversation: a person's before the bot's.</summary>
internal sealed class JoinConversationsWhenCustomersMerged(TimeProvider clock) : IReaction<CustomerMerged>
{
    private const string Conversations =
        """
        update conversations_conversations
        set customer = @into, open_key = case when open_key is null then null else @into end, version = version + 1
        where customer = @from
        """;

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into) = (delivery.Event.From, delivery.Event.Into);
        var (theirs, ours) = (await ConversationStore.Open(tx, from, ct).ConfigureAwait(false), await ConversationStore.Open(tx, into, ct).ConfigureAwait(false));
        if (theirs is not null && ours is not null)
        {
            var ends = theirs.State.BotIsSilent && !ours.State.BotIsSilent ? ours : theirs;
            var closed = await ConversationStore.Move(tx, clock, ends, ConversationOwner.Closed, ends.Agent, ct).ConfigureAwait(false);
            await ConversationStore.Add(tx, clock, closed, NewMessage.Happened("merged", "merged:" + closed.Id), ct).ConfigureAwait(false);
        }
        await tx.Execute(Conversations, new { from, into }, ct).ConfigureAwait(false);
        await tx.Execute("update conversations_messages set customer = @into where customer = @from", new { from, into }, ct).ConfigureAwait(false);
    }
}
