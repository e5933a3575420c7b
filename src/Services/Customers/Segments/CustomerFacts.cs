using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Customers;

/// <summary>
/// Keeps what happened with customers, summed up by day, so that rules can look at it. Others call it in the transaction of a reaction to an
/// event, which is once for each event; the customer is looked at again within seconds.
/// </summary>
public static class CustomerFacts
{
    private const int LongestPlace = 40;

    /// <summary>Adds to a measure.</summary>
    /// <param name="tx">The reaction's transaction.</param>
    /// <param name="clock">Makes ids.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="measure">Which measure.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="amount">1 for one more; fen for <see cref="CustomerMeasure.Spent"/>; may be negative.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Add(Tx tx, TimeProvider clock, CustomerId customer, CustomerMeasure measure, DateTimeOffset at, long amount, CancellationToken ct)
    {
        var args = new { customer, measure, day = ChinaTime.DayNumber(at), amount };
        if (await tx.Execute("update customers_measures set amount = amount + @amount where customer_id = @customer and measure = @measure and day = @day", args, ct).ConfigureAwait(false) == 0
            && !await tx.TryInsert("insert into customers_measures (customer_id, measure, day, amount) values (@customer, @measure, @day, @amount)", args, ct).ConfigureAwait(false))
            await tx.Execute("update customers_measures set amount = amount + @amount where customer_id = @customer and measure = @measure and day = @day", args, ct).ConfigureAwait(false);
        await Touch(tx, clock, customer, ct).ConfigureAwait(false);
    }

    /// <summary>The customer sent something from one city to another; nothing is kept when the customer wants no guesses from behaviour.</summary>
    public static async Task AddRoute(Tx tx, TimeProvider clock, CustomerId customer, string fromCity, string toCity, DateTimeOffset at, CancellationToken ct)
    {
        if (fromCity.Length is 0 or > LongestPlace || toCity.Length is 0 or > LongestPlace || !await Personalisation.IsOn(tx, customer, ct).ConfigureAwait(false)) return;
        var args = new { customer, fromCity, toCity, day = ChinaTime.DayNumber(at) };
        const string Again = "update customers_routes set uses = uses + 1 where customer_id = @customer and from_city = @fromCity and to_city = @toCity and day = @day";
        if (await tx.Execute(Again, args, ct).ConfigureAwait(false) == 0
            && !await tx.TryInsert("insert into customers_routes (customer_id, from_city, to_city, day, uses) values (@customer, @fromCity, @toCity, @day, 1)", args, ct).ConfigureAwait(false))
            await tx.Execute(Again, args, ct).ConfigureAwait(false);
        await Touch(tx, clock, customer, ct).ConfigureAwait(false);
    }

    /// <summary>Where the customer sends from, as the last order said; nothing is kept when the customer wants no guesses from behaviour.</summary>
    public static async Task SetPlace(Tx tx, TimeProvider clock, CustomerId customer, string province, string city, CancellationToken ct)
    {
        if (province.Length is 0 or > LongestPlace || city.Length > LongestPlace || !await Personalisation.IsOn(tx, customer, ct).ConfigureAwait(false)) return;
        await tx.UpsertRows("customers_places", ["customer_id", "province", "city", "at"], [[customer, province, city, clock.GetUtcNow()]], "customer_id", ["province", "city", "at"], ct).ConfigureAwait(false);
        await Touch(tx, clock, customer, ct).ConfigureAwait(false);
    }

    /// <summary>Has the customer looked at again soon.</summary>
    internal static Task Touch(Tx tx, TimeProvider clock, CustomerId customer, CancellationToken ct) => Touch(tx, clock, [customer], ct);

    /// <summary>Has customers looked at soon: new ones, and those with whom something happened.</summary>
    internal static Task Touch(Tx tx, TimeProvider clock, IEnumerable<CustomerId> customers, CancellationToken ct) =>
        tx.UpsertRows("customers_touched", ["customer_id", "touch"], customers.Select(c => new object?[] { c, Ids.New(clock) }), "customer_id", ["touch"], ct);
}
