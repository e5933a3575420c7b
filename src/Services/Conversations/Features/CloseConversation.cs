using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>A conversation is over: the customer is told, and the bot answers again.</summary>
public static class CloseConversation
{
    /// <summary>Closes it; closing it again changes nothing.</summary>
    /// <exception cref="Kernel.RuleBroken"><c>conversation.not_yours</c>: another agent has it; <c>conversation.unknown</c>.</exception>
    public static Task Execute(Db db, TimeProvider clock, string conversationId, StaffId agent, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var conversation = await ConversationStore.Lock(tx, conversationId, ct).ConfigureAwait(false);
            if (ConversationRules.After(conversation.Owner, ConversationAction.Close) is not { } next) return;
            if (conversation.Owner == ConversationOwner.Agent) ConversationRules.MustHave(conversation, agent);
            var closed = await ConversationStore.Move(tx, clock, conversation, next, conversation.Agent, ct).ConfigureAwait(false);
            var id = await ConversationStore.Add(tx, clock, closed, NewMessage.Happened(AnswersToSend.Closed, "closed:" + closed.Id), ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, agent, "conversation.closed", $"conversation:{closed.Id}", null, ct).ConfigureAwait(false);
            await tx.Publish(
            [
                new ConversationAnswered(closed.Id, id, closed.Version),
                new ConversationClosed(closed.Id, closed.Number, closed.Customer, closed.ReplyTo, closed.Version),
            ], ct).ConfigureAwait(false);
        }, ct);
}
