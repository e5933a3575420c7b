using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Another account that may be the same person's.</summary>
/// <param name="ByPhoneOnly">Does it sign in by the number alone (a browser), and through no WeChat account?</param>
public sealed record OfferedMerge(bool ByPhoneOnly);

/// <summary>
/// A number that two customers proved is a hint, no proof: families share numbers. So the customer who proved it just now is asked, and
/// only when one other customer is meant, who proved it lately, and WeChat does not say that they are two people (an OpenID each of the
/// same account, or two UnionIDs). Who said no is asked about that account no more, nor is its customer about theirs; for a year, as a finger slips.
/// </summary>
public static class OfferMerge
{
    private const string Others =
        """
        select o.customer_id as Customer, o.phone_hash as PhoneHash
        from customers_phones o
        join customers_phones m on m.phone_hash = o.phone_hash
        where m.customer_id = @customer and m.verified_at >= @justNow and o.customer_id <> @customer and o.verified_at >= @lately
        """;

    private const string Refused =
        """
        select count(*) from customers_merge_refusals
        where ((customer_id = @customer and other_id = @other) or (customer_id = @other and other_id = @customer)) and refused_at >= @since
        """;

    private const string Names = "select customer_id as Customer, app_id as AppId, unionid as UnionId from customers_identities where customer_id in @customers";

    /// <summary>Asks whether the other account is theirs; null when there is nobody to be asked about.</summary>
    public static Task<OfferedMerge?> Execute(Db db, TimeProvider clock, CustomersOptions options, CustomerId customer, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            if (await Candidate(tx, clock, options, customer, ct).ConfigureAwait(false) is not var (other, hash, offered)) return null;
            await tx.UpsertRows("customers_merge_offers", ["customer_id", "other_id", "phone_hash", "until"], [[customer, other, hash, clock.GetUtcNow() + options.MergeOffer]],
                "customer_id", ["other_id", "phone_hash", "until"], ct).ConfigureAwait(false);
            return offered;
        }, ct);

    /// <summary>The customer says that the other account is theirs: the two become one.</summary>
    /// <returns>The customer who stays; null when nothing was asked, too long ago, or it does not hold any more.</returns>
    public static Task<CustomerId?> Confirm(Db db, TimeProvider clock, CustomersOptions options, CustomerId customer, CancellationToken ct) =>
        db.InTransaction<CustomerId?>(async tx =>
        {
            var now = clock.GetUtcNow();
            var asked = await tx.First<string>("select other_id from customers_merge_offers where customer_id = @customer and until > @now", new { customer, now }, ct).ConfigureAwait(false);
            await tx.Execute("delete from customers_merge_offers where customer_id = @customer", new { customer }, ct).ConfigureAwait(false);
            if (asked is null || await Candidate(tx, clock, options, customer, ct).ConfigureAwait(false) is not var (other, _, _) || other.Text != asked) return null;
            return await MergeCustomers.Execute(tx, clock, customer, other, MergeReason.Phone, ct).ConfigureAwait(false);
        }, ct);

    /// <summary>
    /// The customer says that the other account, about which they were asked just now, is somebody else's: neither of the two is asked again. What
    /// makes them one without a question (WeChat's UnionID) still does. Said too late, it is as if nothing was said.
    /// </summary>
    public static Task Refuse(Db db, TimeProvider clock, CustomerId customer, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var now = clock.GetUtcNow();
            var other = await tx.First<string>("select other_id from customers_merge_offers where customer_id = @customer and until > @now", new { customer, now }, ct).ConfigureAwait(false);
            if (other is null || await tx.Execute("delete from customers_merge_offers where customer_id = @customer and other_id = @other", new { customer, other }, ct).ConfigureAwait(false) == 0) return;
            await tx.UpsertRows("customers_merge_refusals", ["customer_id", "other_id", "refused_at"], [[customer, other, now]], "customer_id, other_id", ["refused_at"], ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Did this customer's word, or the other's, make them one just now? Then the word that comes again is answered as before.</summary>
    public static async Task<bool> IsJustConfirmed(ISqlReader db, TimeProvider clock, CustomersOptions options, CustomerId customer, CancellationToken ct) =>
        await db.First<long>("select count(*) from customers_merges where into_id = @customer and reason = 'phone' and merged_at > @since and undone_at is null",
            new { customer, since = clock.GetUtcNow() - options.MergeOffer }, ct).ConfigureAwait(false) > 0;

    /// <summary>Does an answer to the question count now?</summary>
    public static async Task<bool> PendingFor(ISqlReader db, TimeProvider clock, CustomerId customer, CancellationToken ct) =>
        await db.First<long>("select count(*) from customers_merge_offers where customer_id = @customer and until > @now", new { customer, now = clock.GetUtcNow() }, ct).ConfigureAwait(false) > 0;

    private static async Task<(CustomerId Other, string PhoneHash, OfferedMerge Offered)?> Candidate(
        Tx tx, TimeProvider clock, CustomersOptions options, CustomerId customer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var others = await tx.Query<OtherRow>(Others, new { customer, justNow = now - options.MergeOffer - options.MergeOffer, lately = now.AddDays(-options.MergeProofDays) }, ct).ConfigureAwait(false);
        if (others.Select(o => o.Customer).Distinct().Count() != 1) return null;
        var other = others[0];
        if (await tx.First<long>(Refused, new { customer, other = other.Customer, since = now.AddDays(-options.MergeRefusalDays) }, ct).ConfigureAwait(false) > 0) return null;
        var names = await tx.Query<NameRow>(Names, new { customers = new[] { customer.Text, other.Customer.Text } }, ct).ConfigureAwait(false);
        var (mine, theirs) = (names.Where(n => n.Customer == customer && n.AppId != "phone").ToList(), names.Where(n => n.Customer == other.Customer && n.AppId != "phone").ToList());
        return AreTwoPeople(mine, theirs) ? null : (other.Customer, other.PhoneHash, new OfferedMerge(theirs.Count == 0));
    }

    private static bool AreTwoPeople(List<NameRow> mine, List<NameRow> theirs)
    {
        if (mine.Select(n => n.AppId).Intersect(theirs.Select(n => n.AppId)).Any()) return true;
        var (mineUnion, theirUnion) = (mine.Select(n => n.UnionId).Where(u => u.Length > 0).ToList(), theirs.Select(n => n.UnionId).Where(u => u.Length > 0).ToList());
        return mineUnion.Count > 0 && theirUnion.Count > 0 && !mineUnion.Intersect(theirUnion).Any();
    }

    private sealed record OtherRow
    {
        public required CustomerId Customer { get; init; }
        public required string PhoneHash { get; init; }
    }

    private sealed record NameRow
    {
        public required CustomerId Customer { get; init; }
        public required string AppId { get; init; }
        public required string UnionId { get; init; }
    }
}
