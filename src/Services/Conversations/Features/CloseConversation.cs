using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>A conversation is over: the customer is told, and the bot answers again.</summary>
public static class CloseConversation
{
    /// <summary>Closes it; closing it again changes nothing.</summary>
    /// <exception cref="Kernel.RuleBroken"><c>conversation.not_yours</c>: another agent has it; <c>conversation.unknown</c>.</exception>
    public static Task Execute(Db db, TimeProvider clock, string conversationId, StaffId agent, CancellationToken ct) => throw new NotSupportedException();
}
