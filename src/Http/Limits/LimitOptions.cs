using Courier.Kernel;

namespace Courier.Http.Limits;

/// <summary>Section <c>Limits</c>: how often one caller may call the customers' API. Each process counts for itself.</summary>
public sealed record LimitOptions : ICheckedOptions
{
    /// <summary>Requests a minute of one customer.</summary>
    public int CustomerPerMinute { get; init; } = 600;

    /// <summary>Requests a minute of one device (header <see cref="CallerNames.DeviceHeader"/>).</summary>
    public int DevicePerMinute { get; init; } = 600;

    /// <summary>Requests a minute from one network address; many phones share one behind an operator's gateway.</summary>
    public int AddressPerMinute { get; init; } = 3000;

    /// <summary>How often an hour one customer or device may name a number or link that shows nothing.</summary>
    public int MissesPerHour { get; init; } = 60;

    /// <summary>How often an hour those behind one network address may.</summary>
    public int AddressMissesPerHour { get; init; } = 600;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (CustomerPerMinute < 1) yield return "CustomerPerMinute must be positive";
        if (DevicePerMinute < 1) yield return "DevicePerMinute must be positive";
        if (AddressPerMinute < 1) yield return "AddressPerMinute must be positive";
        if (MissesPerHour < 1) yield return "MissesPerHour must be positive";
        if (AddressMissesPerHour < 1) yield return "AddressMissesPerHour must be positive";
    }
}
