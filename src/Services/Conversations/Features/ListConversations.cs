using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>What the desk sees: who waits, and who is being answered.</summary>
public static class ListConversations
{
    /// <summary>Up to <paramref name="limit"/> open conversations that a person owns: first those that wait, the longest first, then the others.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypt the last message.</param>
    /// <param name="agent">Besides those that wait, only those of this agent; null for everybody's.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<ListedConversation>> Execute(ISqlReader db, DataKeys keys, StaffId? agent, int limit, CancellationToken ct) => throw new NotSupportedException();
}
