namespace Courier.Kernel.Events;

/// <summary>Something that happened, told to others after the change that caused it was committed.</summary>
public interface IEvent
{
    /// <summary>What it happened to: events with the same aggregate can be handled in their order.</summary>
    string Aggregate { get; }

    /// <summary>The aggregate's version after the change; grows with every event of the aggregate.</summary>
    long Version { get; }
}

/// <summary>The stable wire name of an event: <c>parcel.delivered.v1</c>. Every event has one.</summary>
/// <param name="name">The wire name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The wire name.</summary>
    public string Name { get; } = name;
}

/// <summary>Whether a reaction needs the events of one aggregate in their order.</summary>
public enum DeliveryOrder
{
    /// <summary>Any order, in parallel.</summary>
    None,

    /// <summary>By the aggregate's version; one that is dead stops only its own aggregate, until a person re-queues or drops it.</summary>
    PerAggregate,

    /// <summary>By the aggregate's version; when one is dead, a newer event of the aggregate supersedes it.</summary>
    LatestWins,
}

/// <summary>An event on its way to one reaction.</summary>
/// <typeparam name="TEvent">The event's type.</typeparam>
/// <param name="Id">Id of the delivery: the same at every attempt, so it serves as the idempotency key of outside effects.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="Event">What happened.</param>
public sealed record Delivery<TEvent>(string Id, int Attempt, TEvent Event) where TEvent : class, IEvent;

/// <summary>Reacts to one event. What it changes through the transaction and "done" commit together.</summary>
/// <typeparam name="TEvent">The event's type.</typeparam>
public interface IReaction<TEvent> where TEvent : class, IEvent
{
    /// <summary>Handles the event. An exception leaves nothing behind and the event comes again later.</summary>
    Task Handle(Delivery<TEvent> delivery, Data.Tx tx, CancellationToken ct);
}

/// <summary>Reacts to several events in one transaction.</summary>
/// <typeparam name="TEvent">The event's type.</typeparam>
public interface IBatchReaction<TEvent> where TEvent : class, IEvent
{
    /// <summary>Handles the events, which come in the order of their creation. An exception undoes the batch; the events then come again one by one.</summary>
    Task Handle(IReadOnlyList<Delivery<TEvent>> batch, Data.Tx tx, CancellationToken ct);
}
