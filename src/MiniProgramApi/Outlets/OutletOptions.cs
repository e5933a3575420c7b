using Courier.Kernel;
using Courier.MiniProgramApi.Carrier;

namespace Courier.MiniProgramApi.Outlets;

/// <summary>Section <c>Outlets</c>: the counters that take parcels in.</summary>
public sealed record OutletOptions : ICheckedOptions
{
    /// <summary>A key for each outlet's counter.</summary>
    public IReadOnlyList<Counter> Counters { get; init; } = [];

    /// <inheritdoc />
    public IEnumerable<string> Problems() => Signers().Problems().Select(p => p.Replace("Cores", "Counters", StringComparison.Ordinal).Replace(":Name", ":Outlet", StringComparison.Ordinal));

    /// <summary>The same as signers of requests.</summary>
    internal CarrierOptions Signers() => new()
    {
        Cores = [.. Counters.Select(c => new CarrierCore { Name = c.Outlet, Key = c.Key, Secret = c.Secret, PreviousSecret = c.PreviousSecret })],
    };
}

/// <summary>A counter.</summary>
public sealed record Counter
{
    /// <summary>Code of the outlet.</summary>
    public string Outlet { get; init; } = "";

    /// <summary>What it calls itself in <c>X-Courier-Key</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Signs its requests.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The secret before the last change; empty for none.</summary>
    public string PreviousSecret { get; init; } = "";
}
