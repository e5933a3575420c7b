using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>The far end tells whether a message arrived (WeChat: TEMPLATESENDJOBFINISH).</summary>
public static class ConfirmSend
{
    private static readonly string[] Columns = ["channel", "provider_id", "delivered", "reason", "at"];

    /// <summary>Closes the send as delivered, or goes on with the next channel. May come before the send itself is recorded, and more than once.</summary>
    /// <param name="db">The database.</param>
    /// <param name="alarm">Wakes the job when another channel is to be tried.</param>
    /// <param name="clock">The time.</param>
    /// <param name="channel">The channel's name.</param>
    /// <param name="providerId">The far end's id of the message.</param>
    /// <param name="delivered">Did it arrive?</param>
    /// <param name="reason">What the far end says; empty when it arrived.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Execute(
        Db db, IJobAlarm alarm, TimeProvider clock, string channel, string providerId, bool delivered, string reason, CancellationToken ct)
    {
        if (channel.Length > 64 || providerId.Length is 0 or > 128) return; // none of ours
        var row = new object?[] { channel, providerId, delivered ? 1 : 0, reason.Length > 300 ? reason[..300] : reason, clock.GetUtcNow() };
        await db.InTransaction(tx => tx.InsertRows("notifications_confirmations", Columns, [row], ifAbsent: true, ct), ct).ConfigureAwait(false);
        await Confirmations.Apply(db, alarm, clock, [(channel, providerId)], ct).ConfigureAwait(false);
    }
}
