using Courier.Kernel.Data;

namespace Courier.Services.Conversations;

/// <summary>The messages of a conversation.</summary>
public static class ReadTranscript
{
    private const string Sql =
        """
        select m.id, m.sequence, m.author, m.kind, m.body_cipher as BodyCipher, m.media_id as MediaId, m.at, d.state as Media
        from conversations_messages m
        left join conversations_media d on d.message_id = m.id
        where m.conversation_id = @conversationId and m.sequence > @after
        order by m.sequence
        limit @limit
        """;

    /// <summary>Up to <paramref name="limit"/> messages in their order, beginning after a sequence number.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypt the texts.</param>
    /// <param name="conversationId">Which conversation.</param>
    /// <param name="after">Only messages behind this sequence number; 0 for all.</param>
    /// <param name="limit">1 to 500.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<ConversationMessage>> Execute(
        ISqlReader db, DataKeys keys, string conversationId, long after, int limit, CancellationToken ct)
    {
        var rows = await db.Query<Row>(Sql, new { conversationId, after, limit = Math.Clamp(limit, 1, 500) }, ct).ConfigureAwait(false);
        return [.. rows.Select(r => new ConversationMessage(
            r.Id, r.Sequence, r.Author, r.Kind, r.BodyCipher.Length == 0 ? "" : keys.Decrypt(r.BodyCipher), r.MediaId, r.At, r.Media))];
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required long Sequence { get; init; }
        public required MessageAuthor Author { get; init; }
        public required string Kind { get; init; }
        public required string BodyCipher { get; init; }
        public required string? MediaId { get; init; }
        public required DateTimeOffset At { get; init; }
        public required MediaState? Media { get; init; }
    }
}
