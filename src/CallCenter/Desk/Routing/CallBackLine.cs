using System.Text.Json.Serialization;
using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.CallCenter.Routing;

/// <summary>How a call-back stands.</summary>
internal enum CallBackState
{
    /// <summary>Waits for its turn.</summary>
    Waiting,

    /// <summary>Agent and customer have spoken.</summary>
    Connected,

    /// <summary>Tried in vain to the end; the customer was told.</summary>
    NotReached,

    /// <summary>Somebody has taken it back, or a newer wish from the same number has taken its place.</summary>
    Cancelled,
}

/// <summary>A call-back, as it is kept: all of it, so that another process can go on with it.</summary>
internal sealed record CallBackLine
{
    public required string Id { get; init; }

    /// <summary>The call in which it was asked for.</summary>
    public required string CallId { get; init; }

    public required string Queue { get; init; }
    public required string Tier { get; init; }
    public required IReadOnlyList<SkillNeed> Skills { get; init; }
    public required CustomerId? Customer { get; init; }
    public required StaffId? LastAgent { get; init; }
    public required Phone Phone { get; init; }

    /// <summary>From when the waiting counts: the place in line.</summary>
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset AskedAt { get; init; }
    public required CallBackState State { get; init; }

    /// <summary>How often the customer was called.</summary>
    public required int Tries { get; init; }

    public required DateTimeOffset NextAt { get; init; }

    /// <summary>The process that has it.</summary>
    public required string Owner { get; init; }

    /// <summary>After this another process may take it.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public QueueTicket Ticket => new(CallId, Queue, Skills, Tier, Customer, LastAgent, Since);
}
