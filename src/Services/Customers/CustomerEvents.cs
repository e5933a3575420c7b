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
/// Two customers turned out to be one, because WeChat named the same UnionId for both, or the customer said so after proving the same
/// number: what belonged to <paramref name="From"/> belongs to <paramref name="Into"/> now. Whoever moves rows writes them down by
/// <see cref="CustomerMoves"/>, so that they can go back.
/// </summary>
/// <param name="From">The customer who is no more.</param>
/// <param name="Into">The customer who stays: the older one.</param>
/// <param name="Version">Version of the staying customer after the change.</param>
/// <param name="MergeId">Id of the merge; empty for one that cannot be undone.</param>
[EventName("customer.merged.v1")]
public sealed record CustomerMerged(CustomerId From, CustomerId Into, long Version, string MergeId = "") : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "customer:" + Into.Text;
}

/// <summary>A merge was a mistake: what had moved (<see cref="CustomerMoves.Kept"/>) belongs to <paramref name="From"/> again.</summary>
/// <param name="MergeId">The merge.</param>
/// <param name="From">The customer who is back.</param>
/// <param name="Into">The customer who had stayed.</param>
/// <param name="Version">Version of the one who had stayed.</param>
[EventName("customer.merge_undone.v1")]
public sealed record CustomerMergeUndone(string MergeId, CustomerId From, CustomerId Into, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "customer:" + Into.Text;
}

/// <summary>A field of a customer's record was put right here; systems that the customer is known to should follow. Says which, not what.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Field">Which field.</param>
/// <param name="Version">Version of the customer after the change.</param>
[EventName("customer.corrected.v1")]
public sealed record CustomerCorrected(CustomerId Customer, CustomerField Field, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "customer:" + Customer.Text;
}
