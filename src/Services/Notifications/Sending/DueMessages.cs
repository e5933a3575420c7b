using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Notifications;

/// <summary>Takes what is due, by lease: any number of processes may do it at once.</summary>
internal static class DueMessages
{
    // In order per customer and subject: only the earliest open one is taken. An older state of a parcel that was delayed (another
    // attempt, quiet hours, held) does not hold up a newer one: it is superseded when its time comes, or in the same portion.
    // One that may still arrive (settles_at) holds up all that follow it. What is held until the customer writes is due once more
    // when its time is over: it is tried a last time.
    private const string Candidates =
        """
        select d.id, case when d.state = 'sending' then d.leased_by else '' end as TakenFrom
        from notifications_messages d
        where d.finished_at is null and d.state in ('planned', 'sending', 'held') and d.next_at <= @now and d.leased_until < @now
          and not exists (
            select 1 from notifications_messages e
            where e.customer = d.customer and e.order_key = d.order_key and e.order_version < d.order_version
              and (e.settles_at > @now or e.state = 'sending'
                or (e.state in ('planned', 'held') and d.kind not in ('parcel_status', 'parcel_warning', 'incident'))
                or (e.state = 'planned' and e.next_at <= @now and e.next_at = e.planned_at and e.attempts = 0)))
        order by d.next_at, d.id
        limit @size
        """;

    // Two processes may have read the same candidates: the conditions are checked again when the row is locked. What was
    // "sending" had another owner, who died or hangs and may have sent it. MySQL assigns from left to right: state comes last.
    private const string Claim =
        """
        update notifications_messages
        set is_taken_over = case when state = 'sending' then 1 else 0 end, leased_by = @claim, leased_until = @until, attempts = attempts + 1,
          first_tried_at = coalesce(first_tried_at, @now), state = 'sending'
        where id in @ids and state in ('planned', 'sending', 'held') and next_at <= @now and leased_until < @now
        """;

    // Fresh states follow one another; one that was delayed yields to a newer one, and none follows a newer one that was dealt with.
    // A state makes older warnings worthless, too, if it was wanted; a warning tells no state, and makes none worthless.
    private const string Claimed =
        """
        select o.id, o.customer, o.kind, o.text_cipher as TextCipher, o.template_kind as TemplateKind, o.template_cipher as TemplateCipher, o.url,
          o.only_app_id as OnlyAppId, o.only_address as OnlyAddress, o.is_urgent as IsUrgent, o.failed_channels as FailedChannels, o.reason, o.merged_into as MergedInto, o.attempts,
          o.planned_at as PlannedAt, o.first_tried_at as FirstTriedAt, o.is_taken_over as IsTakenOver,
          case when o.kind in ('parcel_status', 'parcel_warning', 'incident') and exists (
            select 1 from notifications_messages n
            where n.customer = o.customer and n.order_key = o.order_key and n.order_version > o.order_version
              and (n.kind = o.kind or (n.kind = 'parcel_status' and n.state <> 'dropped'))
              and (n.state <> 'planned' or (n.next_at <= @now and (o.attempts > 1 or o.next_at > o.planned_at)))) then 1 else 0 end as IsOutdated
        from notifications_messages o
        where o.id in @ids and o.leased_by = @claim and o.state = 'sending'
        order by o.next_at, o.id
        """;

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
        var candidates = await db.Query<Candidate>(Candidates, new { now, size = options.BatchSize }, ct).ConfigureAwait(false);
        if (candidates.Count == 0) return (0, []);
        var ids = candidates.Select(c => c.Id).ToList();
        var taken = await db.Execute(Claim, new { claim, now, until = now + options.Lease, ids }, ct).ConfigureAwait(false);
        if (taken == 0) return (0, []);
        IReadOnlyList<DueMessage> due = await db.Query<DueMessage>(Claimed, new { claim, now, ids }, ct).ConfigureAwait(false);
        if (due.Any(m => m.IsTakenOver == 1)) due = WithFormerClaims(due, candidates);
        var outdated = due.Where(m => m.IsOutdated == 1).Select(m => m.Id).ToList();
        if (outdated.Count == 0) return (taken, due);
        await db.Execute(Supersede, new { claim, now, ids = outdated }, ct).ConfigureAwait(false);
        return (taken, [.. due.Where(m => m.IsOutdated == 0)]);
    }

    private static List<DueMessage> WithFormerClaims(IReadOnlyList<DueMessage> due, IReadOnlyList<Candidate> candidates)
    {
        var former = candidates.ToDictionary(c => c.Id, c => c.TakenFrom);
        return [.. due.Select(m => m with { TakenFrom = former[m.Id] })];
    }

    private sealed record Candidate
    {
        public required string Id { get; init; }
        public required string TakenFrom { get; init; }
    }
}
