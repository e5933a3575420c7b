using System.Text.Json.Nodes;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>The customer record itself: names, numbers, sessions, codes that are under way.</summary>
internal sealed class CustomersPersonalData(DataKeys keys) : IPersonalData
{
    private static readonly string[] OfTheCustomer =
    [
        "delete from customers_identities where customer_id in @customers",
        "delete from customers_unions where customer_id in @customers",
        "delete from customers_phones where customer_id in @customers",
        "delete from customers_phone_checks where customer_id in @customers or phone_hash in @phones",
        "delete from customers_sessions where customer_id in @customers",
        "delete from customers_merge_moves where merge_id in (select id from customers_merges where from_id in @customers or into_id in @customers)",
        "delete from customers_merges where from_id in @customers or into_id in @customers",
        "delete from customers_merge_offers where customer_id in @customers or other_id in @customers or phone_hash in @phones",
        "delete from customers_merge_refusals where customer_id in @customers or other_id in @customers",
        "delete from customers_customers where id in @customers",
    ];

    // A number that was proven by SMS was given to us, not by WeChat: taking WeChat's permission back leaves it.
    private const string OfWechat = "delete from customers_phones where customer_id in @customers and source = 'wechat'";

    public string Name => "customers";

    public IReadOnlyCollection<string> Tables =>
        ["customers_customers", "customers_identities", "customers_unions", "customers_phones", "customers_phone_checks", "customers_sessions", "customers_erasures",
        "customers_merges", "customers_merge_moves", "customers_merge_offers", "customers_merge_refusals"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var customers = subject.CustomerList();
        var names = await db.Query<NameRow>(
            "select app_id as AppId, openid as OpenId, unionid as UnionId, created_at as Since from customers_identities where customer_id in @customers and app_id <> 'phone'",
            new { customers }, ct).ConfigureAwait(false);
        var phones = await db.Query<PhoneRow>(
            "select phone_cipher as Cipher, source as Source, verified_at as VerifiedAt from customers_phones where customer_id in @customers", new { customers }, ct).ConfigureAwait(false);
        var sessions = await db.Query<SessionRow>(
            "select app_id as AppId, created_at as OpenedAt, expires_at as ExpiresAt from customers_sessions where customer_id in @customers", new { customers }, ct).ConfigureAwait(false);
        return new JsonObject
        {
            ["wechat"] = new JsonArray([.. names.Select(n => new JsonObject { ["appId"] = n.AppId, ["openId"] = n.OpenId, ["unionId"] = n.UnionId, ["since"] = n.Since })]),
            ["phones"] = new JsonArray([.. phones.Select(p => new JsonObject { ["phone"] = keys.Decrypt(p.Cipher), ["provenBy"] = p.Source, ["provenAt"] = p.VerifiedAt })]),
            ["sessions"] = new JsonArray([.. sessions.Select(s => new JsonObject { ["appId"] = s.AppId, ["openedAt"] = s.OpenedAt, ["expiresAt"] = s.ExpiresAt })]),
        };
    }

    public Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct) => EraseIn(tx, subject, what, ct);

    public static async Task<long> EraseIn(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        var args = new { customers = subject.CustomerList(), phones = subject.PhoneHashList() };
        if (!what.IsEverything) return what.Includes(PersonalDataKind.Phone) ? await tx.Execute(OfWechat, args, ct).ConfigureAwait(false) : 0;
        var erased = 0L;
        foreach (var sql in OfTheCustomer) erased += await tx.Execute(sql, args, ct).ConfigureAwait(false);
        return erased;
    }

    private sealed record NameRow
    {
        public required string AppId { get; init; }
        public required string OpenId { get; init; }
        public required string UnionId { get; init; }
        public required DateTimeOffset Since { get; init; }
    }

    private sealed record PhoneRow
    {
        public required string Cipher { get; init; }
        public required string Source { get; init; }
        public required DateTimeOffset VerifiedAt { get; init; }
    }

    private sealed record SessionRow
    {
        public required string AppId { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }
}
