using Courier.Kernel;

namespace Courier.Services.Conversations;

/// <summary>Section <c>Conversations</c>.</summary>
public sealed record ConversationsOptions : ICheckedOptions
{
    /// <summary>How long conversations are kept after their end, in days.</summary>
    public int KeepDays { get; init; } = 365;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (KeepDays is < 1 or > 3650) yield return "KeepDays must lie between 1 and 3650";
    }
}
