using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>An agent takes a conversation out of the queue.</summary>
public static class TakeConversation
{
    /// <summary>Gives the conversation to the agent; the agent who has it already keeps it.</summary>
    /// <exception cref="Kernel.RuleBroken"><c>conversation.taken</c>: another agent has it; <c>conversation.not_waiting</c>: it is closed or the bot's; <c>conversation.unknown</c>.</exception>
    public static Task<ConversationState> Execute(Db db, TimeProvider clock, string conversationId, StaffId agent, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var conversation = await ConversationStore.Lock(tx, conversationId, ct).ConfigureAwait(false);
            if (ConversationRules.Take(conversation, agent) is not { } next) return conversation.State;
            var taken = await ConversationStore.Move(tx, clock, conversation, next, agent, ct).ConfigureAwait(false);
            await ConversationStore.Add(tx, clock, taken, NewMessage.Happened("taken", $"taken:{taken.Id}:{taken.Version}"), ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, agent, "conversation.taken", $"conversation:{taken.Id}", null, ct).ConfigureAwait(false);
            await tx.Publish(new ConversationTaken(taken.Id, agent, taken.Version), ct).ConfigureAwait(false);
            return taken.State;
        }, ct);
}
