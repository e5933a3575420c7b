using Courier.Kernel;
using Courier.MiniProgramApi.Carrier;
using Courier.Services.Network;

namespace Courier.MiniProgramApi.Devices;

/// <summary>Section <c>Lockers</c>: the lockers that speak for themselves.</summary>
public sealed record DeviceOptions : ICheckedOptions
{
    /// <summary>A key for each locker.</summary>
    public IReadOnlyList<LockerDevice> Devices { get; init; } = [];

    /// <inheritdoc />
    public IEnumerable<string> Problems() =>
    [
        .. Signers().Problems().Select(p => p.Replace("Cores", "Devices", StringComparison.Ordinal).Replace(":Name", ":Locker", StringComparison.Ordinal)),
        .. Devices.Select((d, i) => (d, i)).Where(x => !LockerCode.TryParse(x.d.Locker, null, out _)).Select(x => FormattableString.Invariant($"Devices:{x.i}:Locker must be a locker's code")),
    ];

    /// <summary>The same as signers of requests.</summary>
    internal CarrierOptions Signers() => new()
    {
        Cores = [.. Devices.Select(d => new CarrierCore { Name = d.Locker, Key = d.Key, Secret = d.Secret, PreviousSecret = d.PreviousSecret })],
    };
}

/// <summary>A locker's own computer.</summary>
public sealed record LockerDevice
{
    /// <summary>Code of the locker.</summary>
    public string Locker { get; init; } = "";

    /// <summary>What it calls itself in <c>X-Courier-Key</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Signs its requests.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The secret before the last change; empty for none.</summary>
    public string PreviousSecret { get; init; } = "";
}
