using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Under which names WeChat knows customers.</summary>
public static class CustomerIdentities
{
    /// <summary>All WeChat identities of the customers, in one statement; customers without any are absent.</summary>
    public static async Task<IReadOnlyList<CustomerWechat>> Wechat(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) =>
        customers.Count == 0 ? [] : await db.Query<CustomerWechat>(
            """
            select customer_id as Customer, app_id as AppId, openid as OpenId
            from customers_identities
            where customer_id in @ids and app_id <> 'phone'
            order by customer_id, created_at
            """, new { ids = customers.Select(c => c.Text).Distinct().ToList() }, ct).ConfigureAwait(false);
}
