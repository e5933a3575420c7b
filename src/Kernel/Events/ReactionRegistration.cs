using System.Text.Json;
using Courier.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Kernel.Events;

/// <summary>A reaction as a capability registered it.</summary>
public sealed class ReactionRegistration
{
    private readonly Func<IServiceProvider, IReadOnlyList<PendingDelivery>, Tx, CancellationToken, Task> _handle;

    private ReactionRegistration(string name, Type eventType, Type reaction, DeliveryOrder order, int batch,
        Func<IServiceProvider, IReadOnlyList<PendingDelivery>, Tx, CancellationToken, Task> handle)
    {
        Name = name;
        EventType = eventType;
        ReactionType = reaction;
        Order = order;
        BatchSize = batch;
        _handle = handle;
    }

    /// <summary>Stable name, stored with each delivery.</summary>
    public string Name { get; }

    /// <summary>The event's type.</summary>
    public Type EventType { get; }

    /// <summary>The class that handles it.</summary>
    public Type ReactionType { get; }

    /// <summary>Whether events of one aggregate are handled in their order.</summary>
    public DeliveryOrder Order { get; }

    /// <summary>At most so many events a transaction.</summary>
    public int BatchSize { get; }

    internal static ReactionRegistration Single<TEvent, TReaction>(string name, DeliveryOrder order)
        where TEvent : class, IEvent where TReaction : class, IReaction<TEvent> =>
        new(name, typeof(TEvent), typeof(TReaction), order, 1, (services, batch, tx, ct) =>
            services.GetRequiredService<TReaction>().Handle(Read<TEvent>(batch[0]), tx, ct));

    internal static ReactionRegistration Batch<TEvent, TReaction>(string name, int size, DeliveryOrder order)
        where TEvent : class, IEvent where TReaction : class, IBatchReaction<TEvent> =>
        new(name, typeof(TEvent), typeof(TReaction), order, size, (services, batch, tx, ct) =>
            services.GetRequiredService<TReaction>().Handle([.. batch.Select(Read<TEvent>)], tx, ct));

    internal Task Handle(IServiceProvider services, IReadOnlyList<PendingDelivery> batch, Tx tx, CancellationToken ct) =>
        _handle(services, batch, tx, ct);

    private static Delivery<TEvent> Read<TEvent>(PendingDelivery d) where TEvent : class, IEvent =>
        new(d.Id, (int)d.Attempts, JsonSerializer.Deserialize<TEvent>(d.Body, KernelJson.Options)
            ?? throw new JsonException($"the body of {d.Name} is null"));
}

/// <summary>A leased delivery with its message.</summary>
internal sealed record PendingDelivery
{
    public required string Id { get; init; }
    public required string Handler { get; init; }
    public required string Aggregate { get; init; }
    public required long Version { get; init; }
    public required long Attempts { get; init; }
    public required string Name { get; init; }
    public required string Body { get; init; }
}
