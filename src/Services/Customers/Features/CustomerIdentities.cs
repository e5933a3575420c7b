using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Under which names WeChat knows customers.</summary>
public static class CustomerIdentities
{
    /// <summary>All WeChat identities of the customers, in one statement; customers without any are absent.</summary>
    public static Task<IReadOnlyList<CustomerWechat>> Wechat(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) => throw new NotSupportedException();
}
