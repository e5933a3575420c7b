using Courier.Kernel.Events;

namespace Courier.Services.Customers;

/// <summary>A customer was proven to hold a telephone number.</summary>
/// <param name="Customer">Who.</param>
/// <param name="PhoneHash">Keyed hash of the number.</param>
/// <param name="Version">Version of the customer after the change.</param>
[EventName("customer.phone_verified.v1")]
public sealed record CustomerPhoneVerified(CustomerId Customer, string PhoneHash, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "customer:" + Customer.Text;
}

/// <summary>
/// Two customers turned out to be one, because WeChat named the same UnionId for both: what belonged to <paramref name="From"/>
/// belongs to <paramref name="Into"/> now.
/// </summary>
/// <param name="From">The customer who is no more.</param>
/// <param name="Into">The customer who stays: the older one.</param>
/// <param name="Version">Version of the staying customer after the change.</param>
[EventName("customer.merged.v1")]
public sealed record CustomerMerged(CustomerId From, CustomerId Into, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "customer:" + Into.Text;
}
