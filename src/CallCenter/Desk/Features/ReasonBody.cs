using Courier.Http;

namespace Courier.CallCenter;

/// <summary>Why something is done; goes to the audit trail.</summary>
internal sealed record ReasonBody(string? Reason)
{
    public const int Longest = 200;

    /// <summary>The reason, or null when none was given.</summary>
    public string? Checked() => Reason?.Trim() switch
    {
        null or "" => null,
        { Length: > Longest } => throw new BadInput("reason", Texts.ReasonTooLong),
        var reason => reason,
    };
}
