using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>What kind of thing a customer is told.</summary>
public enum NotificationKind
{
    /// <summary>A parcel moved. An older state is never sent after a newer one.</summary>
    ParcelStatus,

    /// <summary>A parcel may not keep its promise, or waits for the customer. Ordered with the parcel's states when it has their order key.</summary>
    ParcelWarning,

    /// <summary>Something that concerns many: bad weather, a closed outlet. Of one subject only the newest state is sent.</summary>
    Incident,

    /// <summary>The bot's answer to a message, which was not ready in time. Not sent once a person has taken over.</summary>
    LateAnswer,

    /// <summary>A person's answer.</summary>
    AgentReply,

    /// <summary>Anything else that the customer must know.</summary>
    System,
}

/// <summary>Something a customer is to be told.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="DedupeKey">Planning the same key for the same customer again plans nothing; at most 160 characters.</param>
/// <param name="Text">The text as it is read in a chat.</param>
/// <param name="TemplateKind">Kind of template message (<c>parcel_status</c>) when the chat is closed to us; null when there is none.</param>
/// <param name="TemplateData">The template's values by keyword; null when there is no template.</param>
/// <param name="Url">Where a tap leads; null for nowhere.</param>
/// <param name="OrderKey">Notifications of one customer with the same key are sent in the order of <paramref name="OrderVersion"/>; null for any order.</param>
/// <param name="OrderVersion">Place in that order.</param>
/// <param name="OnlyAppId">Only over this account of ours; null for any that reaches the customer.</param>
/// <param name="OnlyAddress">Only to this address (OpenID); null for any of the customer's.</param>
public sealed record PlannedNotification(
    CustomerId Customer, NotificationKind Kind, string DedupeKey, string Text, string? TemplateKind, IReadOnlyDictionary<string, string>? TemplateData,
    string? Url, string? OrderKey, long OrderVersion, string? OnlyAppId, string? OnlyAddress)
{
    /// <summary>Not to be sent earlier, for quiet hours; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>May it disturb in quiet hours? For what loses its worth until their end: a pick-up code, free storage that runs out.</summary>
    public bool IsUrgent { get; init; }
}
