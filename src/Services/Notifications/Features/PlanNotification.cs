using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>Plans what customers are told; the job <c>notifications.send</c> sends it.</summary>
public static class PlanNotification
{
    /// <summary>Writes the plans beside the caller's own changes and wakes the job after the commit.</summary>
    /// <param name="tx">The caller's transaction.</param>
    /// <param name="keys">Encrypt the texts at rest.</param>
    /// <param name="alarm">Wakes the job.</param>
    /// <param name="clock">The time.</param>
    /// <param name="planned">What; what was planned before for the same customer and key is left alone.</param>
    /// <param name="ct">Ends it.</param>
    public static Task Execute(Tx tx, DataKeys keys, IJobAlarm alarm, TimeProvider clock, IReadOnlyList<PlannedNotification> planned, CancellationToken ct) =>
        throw new NotSupportedException();
}
