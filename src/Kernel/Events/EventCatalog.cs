using System.Reflection;

namespace Courier.Kernel.Events;

/// <summary>Which event has which wire name, and who reacts to it. Made once at start; two of a name stop the start.</summary>
public sealed class EventCatalog
{
    private readonly Dictionary<string, ReactionRegistration> _byName;
    private readonly ILookup<Type, ReactionRegistration> _byEvent;

    /// <summary>Checks and indexes the registrations.</summary>
    /// <exception cref="InvalidOperationException">Two reactions have one name, or an event has no wire name.</exception>
    public EventCatalog(IReadOnlyList<ReactionRegistration> reactions)
    {
        if (reactions.GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"two reactions are called {twice.Key}");
        foreach (var reaction in reactions) _ = WireName(reaction.EventType);
        Reactions = reactions;
        _byName = reactions.ToDictionary(r => r.Name, StringComparer.Ordinal);
        _byEvent = reactions.ToLookup(r => r.EventType);
    }

    /// <summary>All reactions.</summary>
    public IReadOnlyList<ReactionRegistration> Reactions { get; }

    /// <summary>The wire name of an event type.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static string WireName(Type eventType) =>
        eventType.GetCustomAttribute<EventNameAttribute>()?.Name
        ?? throw new InvalidOperationException($"{eventType.Name} has no wire name");

    internal IEnumerable<ReactionRegistration> For(Type eventType) => _byEvent[eventType];

    internal ReactionRegistration? Named(string handler) => _byName.GetValueOrDefault(handler);
}
