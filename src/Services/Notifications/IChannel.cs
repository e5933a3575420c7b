using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>
/// A way to reach customers. A new one is an adapter that implements this and passes the contract test: it maps everything
/// that can go wrong to an outcome and throws only when the token asks it to stop.
/// </summary>
public interface IChannel
{
    /// <summary>Stable name, stored with each send: <c>wechat.customer_service</c>, <c>wechat.template</c>.</summary>
    string Name { get; }

    /// <summary>Channels are tried from the lowest to the highest.</summary>
    int Preference { get; }

    /// <summary>How long the far end recognises a repeated message by its id and drops it; zero when it does not.</summary>
    TimeSpan RecognisesRepeatsFor => TimeSpan.Zero;

    /// <summary>Is this kind of message the channel's business at all? It is not asked about any other.</summary>
    bool Takes(OutgoingMessage message) => true;

    /// <summary>Reads ahead what the messages will need, while others are still on their way; what it finds out it keeps in the portion.</summary>
    Task Prepare(Portion portion, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Sends one message, once.</summary>
    Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct);
}

/// <summary>A message on its way to a customer.</summary>
/// <param name="Id">32 hex characters, the same at every attempt: the client message id where the far end takes one.</param>
/// <param name="Customer">Who.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">The text as it is read in a chat.</param>
/// <param name="TemplateKind">Kind of template; null when there is none.</param>
/// <param name="TemplateData">The template's values by keyword; null when there is no template.</param>
/// <param name="Url">Where a tap leads; null for nowhere.</param>
/// <param name="OnlyAppId">Only over this account of ours; null for any.</param>
/// <param name="OnlyAddress">Only to this address; null for any of the customer's.</param>
public sealed record OutgoingMessage(
    string Id, CustomerId Customer, NotificationKind Kind, string Text, string? TemplateKind, IReadOnlyDictionary<string, string>? TemplateData,
    string? Url, string? OnlyAppId, string? OnlyAddress)
{
    /// <summary>Is it worth disturbing for?</summary>
    public bool IsUrgent { get; init; }

    /// <summary>Does the customer take it as a short message, when nothing else reaches them?</summary>
    public bool IsSmsAllowed { get; init; } = true;

    /// <summary>What is sent together with it; null when it goes alone. Channels read their ledgers once for all of it.</summary>
    public Portion? Portion { get; init; }
}

/// <summary>What became of one attempt to send. Reasons are short and stable (<c>window_closed</c>), never with personal data.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The far end has taken it.</summary>
    /// <param name="ProviderId">The far end's id, by which it confirms later; null when it gives none.</param>
    /// <param name="AwaitsConfirmation">Does the far end tell later whether it arrived?</param>
    public sealed record Sent(string? ProviderId, bool AwaitsConfirmation) : SendOutcome;

    /// <summary>This channel cannot reach the customer now (window closed, no template): the next one is tried.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="OpensWhenCustomerActs">Would it reach the customer after they write or tap? Then the message waits for that when no channel takes it.</param>
    /// <param name="OpensAt">From when it would (a quota of the day that is used up); the message waits for that when no channel takes it. Null when nobody knows.</param>
    public sealed record NotAvailable(string Reason, bool OpensWhenCustomerActs = false, DateTimeOffset? OpensAt = null) : SendOutcome;

    /// <summary>Surely not sent; worth another attempt.</summary>
    /// <param name="After">Not earlier than this.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="IsOutage">
    /// Is the far end away or closed to everybody, whatever the message? Then the attempt does not count, and it is given up by age alone.
    /// </param>
    public sealed record RetryLater(TimeSpan After, string Reason, bool IsOutage = false) : SendOutcome;

    /// <summary>It may have arrived (a time-out after sending): repeated only while the far end recognises repeats.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Ambiguous(string Reason) : SendOutcome;

    /// <summary>The customer has left or blocked us here: the next channels are tried, and dropped when none takes it; it never waits for them to come back.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Unreachable(string Reason) : SendOutcome;

    /// <summary>The far end refuses the message itself: our fault or configuration. Dead, and somebody is told.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Rejected(string Reason) : SendOutcome;
}
