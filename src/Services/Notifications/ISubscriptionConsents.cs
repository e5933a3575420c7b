using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>What a customer answered about one template when a mini-program asked (wx.requestSubscribeMessage).</summary>
/// <param name="TemplateId">Which template.</param>
/// <param name="Accepted">Was it accepted? Refusals, bans and filters are all no.</param>
public sealed record SubscriptionAnswer(string TemplateId, bool Accepted);

/// <summary>What a customer has agreed to for one template.</summary>
/// <param name="Kind">Kind of template (<c>parcel_status</c>).</param>
/// <param name="TemplateId">Its id, to be asked for.</param>
/// <param name="SendsLeft">Messages that may still be sent; more come with each acceptance.</param>
/// <param name="IsPermanent">Does one acceptance hold for good?</param>
public sealed record SubscriptionState(string Kind, string TemplateId, long SendsLeft, bool IsPermanent);

/// <summary>Consent to subscribe messages; implemented by the gateway, which knows accounts and templates.</summary>
public interface ISubscriptionConsents
{
    /// <summary>Counts what a phone reports, once for each report.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="appId">Through which account.</param>
    /// <param name="answers">The answers; templates that are none of ours are left out.</param>
    /// <param name="reportId">Alike for repetitions of the same report.</param>
    /// <param name="ct">Ends it.</param>
    Task Report(CustomerId customer, string appId, IReadOnlyList<SubscriptionAnswer> answers, string reportId, CancellationToken ct);

    /// <summary>The account's templates, with what this customer has agreed to.</summary>
    Task<IReadOnlyList<SubscriptionState>> Of(CustomerId customer, string appId, CancellationToken ct);
}
