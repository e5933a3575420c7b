using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>Somebody of the staff looked at a customer's data.</summary>
public sealed record CustomerAccess
{
    /// <summary>When, the first time that day.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In which role; the name stays with us.</summary>
    public required string Role { get; init; }

    /// <summary>At what.</summary>
    public required LookedAtWhat What { get; init; }
}

/// <summary>What of a customer staff look at.</summary>
public enum LookedAtWhat
{
    /// <summary>Tier, groups, tags and consents.</summary>
    Profile,

    /// <summary>A conversation in the list: its topic and last message.</summary>
    ConversationList,

    /// <summary>The messages of a conversation.</summary>
    Conversation,

    /// <summary>A picture or a voice.</summary>
    Medium,

    /// <summary>What the customer wants to have put right.</summary>
    Correction,

    /// <summary>A copy of everything.</summary>
    Export,

    /// <summary>That the customer is in a group or tier, and why.</summary>
    Group,

    /// <summary>That the customer belongs to an organisation.</summary>
    Organisation,

    /// <summary>What the customer was told.</summary>
    Notification,

    /// <summary>That records of the customer were joined.</summary>
    Merge,

    /// <summary>What is known of the customer, and who said it.</summary>
    Record,

    /// <summary>When the customer telephoned.</summary>
    Call,

    /// <summary>What was said on the telephone.</summary>
    Recording,
}

/// <summary>
/// Who looked at customers' data (PIPL articles 44 and 51). Whoever shows it notes it before it is shown; pages that ask every few
/// seconds cost one row a day for each member of staff, customer and thing.
/// </summary>
public sealed class CustomerAccesses(Db db, TimeProvider clock)
{
    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<(StaffId By, LookedAtWhat What, CustomerId Customer), long> _notedOn = new();

    /// <summary>Writes down that somebody looks.</summary>
    /// <param name="by">Who.</param>
    /// <param name="role">In which role: <c>agent</c>.</param>
    /// <param name="what">At what.</param>
    /// <param name="customers">Whose data.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Note(StaffId by, string role, LookedAtWhat what, IEnumerable<CustomerId> customers, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = ChinaTime.DayNumber(now);
        var fresh = customers.Distinct().Where(c => _notedOn.GetValueOrDefault((by, what, c), -1) != today).ToList();
        if (fresh.Count == 0) return;
        var text = EnumText<LookedAtWhat>.Of(what);
        var slot = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{by.Text}/{role}/{text}/{today}"))));
        await db.InTransaction(tx => tx.InsertRows("customers_accesses", ["customer_id", "slot", "role", "what", "at", "staff_id"],
            fresh.Select(c => new object?[] { c, slot, role, text, now, by }), ifAbsent: true, ct), ct).ConfigureAwait(false);
        if (_notedOn.Count > MostRemembered) _notedOn.Clear(); // written again at most once, where the row is there already
        foreach (var customer in fresh) _notedOn[(by, what, customer)] = today;
    }

    /// <summary>Who looked, the latest first, at most two hundred.</summary>
    public static Task<IReadOnlyList<CustomerAccess>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        db.Query<CustomerAccess>("select at as At, role as Role, what as What from customers_accesses where customer_id = @customer order by at desc, what limit 200", new { customer }, ct);
}
