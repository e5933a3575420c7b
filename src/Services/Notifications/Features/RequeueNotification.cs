using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>A person has a dead notification tried again, after what was wrong is repaired.</summary>
public static class RequeueNotification
{
    private const string Sql =
        """
        update notifications_messages
        set state = 'planned', attempts = 0, failed_channels = '', reason = 'requeued', first_tried_at = null, next_at = @now, finished_at = null
        where id = @id and state = 'dead'
        """;

    /// <summary>Plans it anew over all channels.</summary>
    /// <returns>False when there is no dead notification with this id.</returns>
    public static async Task<bool> Execute(Db db, IJobAlarm alarm, TimeProvider clock, string id, CancellationToken ct)
    {
        if (await db.Execute(Sql, new { id, now = clock.GetUtcNow() }, ct).ConfigureAwait(false) == 0) return false;
        alarm.Wake(NotificationsModule.SendJob);
        return true;
    }
}
