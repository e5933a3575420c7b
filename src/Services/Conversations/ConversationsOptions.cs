using Courier.Kernel;

namespace Courier.Services.Conversations;

/// <summary>Section <c>Conversations</c>.</summary>
public sealed record ConversationsOptions : ICheckedOptions
{
    /// <summary>How long conversations are kept after their end, in days.</summary>
    public int KeepDays { get; init; } = 365;

    /// <summary>How long pictures and voices are kept, in days.</summary>
    public int MediaKeepDays { get; init; } = 90;

    /// <summary>Where pictures and voices lie, encrypted; empty for <c>media</c> in the data directory. Processes on several machines need a folder that they share.</summary>
    public string MediaFolder { get; init; } = "";

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (KeepDays is < 1 or > 3650) yield return "KeepDays must lie between 1 and 3650";
        if (MediaKeepDays is < 1 or > 3650) yield return "MediaKeepDays must lie between 1 and 3650";
    }
}
