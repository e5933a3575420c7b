namespace Courier.Sip.Registrar;

/// <summary>How long and how much may be registered.</summary>
public sealed record RegistrarOptions
{
    /// <summary>The shortest registration; a shorter wish is refused with 423.</summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest; a longer wish gets this.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What is given to those who have no wish.</summary>
    public TimeSpan Usual { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many places one address may have.</summary>
    public int MostBindings { get; init; } = 10;
}
