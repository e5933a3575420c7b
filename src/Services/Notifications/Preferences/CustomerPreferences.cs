using System.Collections.Frozen;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>What customers want to be told: reading and changing it.</summary>
public static class CustomerPreferences
{
    private const string Read =
        """
        select customer, kinds_off as KindsOff, quiet_hours as QuietHours, is_sms_allowed as IsSmsAllowed, changed_at as ChangedAt
        from notifications_preferences
        where customer in @customers
        """;

    private static readonly string[] Columns = ["customer", "kinds_off", "quiet_hours", "is_sms_allowed", "changed_by", "changed_at"];

    /// <summary>The preferences of one customer.</summary>
    public static async Task<NotificationPreferences> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        (await Of(db, [customer], ct).ConfigureAwait(false)).GetValueOrDefault(customer, NotificationPreferences.Default);

    /// <summary>The preferences of many; who never changed anything is absent.</summary>
    public static async Task<IReadOnlyDictionary<CustomerId, NotificationPreferences>> Of(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        if (customers.Count == 0) return FrozenDictionary<CustomerId, NotificationPreferences>.Empty;
        var rows = await db.Query<PreferencesRow>(Read, new { customers = customers.Select(c => c.Text).Distinct().ToList() }, ct).ConfigureAwait(false);
        return rows.ToDictionary(r => r.Customer, r => r.Open());
    }

    /// <summary>Keeps what the customer wants from now on; what waits for its time obeys it, too.</summary>
    public static Task Save(Db db, TimeProvider clock, CustomerId customer, NotificationPreferences wanted, PreferenceSource source, CancellationToken ct) =>
        db.InTransaction(tx => tx.UpsertRows("notifications_preferences", Columns,
            [[customer, wanted.KindsText, wanted.QuietHours?.Text, wanted.IsSmsAllowed ? 1 : 0, EnumText<PreferenceSource>.Of(source), clock.GetUtcNow()]],
            "customer", Columns[1..], ct), ct);

    /// <summary>The rows of these customers, which nobody else changes until the end of the transaction.</summary>
    internal static async Task<IReadOnlyDictionary<CustomerId, PreferencesRow>> Locked(Tx tx, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) =>
        (await tx.Query<PreferencesRow>($"{Read} {tx.Dialect.ForUpdate}", new { customers = customers.Select(c => c.Text).ToList() }, ct).ConfigureAwait(false)).ToDictionary(r => r.Customer);

    /// <summary>Writes what holds now without a word of the customer: when they changed it last stays as it is.</summary>
    internal static Task Correct(Tx tx, CustomerId customer, NotificationPreferences wanted, CancellationToken ct) => tx.Execute(
        "update notifications_preferences set kinds_off = @kinds, quiet_hours = @quiet, is_sms_allowed = @sms where customer = @customer",
        new { customer, kinds = wanted.KindsText, quiet = wanted.QuietHours?.Text, sms = wanted.IsSmsAllowed ? 1 : 0 }, ct);
}

/// <summary>What a customer once changed.</summary>
internal sealed record PreferencesRow
{
    public required CustomerId Customer { get; init; }
    public required string KindsOff { get; init; }
    public required string? QuietHours { get; init; }
    public required long IsSmsAllowed { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    public NotificationPreferences Open() => new(
        KindsOff.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(EnumText<NotificationKind>.Parse).ToFrozenSet(),
        QuietHours is null ? null : DailyHours.Parse(QuietHours), IsSmsAllowed == 1);
}
