using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>An agent takes a conversation out of the queue.</summary>
public static class TakeConversation
{
    /// <summary>Gives the conversation to the agent; the agent who has it already keeps it.</summary>
    /// <exception cref="Kernel.RuleBroken"><c>conversation.taken</c>: another agent has it; <c>conversation.not_waiting</c>: it is closed or the bot's; <c>conversation.unknown</c>.</exception>
    public static Task<ConversationState> Execute(Db db, TimeProvider clock, string conversationId, StaffId agent, CancellationToken ct) => throw new NotSupportedException();
}
