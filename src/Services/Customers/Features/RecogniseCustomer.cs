using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Finds the customer behind a WeChat identity, or makes one.</summary>
public static class RecogniseCustomer
{
    /// <summary>
    /// The customer of this OpenId. The same UnionId over several accounts is one customer; customers are merged only when
    /// WeChat itself names one UnionId for both, never on a guess such as an equal telephone number.
    /// </summary>
    public static Task<CustomerId> Execute(Db db, TimeProvider clock, WechatIdentity who, CancellationToken ct) => throw new NotSupportedException();
}
