using Courier.Kernel.Events;

namespace Courier.Services.Customers;

/// <summary>A customer has another tier.</summary>
/// <param name="Customer">Who.</param>
/// <param name="From">Code of the tier before.</param>
/// <param name="To">Code of the tier now.</param>
/// <param name="Version">Version of the customer's standing.</param>
[EventName("customer.tier_changed.v1")]
public sealed record CustomerTierChanged(CustomerId Customer, string From, string To, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "standing:" + Customer.Text;
}

/// <summary>A customer came into a group, or left it.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Group">Code of the group.</param>
/// <param name="IsMember">Is the customer in it now?</param>
/// <param name="Version">Version of the customer's standing.</param>
[EventName("customer.group_changed.v1")]
public sealed record CustomerGroupChanged(CustomerId Customer, string Group, bool IsMember, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "standing:" + Customer.Text;
}

/// <summary>A group's members get another tag of WeChat, or none any more.</summary>
/// <param name="Group">Code of the group.</param>
/// <param name="OldAppId">The account of the tag before; empty for none.</param>
/// <param name="OldTagId">The tag before; 0 for none.</param>
/// <param name="AppId">The account of the tag now; empty for none.</param>
/// <param name="TagId">The tag now; 0 for none.</param>
/// <param name="Version">Version of the group.</param>
[EventName("customer.group_bound.v1")]
public sealed record CustomerGroupBound(string Group, string OldAppId, long OldTagId, string AppId, long TagId, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "segment:" + Group;
}
