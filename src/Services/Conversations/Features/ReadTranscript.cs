using Courier.Kernel.Data;

namespace Courier.Services.Conversations;

/// <summary>The messages of a conversation.</summary>
public static class ReadTranscript
{
    /// <summary>Up to <paramref name="limit"/> messages in their order, beginning after a sequence number.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypt the texts.</param>
    /// <param name="conversationId">Which conversation.</param>
    /// <param name="after">Only messages behind this sequence number; 0 for all.</param>
    /// <param name="limit">1 to 500.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<ConversationMessage>> Execute(ISqlReader db, DataKeys keys, string conversationId, long after, int limit, CancellationToken ct) => throw new NotSupportedException();
}
