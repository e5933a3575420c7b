using Courier.Kernel;

namespace Courier.Http.Clients;

/// <summary>Section <c>App</c>: which versions of the customers' app are served.</summary>
public sealed record AppOptions : ICheckedOptions
{
    /// <summary>One entry a platform; a platform without one is served whatever its version.</summary>
    public IReadOnlyList<AppRelease> Releases { get; init; } = [];

    /// <inheritdoc />
    public IEnumerable<string> Problems() =>
        Releases.SelectMany((r, i) => r.Problems().Select(p => FormattableString.Invariant($"Releases:{i}:{p}")))
            .Concat(Releases.GroupBy(r => r.Platform).Where(g => g.Count() > 1).Select(g => $"Releases: {g.Key} is there twice"));
}

/// <summary>The versions of one platform.</summary>
public sealed record AppRelease
{
    /// <summary><c>mp-weixin</c>, <c>h5</c>: as the app names itself in the header.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Older versions are refused, on every device.</summary>
    public string Minimum { get; init; } = "0.0.0";

    /// <summary>The version that is being rolled out; empty for none.</summary>
    public string Latest { get; init; } = "";

    /// <summary>To how many devices of a hundred it is rolled out. The same devices stay in when the share grows.</summary>
    public int RolloutPercent { get; init; } = 100;

    /// <summary>Are devices of that share refused until they have it, instead of being asked to take it?</summary>
    public bool ForceLatest { get; init; }

    /// <summary>What is new, in a sentence for customers; may be empty.</summary>
    public string News { get; init; } = "";

    internal AppVersion Oldest => AppVersion.TryParse(Minimum, out var version) ? version : default;

    internal AppVersion? Newest => AppVersion.TryParse(Latest, out var version) ? version : null;

    internal IEnumerable<string> Problems()
    {
        if (Platform.Length is < 1 or > 20 || !Platform.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) yield return "Platform must be 1 to 20 lower-case letters, digits or hyphens";
        if (!AppVersion.TryParse(Minimum, out _)) yield return "Minimum must be a version such as 1.4.0";
        if (Latest.Length > 0 && Newest is null) yield return "Latest must be a version such as 1.4.0, or empty";
        if (Newest < Oldest) yield return "Latest must not be older than Minimum";
        if (RolloutPercent is < 0 or > 100) yield return "RolloutPercent must lie between 0 and 100";
    }
}
