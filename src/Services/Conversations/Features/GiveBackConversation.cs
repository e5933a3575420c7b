using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>An agent cannot go on (end of the shift, wrong skill): the customer waits for the next one.</summary>
public static class GiveBackConversation
{
    /// <summary>Puts the conversation back into the queue.</summary>
    /// <exception cref="Kernel.RuleBroken"><c>conversation.not_yours</c>, <c>conversation.unknown</c>.</exception>
    public static Task Execute(Db db, TimeProvider clock, string conversationId, StaffId agent, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var conversation = await ConversationStore.Lock(tx, conversationId, ct).ConfigureAwait(false);
            ConversationRules.MustHave(conversation, agent);
            var next = ConversationRules.After(conversation.Owner, ConversationAction.GiveBack)!.Value;
            var queued = await ConversationStore.Move(tx, clock, conversation, next, null, ct).ConfigureAwait(false);
            await ConversationStore.Add(tx, clock, queued, NewMessage.Happened("given_back", $"given_back:{queued.Id}:{queued.Version}"), ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, agent, "conversation.given_back", "conversation:" + queued.Id, null, ct).ConfigureAwait(false);
            await tx.Publish(new ConversationHandedOff(queued.Id, queued.Number, queued.Customer, queued.Version), ct).ConfigureAwait(false);
        }, ct);
}
