using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Finds the customer behind a WeChat identity, or makes one.</summary>
public static class RecogniseCustomer
{
    private const string Known =
        "select customer_id as Customer, unionid as UnionId from customers_identities where app_id = @AppId and openid = @OpenId";

    /// <summary>
    /// The customer of this OpenId. The same UnionId over several accounts is one customer; here customers are merged only when
    /// WeChat itself names one UnionId for both, never on a guess such as an equal telephone number (<see cref="OfferMerge"/> asks).
    /// </summary>
    public static async Task<CustomerId> Execute(Db db, TimeProvider clock, WechatIdentity who, CancellationToken ct)
    {
        var known = await db.First<Identity>(Known, new { who.AppId, who.OpenId }, ct).ConfigureAwait(false);
        if (known is not null && (string.IsNullOrEmpty(who.UnionId) || known.UnionId == who.UnionId)) return known.Customer;
        return await db.InTransaction(tx => Record(tx, clock, who, ct), ct).ConfigureAwait(false);
    }

    private static async Task<CustomerId> Record(Tx tx, TimeProvider clock, WechatIdentity who, CancellationToken ct)
    {
        var unionId = who.UnionId ?? "";
        var known = await tx.First<Identity>(Known, new { who.AppId, who.OpenId }, ct).ConfigureAwait(false);
        var owner = await OwnerOf(tx, unionId, ct).ConfigureAwait(false);
        var customer = known?.Customer ?? owner ?? CustomerId.New(clock);
        if (known is null && !await AddIdentity(tx, clock, who, customer, isNew: owner is null, ct).ConfigureAwait(false))
        {
            // Another process met the same person a moment ago.
            known = await tx.First<Identity>(Known, new { who.AppId, who.OpenId }, ct).ConfigureAwait(false);
            customer = known!.Customer;
        }
        if (unionId.Length == 0) return customer;

        if (owner is null && !await tx.TryInsert(
                "insert into customers_unions (unionid, customer_id) values (@unionId, @customer)", new { unionId, customer }, ct).ConfigureAwait(false))
            owner = await OwnerOf(tx, unionId, ct).ConfigureAwait(false);

        // An OpenId that had another UnionId before stays with its customer: WeChat contradicts itself, and we do not guess.
        if (known is { UnionId.Length: > 0 } && known.UnionId != unionId) return customer;
        await tx.Execute("update customers_identities set unionid = @unionId where app_id = @AppId and openid = @OpenId",
            new { unionId, who.AppId, who.OpenId }, ct).ConfigureAwait(false);
        return owner is null || owner == customer ? customer : await MergeCustomers.Execute(tx, clock, customer, owner.Value, MergeReason.Unionid, ct).ConfigureAwait(false);
    }

    private static async Task<CustomerId?> OwnerOf(Tx tx, string unionId, CancellationToken ct) =>
        (await tx.First<Identity>("select customer_id as Customer, unionid as UnionId from customers_unions where unionid = @unionId", new { unionId }, ct)
            .ConfigureAwait(false))?.Customer;

    private static async Task<bool> AddIdentity(Tx tx, TimeProvider clock, WechatIdentity who, CustomerId customer, bool isNew, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!await tx.TryInsert(
                "insert into customers_identities (app_id, openid, customer_id, created_at) values (@AppId, @OpenId, @customer, @now)",
                new { who.AppId, who.OpenId, customer, now }, ct).ConfigureAwait(false)) return false;
        if (isNew) await NewCustomers.Add(tx, clock, [customer], ct).ConfigureAwait(false);
        return true;
    }

    private sealed record Identity
    {
        public required CustomerId Customer { get; init; }

        public required string UnionId { get; init; }
    }
}
