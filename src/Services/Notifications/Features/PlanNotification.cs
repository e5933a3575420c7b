using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>Plans what customers are told; the job <c>notifications.send</c> sends it.</summary>
public static class PlanNotification
{
    private static readonly string[] Columns =
    [
        "id", "customer", "kind", "dedupe_key", "text_cipher", "template_kind", "template_cipher", "url", "order_key", "order_version",
        "only_app_id", "only_address", "is_urgent", "state", "planned_at", "next_at",
    ];

    /// <summary>Writes the plans beside the caller's own changes and wakes the job after the commit.</summary>
    /// <param name="tx">The caller's transaction.</param>
    /// <param name="keys">Encrypt the texts at rest.</param>
    /// <param name="alarm">Wakes the job.</param>
    /// <param name="clock">The time.</param>
    /// <param name="planned">What; what was planned before for the same customer and key is left alone.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ArgumentException">A text is empty or a key too long: nothing is planned.</exception>
    public static async Task Execute(
        Tx tx, DataKeys keys, IJobAlarm alarm, TimeProvider clock, IReadOnlyList<PlannedNotification> planned, CancellationToken ct)
    {
        if (planned.Count == 0) return;
        foreach (var p in planned) Check(p);
        var now = clock.GetUtcNow();
        await tx.InsertRows("notifications_messages", Columns, planned.Select(p => Row(p, keys, clock, now)), ifAbsent: true, ct).ConfigureAwait(false);
        tx.AfterCommit(() => alarm.Wake(NotificationsModule.SendJob));
    }

    private static object?[] Row(PlannedNotification p, DataKeys keys, TimeProvider clock, DateTimeOffset now) =>
    [
        Ids.New(clock), p.Customer, EnumText<NotificationKind>.Of(p.Kind), p.DedupeKey, keys.Encrypt(p.Text), p.TemplateKind,
        p.TemplateData is null ? null : keys.Encrypt(JsonSerializer.Serialize(p.TemplateData, KernelJson.Options)), p.Url, p.OrderKey, p.OrderVersion,
        p.OnlyAppId, p.OnlyAddress, p.IsUrgent ? 1 : 0, EnumText<NotificationState>.Of(NotificationState.Planned), now, p.NotBefore is { } later && later > now ? later : now,
    ];

    // MariaDB turns values that are too long into cut ones in this kind of insert: they are refused here.
    private static void Check(PlannedNotification p)
    {
        if (p.Text.Length is 0 or > 4000) throw new ArgumentException("the text must have 1 to 4000 characters", nameof(p));
        if (p.DedupeKey.Length is 0 or > 160) throw new ArgumentException("the dedupe key must have 1 to 160 characters", nameof(p));
        if (p.OrderKey?.Length > 100 || p.TemplateKind?.Length > 64 || p.Url?.Length > 1000 || p.OnlyAppId?.Length > 64 || p.OnlyAddress?.Length > 128)
            throw new ArgumentException("a key, link or address is too long", nameof(p));
    }
}
