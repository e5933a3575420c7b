using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>A message that must reach the customer.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="Customer">Who gets it.</param>
/// <param name="Sequence">Its place in the conversation.</param>
/// <param name="Text">What is written, decrypted.</param>
/// <param name="Channel">Where the customer wrote to us.</param>
public sealed record AnswerToSend(string MessageId, string ConversationId, CustomerId Customer, long Sequence, string Text, ChannelAddress Channel);

/// <summary>What <see cref="ConversationAnswered"/> told of, ready to be sent.</summary>
public static class AnswersToSend
{
    internal const string Closed = "closed";

    private const string Sql =
        """
        select m.id, m.conversation_id as ConversationId, m.customer, m.sequence, m.kind, m.author, m.body_cipher as BodyCipher,
          c.number, c.channel, c.app_id as AppId, c.address
        from conversations_messages m
        join conversations_conversations c on c.id = m.conversation_id
        where m.id in @messageIds
        order by m.conversation_id, m.sequence
        """;

    /// <summary>The messages with their texts and addresses; one that is gone meanwhile is left out.</summary>
    public static async Task<IReadOnlyList<AnswerToSend>> Of(ISqlReader db, DataKeys keys, IReadOnlyCollection<string> messageIds, CancellationToken ct)
    {
        if (messageIds.Count == 0) return [];
        var rows = await db.Query<Row>(Sql, new { messageIds }, ct).ConfigureAwait(false);
        return [.. rows.Select(r => new AnswerToSend(
            r.Id, r.ConversationId, r.Customer, r.Sequence, r.Author == MessageAuthor.System && r.Kind == Closed ? Texts.ConversationClosed(r.Number) : keys.Decrypt(r.BodyCipher),
            new ChannelAddress(r.Channel, r.AppId, r.Address)))];
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string ConversationId { get; init; }
        public required CustomerId Customer { get; init; }
        public required long Sequence { get; init; }
        public required string Kind { get; init; }
        public required MessageAuthor Author { get; init; }
        public required string BodyCipher { get; init; }
        public required string Number { get; init; }
        public required string Channel { get; init; }
        public required string AppId { get; init; }
        public required string Address { get; init; }
    }
}
