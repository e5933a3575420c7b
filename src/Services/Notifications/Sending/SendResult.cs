namespace Courier.Services.Notifications;

/// <summary>An attempt over one channel, as the ledger keeps it.</summary>
/// <param name="Channel">Over which channel.</param>
/// <param name="State">How it ended.</param>
/// <param name="Reason">Why; empty when it was sent.</param>
/// <param name="ProviderId">The far end's id; null when it gave none.</param>
/// <param name="AwaitsConfirmation">Will the far end tell whether it arrived?</param>
/// <param name="MayBeDouble">Did another process have it before, and does the far end not know repeats?</param>
internal sealed record ChannelAttempt(
    string Channel, SendState State, string Reason, string? ProviderId = null, bool AwaitsConfirmation = false, bool MayBeDouble = false)
{
    /// <summary>Parts of a short message that it took (over SMS) or saved (over anything else).</summary>
    public int SmsSegments { get; init; }
}

/// <summary>What becomes of a notification.</summary>
/// <param name="State">Its new state.</param>
/// <param name="Channel">The channel that decided it; empty when there was none.</param>
/// <param name="Reason">Why; empty when it was sent for certain.</param>
/// <param name="NextAt">When it is due again; only for <see cref="NotificationState.Planned"/> and <see cref="NotificationState.Held"/>.</param>
/// <param name="IsUncounted">Was the far end away, or was it not tried at all? Then this attempt is taken off again.</param>
/// <param name="SettlesAt">Until when it may still arrive although nobody knows; what follows it waits. Null when its end is known.</param>
internal sealed record Decision(
    NotificationState State, string Channel, string Reason, DateTimeOffset? NextAt = null, bool IsUncounted = false, DateTimeOffset? SettlesAt = null)
{
    public bool IsOpen => State is NotificationState.Planned or NotificationState.Held;
}

/// <summary>All that happened in one portion to notifications that went out as one message.</summary>
internal sealed record SendResult(Bundle Bundle, IReadOnlyList<ChannelAttempt> Attempts, Decision Decision);
