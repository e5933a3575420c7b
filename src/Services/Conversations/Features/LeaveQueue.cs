using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>The customer does not want a person any more and goes back to the bot.</summary>
public static class LeaveQueue
{
    /// <summary>Closes the customer's conversation when a person owns it. The customer is not written to: the caller answers.</summary>
    /// <returns>False when no conversation is a person's matter.</returns>
    public static Task<bool> Execute(Db db, TimeProvider clock, CustomerId customer, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            if (await ConversationStore.Open(tx, customer, ct).ConfigureAwait(false) is not { } open) return false;
            var conversation = await ConversationStore.Lock(tx, open.Id, ct).ConfigureAwait(false);
            if (ConversationRules.After(conversation.Owner, ConversationAction.Leave) is not { } next) return false;
            var closed = await ConversationStore.Move(tx, clock, conversation, next, conversation.Agent, ct).ConfigureAwait(false);
            await ConversationStore.Add(tx, clock, closed, NewMessage.Happened("left", "left:" + closed.Id), ct).ConfigureAwait(false);
            await tx.Publish(new ConversationClosed(closed.Id, closed.Number, customer, closed.ReplyTo, closed.Version), ct).ConfigureAwait(false);
            return true;
        }, ct);
}
