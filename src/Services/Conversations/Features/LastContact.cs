using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>When a customer was last in touch with people.</summary>
public sealed record LastContact
{
    private const string Newest =
        """
        select number as Number, owner as Owner, agent as Agent, coalesce(closed_at, taken_at, queued_at) as At
        from conversations_conversations
        where customer = @customer and queued_at is not null
        order by opened_at desc
        limit 1
        """;

    /// <summary>The conversation's speakable number.</summary>
    public required string Number { get; init; }

    /// <summary>Whose turn it is.</summary>
    public required ConversationOwner Owner { get; init; }

    /// <summary>Who answers, or answered last; null when nobody did.</summary>
    public StaffId? Agent { get; init; }

    /// <summary>When it ended; of an open one when somebody took it, or when it came into the queue.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Does it go on?</summary>
    public bool IsOpen => Owner != ConversationOwner.Closed;

    /// <summary>The customer's last conversation that people were wanted in; null when there is none.</summary>
    public static Task<LastContact?> Of(ISqlReader db, CustomerId customer, CancellationToken ct) => db.First<LastContact>(Newest, new { customer }, ct);
}
