using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>The far end tells whether a message arrived (WeChat: TEMPLATESENDJOBFINISH).</summary>
public static class ConfirmSend
{
    /// <summary>Closes the send as delivered, or goes on with the next channel. May come before the send itself is recorded, and more than once.</summary>
    /// <param name="db">The database.</param>
    /// <param name="alarm">Wakes the job when another channel is to be tried.</param>
    /// <param name="clock">The time.</param>
    /// <param name="channel">The channel's name.</param>
    /// <param name="providerId">The far end's id of the message.</param>
    /// <param name="delivered">Did it arrive?</param>
    /// <param name="reason">What the far end says; empty when it arrived.</param>
    /// <param name="ct">Ends it.</param>
    public static Task Execute(Db db, IJobAlarm alarm, TimeProvider clock, string channel, string providerId, bool delivered, string reason, CancellationToken ct) =>
        throw new NotSupportedException();
}
