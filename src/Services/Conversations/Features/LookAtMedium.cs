using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>A member of staff looks at a picture or hears a voice; each look is audited.</summary>
public static class LookAtMedium
{
    private const string Sql =
        """
        select d.id as Id, d.state as State, d.content_type as ContentType, d.key_cipher as KeyCipher, c.owner as Owner, c.agent as Agent, c.customer as Customer
        from conversations_media d
        join conversations_conversations c on c.id = d.conversation_id
        where d.message_id = @messageId and d.conversation_id = @conversationId
        """;

    /// <summary>Reads it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="files">Where the files lie.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="messageId">The message that carries it.</param>
    /// <param name="by">Who looks.</param>
    /// <param name="seesAll">May this member of staff see everybody's conversations? Others see those that wait and their own.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Null when there is none, it is not fetched yet, or its time of keeping is over.</returns>
    /// <exception cref="RuleBroken"><c>conversation.not_yours</c>.</exception>
    public static async Task<SeenMedium?> Execute(
        Db db, TimeProvider clock, MediaFiles files, string conversationId, string messageId, StaffId by, bool seesAll, CancellationToken ct)
    {
        if (await db.First<Row>(Sql, new { conversationId, messageId }, ct).ConfigureAwait(false) is not { } medium) return null;
        if (!seesAll && medium.Owner != ConversationOwner.Queue && medium.Agent != by) throw new RuleBroken("conversation.not_yours", Texts.NotYours);
        if (medium.State != MediaState.Kept || await files.Read(medium.Id, medium.KeyCipher, ct).ConfigureAwait(false) is not { } content) return null;
        await db.InTransaction(tx => Audit.Record(tx, clock, by, "conversation.medium_seen", "message:" + messageId, null, ct), ct).ConfigureAwait(false);
        return new SeenMedium(content, medium.ContentType, medium.Customer);
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required MediaState State { get; init; }
        public required string ContentType { get; init; }
        public required string KeyCipher { get; init; }
        public required ConversationOwner Owner { get; init; }
        public required StaffId? Agent { get; init; }
        public required CustomerId Customer { get; init; }
    }
}

/// <summary>A medium.</summary>
/// <param name="Content">The file, decrypted.</param>
/// <param name="ContentType">What it is by its first bytes; <c>application/octet-stream</c> when that is not known.</param>
/// <param name="Customer">Who sent it.</param>
public sealed record SeenMedium(byte[] Content, string ContentType, CustomerId Customer);
