using System.Globalization;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// May something be guessed from a customer's behaviour (PIPL article 24)? By the customer's word it is switched off: what was guessed is
/// erased at once, and nothing is worked out or kept for it afterwards.
/// </summary>
public static class Personalisation
{
    private const string MovedKind = "personalisation";

    private static readonly string[] Guesses =
    [
        "delete from customers_tags where customer_id in @ids",
        "delete from customers_routes where customer_id in @ids",
        "delete from customers_places where customer_id in @ids",
    ];

    /// <summary>Is it allowed? It is until the customer says no.</summary>
    public static async Task<bool> IsOn(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        (await Off(db, [customer], ct).ConfigureAwait(false)).Count == 0;

    /// <summary>Who of these said no.</summary>
    internal static async Task<IReadOnlySet<CustomerId>> Off(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) =>
        (await db.Query<CustomerId>("select customer_id from customers_settings where customer_id in @ids and name = 'personalisation' and is_on = 0",
            new { ids = customers.Select(c => c.Text).ToList() }, ct).ConfigureAwait(false)).ToHashSet();

    /// <summary>The customer's word.</summary>
    public static Task Set(Db db, TimeProvider clock, CustomerId customer, bool isOn, CancellationToken ct) => db.InTransaction(async tx =>
    {
        await tx.UpsertRows("customers_settings", ["customer_id", "name", "is_on", "changed_at"], [[customer, "personalisation", isOn, clock.GetUtcNow()]], "customer_id, name", ["is_on", "changed_at"], ct)
            .ConfigureAwait(false);
        if (!isOn)
        {
            var subject = await PersonalSubjects.Of(tx, customer, null, ct).ConfigureAwait(false);
            foreach (var sql in Guesses) await tx.Execute(sql, new { ids = subject.CustomerList() }, ct).ConfigureAwait(false);
        }
        await CustomerFacts.Touch(tx, clock, customer, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>Two records become one: a no of one is a no of the person. When the yes of the staying record was said is written down.</summary>
    internal static async Task Merge(Tx tx, string mergeId, CustomerId from, CustomerId into, CancellationToken ct)
    {
        if (await IsOn(tx, from, ct).ConfigureAwait(false)) return;
        var yes = await tx.Query<long>("select changed_at from customers_settings where customer_id = @into and name = 'personalisation' and is_on = 1", new { into }, ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, mergeId, MovedKind, yes.Select(at => at.ToString(CultureInfo.InvariantCulture)), ct).ConfigureAwait(false);
        await tx.Execute("update customers_settings set is_on = 0 where customer_id = @into and name = 'personalisation'", new { into }, ct).ConfigureAwait(false);
    }

    /// <summary>The merge was a mistake: the yes holds again, unless the customer has said something since.</summary>
    internal static async Task UndoMerge(Tx tx, string mergeId, CustomerId into, CancellationToken ct)
    {
        foreach (var at in await CustomerMoves.Kept(tx, mergeId, MovedKind, ct).ConfigureAwait(false)) // one at most
            await tx.Execute("update customers_settings set is_on = 1 where customer_id = @into and name = 'personalisation' and changed_at = @at",
                new { into, at = long.Parse(at, CultureInfo.InvariantCulture) }, ct).ConfigureAwait(false);
    }
}
