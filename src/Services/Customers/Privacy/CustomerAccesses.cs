using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Customers;

/// <summary>Somebody of the staff looked at a customer's data.</summary>
public sealed record CustomerAccess
{
    /// <summary>When, the first time that day.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In which role; the name stays with us.</summary>
    public required string Role { get; init; }

    /// <summary>At what: <c>profile</c>, <c>export</c>, <c>conversation</c>.</summary>
    public required string What { get; init; }
}

/// <summary>Who looked at a customer's data, for the customer. The audit trail knows the names; this shows the roles.</summary>
public static class CustomerAccesses
{
    /// <summary>Writes down that somebody looks; the same role at the same thing counts once a day.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="clock">Now.</param>
    /// <param name="customer">Whose data.</param>
    /// <param name="role">In which role: <c>agent</c>.</param>
    /// <param name="what">At what: lower-case letters and underscores.</param>
    /// <param name="ct">Ends it.</param>
    public static Task Note(Tx tx, TimeProvider clock, CustomerId customer, string role, string what, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var slot = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{role}/{what}/{ChinaTime.DayNumber(now)}"))));
        return tx.InsertRows("customers_accesses", ["customer_id", "slot", "role", "what", "at"], [[customer, slot, role, what, now]], ifAbsent: true, ct);
    }

    /// <summary>Who looked, the latest first, at most two hundred.</summary>
    public static Task<IReadOnlyList<CustomerAccess>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        db.Query<CustomerAccess>("select at as At, role as Role, what as What from customers_accesses where customer_id = @customer order by at desc limit 200", new { customer }, ct);
}
