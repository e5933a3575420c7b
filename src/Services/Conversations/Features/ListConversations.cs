using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>What the desk sees: who waits, and who is being answered.</summary>
public static class ListConversations
{
    private const string Columns =
        """
        select c.id, c.number, c.customer, c.owner, c.agent, c.topic, c.queued_at as QueuedAt, m.at as LastMessageAt, m.body_cipher as BodyCipher, c.version
        from conversations_conversations c
        left join conversations_messages m on m.conversation_id = c.id and m.sequence = (
          select max(w.sequence) from conversations_messages w where w.conversation_id = c.id and w.author <> 'system')
        """;

    private const string Sql = Columns + "\n" +
        """
        where c.owner = 'queue' or (c.owner = 'agent' and (@agent is null or c.agent = @agent))
        order by case when c.owner = 'queue' then 0 else 1 end, c.queued_at, c.id
        limit @limit
        """;

    private const string ById = Columns + "\nwhere c.id = @id and c.queued_at is not null";

    /// <summary>Up to <paramref name="limit"/> open conversations that a person owns: first those that wait, the longest first, then the others.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypt the last message.</param>
    /// <param name="agent">Besides those that wait, only those of this agent; null for everybody's.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<ListedConversation>> Execute(ISqlReader db, DataKeys keys, StaffId? agent, int limit, CancellationToken ct)
    {
        var rows = await db.Query<Row>(Sql, new { agent = agent?.Text, limit = Math.Clamp(limit, 1, 200) }, ct).ConfigureAwait(false);
        return [.. rows.Select(r => r.Open(keys))];
    }

    /// <summary>One conversation that a person owns or owned; null when there is none with this id.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypt the last message.</param>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<ListedConversation?> One(ISqlReader db, DataKeys keys, string id, CancellationToken ct) =>
        (await db.First<Row>(ById, new { id }, ct).ConfigureAwait(false))?.Open(keys);

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Number { get; init; }
        public required CustomerId Customer { get; init; }
        public required ConversationOwner Owner { get; init; }
        public required StaffId? Agent { get; init; }
        public required string Topic { get; init; }
        public required DateTimeOffset QueuedAt { get; init; }
        public required DateTimeOffset? LastMessageAt { get; init; }
        public required string? BodyCipher { get; init; }
        public required long Version { get; init; }

        public ListedConversation Open(DataKeys keys) => new(
            Id, Number, Customer, Owner, Agent, Topic, QueuedAt, LastMessageAt, BodyCipher is { Length: > 0 } body ? keys.Decrypt(body) : "", Version);
    }
}
