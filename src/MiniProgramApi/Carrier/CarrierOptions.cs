using Courier.Kernel;

namespace Courier.MiniProgramApi.Carrier;

/// <summary>Section <c>Carrier</c>.</summary>
public sealed record CarrierOptions : ICheckedOptions
{
    /// <summary>The systems that may register waybills and post routes.</summary>
    public IReadOnlyList<CarrierCore> Cores { get; init; } = [];

    /// <summary>A batch that the database has not taken by then is refused with 503, to be posted again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (Patience < TimeSpan.FromMilliseconds(100) || Patience > TimeSpan.FromMinutes(1)) yield return "Patience must lie between 00:00:00.100 and 00:01:00";
        for (var i = 0; i < Cores.Count; i++)
        {
            if (Cores[i].Name.Length is < 1 or > 64) yield return $"Cores:{i}:Name must have 1 to 64 characters";
            if (Cores[i].Key.Length is < 1 or > 64) yield return $"Cores:{i}:Key must have 1 to 64 characters";
            if (Cores[i].Secret.Length < 16) yield return $"Cores:{i}:Secret must have 16 characters or more";
            if (Cores[i].PreviousSecret.Length is > 0 and < 16) yield return $"Cores:{i}:PreviousSecret must be empty or have 16 characters or more";
        }
        if (Cores.DistinctBy(c => c.Key).Count() < Cores.Count) yield return "Cores must have different keys";
        if (Cores.DistinctBy(c => c.Name).Count() < Cores.Count) yield return "Cores must have different names";
    }
}

/// <summary>A carrier's own system.</summary>
public sealed record CarrierCore
{
    /// <summary>Stable name: the waybills that it registers belong to it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it calls itself in <c>X-Courier-Key</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Signs its requests.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The secret before the last change, still accepted; empty for none.</summary>
    public string PreviousSecret { get; init; } = "";
}
