using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// May something be guessed from a customer's behaviour (PIPL article 24)? By the customer's word it is switched off: what was guessed is
/// erased at once, and nothing is worked out or kept for it afterwards.
/// </summary>
public static class Personalisation
{
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
}
