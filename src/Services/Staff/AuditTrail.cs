using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>Reads the audit trail.</summary>
public static class AuditTrail
{
    private const string Page =
        """
        select a.sequence, a.at, a.staff_id as Who, s.name as WhoName, s.display_name as WhoDisplayName, a.action, a.subject, a.reason
        from staff_audit a
        left join staff_accounts s on s.id = a.staff_id
        where a.sequence < @before and a.at >= @since and a.at < @until
          and (@subject = '' or a.subject = @subject)
          and (@who = '' or a.staff_id = @who)
        order by a.sequence desc
        limit @limit
        """;

    private const string Slice =
        """
        select sequence, at, staff_id as Who, action, subject, reason, hash
        from staff_audit
        where sequence > @after
        order by sequence
        limit 1000
        """;

    /// <summary>An entry of the trail.</summary>
    public sealed record Entry
    {
        /// <summary>Its number in the chain, from 1; the cursor of the next page.</summary>
        public required long Sequence { get; init; }

        /// <summary>When it happened.</summary>
        public required DateTimeOffset At { get; init; }

        /// <summary>Who did it.</summary>
        public required StaffId Who { get; init; }

        /// <summary>The sign-in name; null for the product itself.</summary>
        public string? WhoName { get; init; }

        /// <summary>The name that colleagues see; null for the product itself.</summary>
        public string? WhoDisplayName { get; init; }

        /// <summary>What was done: <c>capability.verb</c>.</summary>
        public required string Action { get; init; }

        /// <summary>What it was done to: <c>kind:id</c>.</summary>
        public required string Subject { get; init; }

        /// <summary>Why, or details; may be empty.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>Which entries are asked for; what is null does not narrow.</summary>
    /// <param name="Since">Not before this time.</param>
    /// <param name="Until">Before this time.</param>
    /// <param name="Subject">Exactly this subject.</param>
    /// <param name="Who">Done by this member.</param>
    /// <param name="Before">Older than the entry with this number: the next page.</param>
    public sealed record Filter(DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Subject = null, StaffId? Who = null, long? Before = null);

    /// <summary>Matching entries, the newest first.</summary>
    public static Task<IReadOnlyList<Entry>> List(ISqlReader db, Filter filter, int limit, CancellationToken ct) =>
        db.Query<Entry>(Page, new
        {
            before = filter.Before ?? long.MaxValue,
            since = filter.Since ?? DateTimeOffset.UnixEpoch,
            until = filter.Until ?? DateTimeOffset.MaxValue,
            subject = filter.Subject ?? "",
            who = filter.Who?.Text ?? "",
            limit,
        }, ct);

    /// <summary>Checks the chain of hashes from the first entry on.</summary>
    /// <returns>The number of the first entry that was changed or is missing; null when the trail is whole.</returns>
    public static async Task<long?> FirstBroken(ISqlReader db, CancellationToken ct)
    {
        var (sequence, hash) = (0L, "");
        while (await db.Query<AuditRow>(Slice, new { after = sequence }, ct).ConfigureAwait(false) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (row.Sequence != sequence + 1 || row.Hash != Audit.HashOf(hash, row)) return sequence + 1;
                (sequence, hash) = (row.Sequence, row.Hash);
            }
        }
        var head = await db.First<string>("select hash from staff_audit_head where chain = 1", ct: ct).ConfigureAwait(false);
        return head == hash ? null : sequence + 1;
    }
}
