using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>Customers have written or tapped: what was held for them is sent now, in its order, also in quiet hours, for they are awake.</summary>
public static class ReleaseHeld
{
    private const string Who = "select distinct customer from notifications_messages where customer in @customers and finished_at is null and state = 'held'";

    private const string Sql =
        """
        update notifications_messages
        set state = 'planned', next_at = @now, first_tried_at = null, reason = @reason
        where customer in @customers and finished_at is null and state = 'held'
        """;

    /// <summary>Plans it anew and wakes the job. Without anything held it only reads.</summary>
    /// <param name="db">The database.</param>
    /// <param name="alarm">Wakes the job.</param>
    /// <param name="clock">The time.</param>
    /// <param name="customers">Who acted.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Execute(Db db, IJobAlarm alarm, TimeProvider clock, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        if (customers.Count == 0) return;
        var waiting = await db.Query<string>(Who, new { customers = customers.Select(c => c.Text).ToList() }, ct).ConfigureAwait(false);
        if (waiting.Count == 0) return;
        await db.Execute(Sql, new { customers = waiting, now = clock.GetUtcNow(), reason = SendPortion.CustomerActed }, ct).ConfigureAwait(false);
        alarm.Wake(NotificationsModule.SendJob);
    }
}
