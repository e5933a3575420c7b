using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Why two customers became one.</summary>
public enum MergeReason
{
    /// <summary>WeChat named one UnionId for both.</summary>
    Unionid,

    /// <summary>Both proved the same number, and the customer said that both accounts are theirs.</summary>
    Phone,
}

/// <summary>Makes two customers one: the older id stays and gets identities, phones and sessions of the other. What moves is written down.</summary>
internal static class MergeCustomers
{
    private const string Identity = "identity", Union = "union", Session = "session", PhoneOfOne = "phone", PhoneOfBoth = "phone_both";

    private const string Both = "phone_hash in (select phone_hash from (select phone_hash from customers_phones where customer_id = @into) kept)";

    private static readonly (string Kind, string Sql)[] WrittenDown =
    [
        (Identity, "select openid from customers_identities where customer_id = @from"),
        (Union, "select unionid from customers_unions where customer_id = @from"),
        (Session, "select token_hash from customers_sessions where customer_id = @from"),
        (PhoneOfBoth, $"select phone_hash from customers_phones where customer_id = @from and {Both}"),
        (PhoneOfOne, $"select phone_hash from customers_phones where customer_id = @from and not {Both}"),
    ];

    private static readonly string[] Moves =
    [
        "update customers_identities set customer_id = @into where customer_id = @from",
        "update customers_unions set customer_id = @into where customer_id = @from",
        "update customers_sessions set customer_id = @into where customer_id = @from",
        // A number that both hold already stays as the older customer proved it.
        $"delete from customers_phones where customer_id = @from and {Both}",
        "update customers_phones set customer_id = @into where customer_id = @from",
        // Who are one now cannot be two.
        "delete from customers_merge_refusals where (customer_id = @from and other_id = @into) or (customer_id = @into and other_id = @from)",
        "update customers_customers set merged_into = @into, version = version + 1 where id = @from",
    ];

    private static readonly string[] MovesBack =
    [
        Back("customers_identities", "openid", Identity),
        Back("customers_unions", "unionid", Union),
        Back("customers_sessions", "token_hash", Session),
        Back("customers_phones", "phone_hash", PhoneOfOne),
        $"""
        insert into customers_phones (customer_id, phone_hash, phone_cipher, phone_tail, source, verified_at)
        select @from, phone_hash, phone_cipher, phone_tail, source, verified_at
        from customers_phones
        where customer_id = @into and phone_hash in (select subject from customers_merge_moves where merge_id = @id and kind = '{PhoneOfBoth}')
        """,
        "update customers_customers set merged_into = '', version = version + 1 where id = @from",
        "update customers_merges set undone_at = @now where id = @id",
    ];

    /// <summary>Rows that simply become the other's, where the other has none under the same key.</summary>
    private static readonly CustomerRows[] Rows =
    [
        new("consent", "customers_consents", "slot", "customer_id"),
        new("request", "customers_requests", "receipt", "customer_id"),
        new("access", "customers_accesses", "slot", "customer_id"),
        new("setting", "customers_settings", "name", "customer_id"),
        new("membership", "customers_members", "organisation_id", "customer_id"),
        new("field", "customers_fields", "field", "customer_id"),
        new("refusal", "customers_merge_refusals", "other_id", "customer_id"),
        new("refusal_of", "customers_merge_refusals", "customer_id", "other_id"),
        new("import_link", "customers_import_links", "source_key", "customer_id"),
        new("import_conflict", "customers_import_conflicts", "id", "customer_id"),
    ];

    public static async Task<CustomerId> Execute(Tx tx, TimeProvider clock, CustomerId one, CustomerId other, MergeReason reason, CancellationToken ct)
    {
        var (into, from) = string.CompareOrdinal(one.Text, other.Text) < 0 ? (one, other) : (other, one);
        var id = Ids.New(clock);
        await tx.Execute("insert into customers_merges (id, from_id, into_id, reason, merged_at) values (@id, @from, @into, @reason, @now)",
            new { id, from, into, reason = EnumText<MergeReason>.Of(reason), now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        foreach (var (kind, sql) in WrittenDown)
            await CustomerMoves.Keep(tx, id, kind, await tx.Query<string>(sql, new { from, into }, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        foreach (var move in Moves) await tx.Execute(move, new { from, into }, ct).ConfigureAwait(false);
        await MergeConsents.Execute(tx, clock, id, from, into, ct).ConfigureAwait(false);
        await Personalisation.Merge(tx, id, from, into, ct).ConfigureAwait(false);
        await MergeMemberships.Execute(tx, id, from, into, ct).ConfigureAwait(false);
        foreach (var touched in (CustomerId[])[from, into]) await CustomerFacts.Touch(tx, clock, touched, ct).ConfigureAwait(false);
        foreach (var rows in Rows) await CustomerMoves.Move(tx, new CustomerMerged(from, into, 0, id), rows, ct).ConfigureAwait(false);
        var version = await CustomerVersion.Next(tx, into, ct).ConfigureAwait(false);
        await tx.Publish(new CustomerMerged(from, into, version, id), ct).ConfigureAwait(false);
        return into;
    }

    /// <summary>Gives back what was written down and still belongs to the customer who stayed.</summary>
    public static async Task Undo(Tx tx, TimeProvider clock, string id, CustomerId from, CustomerId into, CancellationToken ct)
    {
        foreach (var move in MovesBack) await tx.Execute(move, new { id, from, into, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        foreach (var rows in Rows) await CustomerMoves.MoveBack(tx, new CustomerMergeUndone(id, from, into, 0), rows, ct).ConfigureAwait(false);
        await MergeConsents.Undo(tx, clock, id, into, ct).ConfigureAwait(false);
        await Personalisation.UndoMerge(tx, id, into, ct).ConfigureAwait(false);
        await MergeMemberships.Undo(tx, id, into, ct).ConfigureAwait(false);
        foreach (var touched in (CustomerId[])[from, into]) await CustomerFacts.Touch(tx, clock, touched, ct).ConfigureAwait(false);
        var version = await CustomerVersion.Next(tx, into, ct).ConfigureAwait(false);
        await tx.Publish(new CustomerMergeUndone(id, from, into, version), ct).ConfigureAwait(false);
    }

    private static string Back(string table, string column, string kind) =>
        $"update {table} set customer_id = @from where customer_id = @into and {column} in (select subject from customers_merge_moves where merge_id = @id and kind = '{kind}')";
}

/// <summary>Counts a customer's changes, so that events about the customer have an order.</summary>
internal static class CustomerVersion
{
    public static async Task<long> Next(Tx tx, CustomerId customer, CancellationToken ct)
    {
        await tx.Execute("update customers_customers set version = version + 1 where id = @customer", new { customer }, ct).ConfigureAwait(false);
        return await tx.First<long>("select version from customers_customers where id = @customer", new { customer }, ct).ConfigureAwait(false);
    }
}
