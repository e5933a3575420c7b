namespace Courier.Services.Customers.Timeline;

/// <summary>What happened with a customer.</summary>
public enum TimelineKind
{
    /// <summary>The customer ordered something.</summary>
    Order,

    /// <summary>The customer wrote to us.</summary>
    Conversation,

    /// <summary>The customer called.</summary>
    CallIn,

    /// <summary>We called the customer.</summary>
    CallOut,
}

/// <summary>One thing that happened with a customer, as it stands now.</summary>
public sealed record TimelineEntry
{
    /// <summary>Its id in its capability; all are made by <see cref="Kernel.Ids"/>, so that they sort by when it began.</summary>
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By what people speak of it: an order's number, a conversation's, the hotline that was called.</summary>
    public required string Number { get; init; }

    /// <summary>What has become of it, as its capability's code: <c>picked_up</c>, <c>closed</c>, <c>completed</c>; empty while a call goes on.</summary>
    public required string State { get; init; }

    /// <summary>What it is about, as people read it; may be empty.</summary>
    public required string Words { get; init; }
}
