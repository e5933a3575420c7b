using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Gathers the names under which a person's data can lie.</summary>
internal static class PersonalSubjects
{
    public static async Task<PersonalSubject> Of(ISqlReader db, CustomerId? customer, WechatName? wechat, CancellationToken ct)
    {
        customer ??= wechat is null ? null : await OwnerOf(db, wechat, ct).ConfigureAwait(false);
        List<WechatName> given = wechat is null ? [] : [wechat];
        if (customer is not { } known) return new PersonalSubject([], given, [], []);
        var ids = (await WithFormer(db, known, ct).ConfigureAwait(false)).Select(c => c.Text).ToList();
        var names = await db.Query<Name>(
            "select app_id as AppId, openid as OpenId, unionid as UnionId from customers_identities where customer_id in @ids", new { ids }, ct).ConfigureAwait(false);
        var unions = await db.Query<string>("select unionid from customers_unions where customer_id in @ids", new { ids }, ct).ConfigureAwait(false);
        var phones = await db.Query<string>("select phone_hash from customers_phones where customer_id in @ids", new { ids }, ct).ConfigureAwait(false);
        return new PersonalSubject(
            [.. ids.Select(CustomerId.Parse)],
            [.. names.Where(n => n.AppId != "phone").Select(n => new WechatName(n.AppId, n.OpenId)).Concat(given).Distinct()],
            [.. unions.Concat(names.Select(n => n.UnionId)).Where(u => u.Length > 0).Distinct()],
            [.. phones.Concat(names.Where(n => n.AppId == "phone").Select(n => n.OpenId)).Distinct()]);
    }

    private static async Task<CustomerId?> OwnerOf(ISqlReader db, WechatName name, CancellationToken ct) =>
        await db.First<string>("select customer_id from customers_identities where app_id = @AppId and openid = @OpenId", name, ct).ConfigureAwait(false) is { } id
            ? CustomerId.Parse(id)
            : null;

    /// <summary>The customer, and all that were merged into it, at any remove.</summary>
    private static async Task<List<CustomerId>> WithFormer(ISqlReader db, CustomerId customer, CancellationToken ct)
    {
        List<CustomerId> all = [customer];
        for (List<string> latest = [customer.Text]; latest.Count > 0;)
        {
            latest = [.. await db.Query<string>("select id from customers_customers where merged_into in @latest", new { latest }, ct).ConfigureAwait(false)];
            all.AddRange(latest.Select(CustomerId.Parse));
        }
        return all;
    }

    private sealed record Name
    {
        public required string AppId { get; init; }
        public required string OpenId { get; init; }
        public required string UnionId { get; init; }
    }
}
