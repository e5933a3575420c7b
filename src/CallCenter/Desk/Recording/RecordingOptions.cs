namespace Courier.CallCenter.Recording;

/// <summary>Section <c>CallCenter:Recording</c>.</summary>
internal sealed record RecordingOptions
{
    /// <summary>Whether talks with agents are recorded; the caller is told before.</summary>
    public bool Talks { get; init; } = true;

    /// <summary>How many days recordings are kept.</summary>
    public int KeepDays { get; init; } = 180;

    /// <summary>One sentence for each wrong setting.</summary>
    public IEnumerable<string> Problems()
    {
        if (KeepDays is < 1 or > 3650) yield return "KeepDays must lie between 1 and 3650";
    }
}
