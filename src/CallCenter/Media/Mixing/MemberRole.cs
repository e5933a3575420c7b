namespace Courier.Media.Mixing;

/// <summary>What a member of a conference says and hears.</summary>
public sealed record MemberRole
{
    private MemberRole(MediaLeg? whispersTo, bool speaks) => (WhispersTo, Speaks) = (whispersTo, speaks);

    /// <summary>Speaks to all and hears all.</summary>
    public static MemberRole Full { get; } = new(null, true);

    /// <summary>Hears all and is heard by nobody.</summary>
    public static MemberRole Monitor { get; } = new(null, false);

    /// <summary>Hears all and is heard by one alone: the supervisor who prompts an agent.</summary>
    public static MemberRole WhisperTo(MediaLeg agent) => new(agent, false);

    internal MediaLeg? WhispersTo { get; }

    internal bool Speaks { get; }
}
