namespace Courier.Services.Notifications;

/// <summary>An attempt over one channel, as the ledger keeps it.</summary>
/// <param name="Channel">Over which channel.</param>
/// <param name="State">How it ended.</param>
/// <param name="Reason">Why; empty when it was sent.</param>
/// <param name="ProviderId">The far end's id; null when it gave none.</param>
/// <param name="AwaitsConfirmation">Will the far end tell whether it arrived?</param>
internal sealed record ChannelAttempt(string Channel, SendState State, string Reason, string? ProviderId = null, bool AwaitsConfirmation = false);

/// <summary>What becomes of a notification.</summary>
/// <param name="State">Its new state.</param>
/// <param name="Channel">The channel that decided it; empty when there was none.</param>
/// <param name="Reason">Why; empty when it was sent for certain.</param>
/// <param name="NextAt">When it is due again; only for <see cref="NotificationState.Planned"/>.</param>
/// <param name="IsUncounted">Was the far end away? Then this attempt is taken off again.</param>
internal sealed record Decision(NotificationState State, string Channel, string Reason, DateTimeOffset? NextAt = null, bool IsUncounted = false);

/// <summary>All that happened to a notification in one portion.</summary>
internal sealed record SendResult(DueMessage Message, IReadOnlyList<ChannelAttempt> Attempts, Decision Decision);
