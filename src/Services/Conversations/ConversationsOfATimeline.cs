using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;

namespace Courier.Services.Conversations;

/// <summary>When a customer wrote to us, and what about.</summary>
internal sealed class ConversationsOfATimeline : ITimelinePart
{
    private const string Theirs =
        """
        select id as Id, number as Number, owner as Owner, topic as Topic, opened_at as At
        from conversations_conversations
        where customer = @customer and (@before is null or id < @before)
        order by id desc
        limit @limit
        """;

    public async Task<IReadOnlyList<TimelineEntry>> Before(ISqlReader db, CustomerId customer, string? before, int limit, CancellationToken ct) =>
        [.. (await db.Query<Row>(Theirs, new { customer, before, limit }, ct).ConfigureAwait(false)).Select(r => new TimelineEntry
        {
            Id = r.Id, Kind = TimelineKind.Conversation, At = r.At, Number = r.Number, State = EnumText<ConversationOwner>.Of(r.Owner), Words = r.Topic,
        })];

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Number { get; init; }
        public required ConversationOwner Owner { get; init; }
        public required string Topic { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
