namespace Courier.CallCenter.Ivr;

/// <summary>Something that a flow can look up, decide by, or do.</summary>
/// <param name="name">Its name in flows: <c>parcel.by_number</c>.</param>
/// <param name="type">In which type of node it stands.</param>
/// <param name="title">What operators read.</param>
/// <param name="outcomes">What may come of it; none when that cannot be told beforehand (tiers).</param>
/// <param name="values">The values that it fills in for what is said afterwards.</param>
internal abstract class Deed(string name, NodeType type, string title, NamedThing[] outcomes, params NamedThing[] values)
{
    /// <summary>Its name in flows.</summary>
    public string Name => name;

    /// <summary>In which type of node it stands.</summary>
    public NodeType Type => type;

    /// <summary>What operators read.</summary>
    public string Title => title;

    /// <summary>What may come of it.</summary>
    public IReadOnlyList<NamedThing> Outcomes => outcomes;

    /// <summary>The values that it fills in.</summary>
    public IReadOnlyList<NamedThing> Values => values;

    /// <summary>Does it, or finds out.</summary>
    /// <returns>What came of it: the name of an outcome.</returns>
    public abstract Task<string> Do(FlowCall call, CancellationToken ct);
}

/// <summary>An outcome or a value.</summary>
/// <param name="Name">In flows.</param>
/// <param name="Title">What operators read.</param>
internal sealed record NamedThing(string Name, string Title);

/// <summary>All deeds by name.</summary>
internal sealed class DeedBook(IEnumerable<Deed> deeds)
{
    private readonly Dictionary<string, Deed> _deeds = deeds.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>All, in the order of registration.</summary>
    public IReadOnlyCollection<Deed> All => _deeds.Values;

    /// <summary>What can be said: the values of the call itself, and those of the deeds.</summary>
    public IEnumerable<NamedThing> Values => FlowCall.OwnValues.Concat(_deeds.Values.SelectMany(d => d.Values)).DistinctBy(v => v.Name);

    /// <summary>One; null when there is none of this name.</summary>
    public Deed? Find(string name) => _deeds.GetValueOrDefault(name);
}
