using Courier.Kernel;

namespace Courier.Services.Network;

/// <summary>Section <c>Network</c>.</summary>
public sealed record NetworkOptions : ICheckedOptions
{
    /// <summary>Digits of the code that opens a cell.</summary>
    public int OpenCodeDigits { get; init; } = 6;

    /// <summary>So many wrong codes lock whoever types them out of the locker.</summary>
    public int OpenCodeTries { get; init; } = 5;

    /// <summary>For how long they are locked out.</summary>
    public TimeSpan OpenCodeLock { get; init; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (OpenCodeDigits is < 6 or > 8) yield return "OpenCodeDigits must lie between 6 and 8";
        if (OpenCodeTries is < 1 or > 20) yield return "OpenCodeTries must lie between 1 and 20";
        if (OpenCodeLock < TimeSpan.FromMinutes(1) || OpenCodeLock > TimeSpan.FromHours(24)) yield return "OpenCodeLock must lie between 00:01:00 and 1.00:00:00";
    }
}
