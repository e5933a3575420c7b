using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Notifications;

/// <summary>Takes what is due, by lease: any number of processes may do it at once.</summary>
internal static class DueMessages
{
    // In order per customer and subject: only the earliest open one is taken. An older state of a parcel that waits for
    // another attempt or for the end of the quiet hours does not hold up a newer one; it is superseded when its time comes.
    // The outer conditions are checked again when the row is locked: two processes may have read the same candidates.
    private const string Claim =
        """
        update notifications_messages
        set state = 'sending', leased_by = @claim, leased_until = @until, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, @now)
        where state in ('planned', 'sending') and leased_until < @now and id in (
          select id from (
            select d.id
            from notifications_messages d
            where d.state in ('planned', 'sending') and d.next_at <= @now and d.leased_until < @now
              and not exists (
                select 1 from notifications_messages e
                where e.customer = d.customer and e.order_key = d.order_key and e.order_version < d.order_version
                  and e.state in ('planned', 'sending') and (d.kind <> 'parcel_status' or e.next_at <= @now))
            order by d.next_at, d.id
            limit @size) due)
        """;

    // Fresh states follow one another; one that was delayed yields to a newer one, and none follows a newer one that was dealt with.
    private const string Supersede =
        """
        update notifications_messages
        set state = 'superseded', reason = 'newer_state', finished_at = @now, leased_until = 0
        where leased_by = @claim and state = 'sending' and id in (
          select id from (
            select o.id
            from notifications_messages o
            where o.leased_by = @claim and o.state = 'sending' and o.kind = 'parcel_status' and exists (
              select 1 from notifications_messages n
              where n.customer = o.customer and n.order_key = o.order_key and n.order_version > o.order_version
                and (n.state <> 'planned' or (n.next_at <= @now and (o.attempts > 1 or o.next_at > o.planned_at))))) old)
        """;

    private const string Claimed =
        """
        select id, customer, kind, text_cipher as TextCipher, template_kind as TemplateKind, template_cipher as TemplateCipher, url,
          only_app_id as OnlyAppId, only_address as OnlyAddress, failed_channels as FailedChannels, attempts,
          planned_at as PlannedAt, first_tried_at as FirstTriedAt
        from notifications_messages
        where leased_by = @claim and state = 'sending'
        order by next_at, id
        """;

    /// <summary>Leases a portion.</summary>
    /// <returns>How many rows were taken, and those of them that are to be sent.</returns>
    public static async Task<(int Taken, IReadOnlyList<DueMessage> ToSend)> Take(
        Db db, TimeProvider clock, NotificationsOptions options, string claim, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await db.Execute(Claim, new { claim, now, until = now + options.Lease, size = options.BatchSize }, ct).ConfigureAwait(false);
        if (taken == 0) return (0, []);
        await db.Execute(Supersede, new { claim, now }, ct).ConfigureAwait(false);
        return (taken, await db.Query<DueMessage>(Claimed, new { claim }, ct).ConfigureAwait(false));
    }
}
