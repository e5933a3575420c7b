using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Notifications;

/// <summary>Takes what is due, by lease: any number of processes may do it at once.</summary>
internal static class DueMessages
{
    // In order per customer and subject: only the earliest open one is taken. An older state of a parcel that was delayed (another
    // attempt, quiet hours, held) does not hold up a newer one: it is superseded when its time comes, or in the same portion.
    // One that may still arrive (settles_at) holds up all that follow it. What is held until the customer writes is due once more
    // when its time is over: it is tried a last time. What was "sending" had another owner, who died or hangs and may have sent it.
    // Fresh states follow one another; one that was delayed yields to a newer one, and none follows a newer one that was dealt with.
    // A state makes older warnings worthless, too, if it was wanted; a warning tells no state, and makes none worthless.
    private const string Due =
        """
        select d.id, d.customer, d.kind, d.text_cipher as TextCipher, d.template_kind as TemplateKind, d.template_cipher as TemplateCipher, d.url, d.order_key as OrderKey,
          d.only_app_id as OnlyAppId, d.only_address as OnlyAddress, d.is_urgent as IsUrgent, d.failed_channels as FailedChannels, d.reason, d.merged_into as MergedInto,
          d.attempts + 1 as attempts, d.planned_at as PlannedAt, coalesce(d.first_tried_at, @now) as FirstTriedAt,
          case when d.state = 'sending' then 1 else 0 end as IsTakenOver, case when d.state = 'sending' then d.leased_by else '' end as TakenFrom,
          case when d.kind in ('parcel_status', 'parcel_warning', 'incident') and exists (
            select 1 from notifications_messages n
            where n.customer = d.customer and n.order_key = d.order_key and n.order_version > d.order_version
              and (n.kind = d.kind or (n.kind = 'parcel_status' and n.state <> 'dropped'))
              and (n.state <> 'planned' or (n.next_at <= @now and (d.attempts > 0 or d.next_at > d.planned_at)))) then 1 else 0 end as IsOutdated
        from notifications_messages d
        where d.finished_at is null and d.state in ('planned', 'sending', 'held') and d.next_at <= @now and d.leased_until < @now
          and not exists (
            select 1 from notifications_messages s
            where s.customer = d.customer and s.order_key = d.order_key and s.order_version < d.order_version and s.settles_at > @now)
          and not exists (
            select 1 from notifications_messages e
            where e.customer = d.customer and e.order_key = d.order_key and e.order_version < d.order_version and e.finished_at is null
              and (e.state = 'sending'
                or (e.state in ('planned', 'held') and d.kind not in ('parcel_status', 'parcel_warning', 'incident'))
                or (e.state = 'planned' and e.next_at <= @now and e.next_at = e.planned_at and e.attempts = 0)))
        order by d.next_at, d.id
        limit @size
        """;

    // Two processes may have read the same rows: the conditions are checked again when each is locked. MySQL assigns from left to
    // right: state comes last.
    private const string Claim =
        """
        update notifications_messages
        set is_taken_over = case when state = 'sending' then 1 else 0 end, leased_by = @claim, leased_until = @until, attempts = attempts + 1,
          first_tried_at = coalesce(first_tried_at, @now), state = 'sending'
        where id in @ids and state in ('planned', 'sending', 'held') and next_at <= @now and leased_until < @now
        """;

    private const string Claimed = "select id from notifications_messages where id in @ids and leased_by = @claim and state = 'sending'";

    private const string Supersede =
        """
        update notifications_messages
        set state = 'superseded', reason = 'newer_state', finished_at = @now, leased_until = 0
        where id in @ids and leased_by = @claim and state = 'sending'
        """;

    /// <summary>Leases a portion.</summary>
    /// <returns>How many rows were taken, and those of them that are to be sent.</returns>
    public static async Task<(int Taken, IReadOnlyList<DueMessage> ToSend)> Take(
        Db db, TimeProvider clock, NotificationsOptions options, string claim, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Query<DueMessage>(Due, new { now, size = options.BatchSize }, ct).ConfigureAwait(false);
        if (due.Count == 0) return (0, []);
        var ids = due.Select(m => m.Id).ToList();
        var taken = await db.Execute(Claim, new { claim, now, until = now + options.Lease, ids }, ct).ConfigureAwait(false);
        if (taken < due.Count) due = await StillOurs(db, due, ids, claim, ct).ConfigureAwait(false);
        var outdated = due.Where(m => m.IsOutdated == 1).Select(m => m.Id).ToList();
        if (outdated.Count == 0) return (taken, due);
        await db.Execute(Supersede, new { claim, now, ids = outdated }, ct).ConfigureAwait(false);
        return (taken, [.. due.Where(m => m.IsOutdated == 0)]);
    }

    // Another process was quicker with the rest.
    private static async Task<IReadOnlyList<DueMessage>> StillOurs(Db db, IReadOnlyList<DueMessage> due, IReadOnlyList<string> ids, string claim, CancellationToken ct)
    {
        var claimed = (await db.Query<string>(Claimed, new { ids, claim }, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        return [.. due.Where(m => claimed.Contains(m.Id))];
    }
}
