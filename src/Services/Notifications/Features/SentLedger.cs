using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>What was told to whom, over which channel, and how it ended; for the operations page. Texts are not shown.</summary>
public static class SentLedger
{
    private const string Lines =
        """
        select id, customer, kind, dedupe_key as DedupeKey, state, channel, reason, attempts, planned_at as PlannedAt, next_at as NextAt, finished_at as FinishedAt
        from notifications_messages
        where (@state is null or state = @state) and (@customer is null or customer = @customer) and id < @before
        order by id desc
        limit @limit
        """;

    private const string OfMessage =
        """
        select channel, state, reason, passed, provider_id as ProviderId, at, closed_at as ClosedAt
        from notifications_sends
        where message_id = @id
        order by at, case when state = 'fallen_back' then 0 else 1 end, id
        """;

    private const string SendCounts = "select channel, state, passed, count(*) as number from notifications_sends group by channel, state, passed";

    private const string HeldOnes = "select count(*) from notifications_messages where finished_at is null and state = 'held'";

    private const string Doubles = "select count(*) from notifications_sends where state = 'sent' and may_be_double = 1 and at > @since";

    private const string Late =
        "select count(*) from notifications_messages where finished_at is null and state in ('planned', 'sending') and next_at < @before";

    /// <summary>Notifications, the newest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="customer">Only of this customer; null for all.</param>
    /// <param name="before">The id that the last page ended with; null for the first page.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<LedgerLine>> List(
        ISqlReader db, NotificationState? state, CustomerId? customer, string? before, int limit, CancellationToken ct) =>
        db.Query<LedgerLine>(Lines, new
        {
            state = state is { } s ? EnumText<NotificationState>.Of(s) : null, customer = customer?.Text, before = before ?? "~", limit = Math.Clamp(limit, 1, 200),
        }, ct);

    /// <summary>Every attempt to send one notification, the first one first, and every way that was not open.</summary>
    public static async Task<IReadOnlyList<LedgerSend>> Sends(ISqlReader db, string notificationId, CancellationToken ct)
    {
        var attempts = await db.Query<LedgerSend>(OfMessage, new { id = notificationId }, ct).ConfigureAwait(false);
        return [.. attempts.SelectMany(a => PassedWays.Of(a.Passed)
            .Select(p => new LedgerSend { Channel = p.Channel, State = SendState.FallenBack, Reason = p.Reason, ProviderId = null, At = a.At, ClosedAt = null }).Append(a))];
    }

    /// <summary>How many attempts ended how, by channel.</summary>
    public static async Task<IReadOnlyList<LedgerCount>> Counts(ISqlReader db, CancellationToken ct)
    {
        var alike = await db.Query<LedgerCount>(SendCounts, ct: ct).ConfigureAwait(false);
        return [.. alike.SelectMany(a => PassedWays.Of(a.Passed).Select(p => (p.Channel, State: SendState.FallenBack, a.Number)).Append((a.Channel, a.State, a.Number)))
            .GroupBy(c => (c.Channel, c.State))
            .Select(g => new LedgerCount { Channel = g.Key.Channel, State = g.Key.State, Number = g.Sum(c => c.Number) })
            .OrderBy(c => c.Channel, StringComparer.Ordinal).ThenBy(c => EnumText<SendState>.Of(c.State), StringComparer.Ordinal)];
    }

    /// <summary>How many wait until their customers write or tap.</summary>
    public static async Task<long> Held(ISqlReader db, CancellationToken ct) => await db.First<long>(HeldOnes, ct: ct).ConfigureAwait(false);

    /// <summary>How many messages of the last days may have come twice: a process that died may have sent them already, over a channel that knows no repeats.</summary>
    public static async Task<long> PossibleDoubles(ISqlReader db, TimeProvider clock, int days, CancellationToken ct) =>
        await db.First<long>(Doubles, new { since = clock.GetUtcNow().AddDays(-days) }, ct).ConfigureAwait(false);

    /// <summary>How many notifications are undecided although they have been due for longer than this: zero when all is well.</summary>
    public static async Task<long> Undecided(ISqlReader db, TimeProvider clock, TimeSpan forLongerThan, CancellationToken ct) =>
        await db.First<long>(Late, new { before = clock.GetUtcNow() - forLongerThan }, ct).ConfigureAwait(false);
}

/// <summary>A notification in the ledger.</summary>
public sealed record LedgerLine
{
    /// <summary>Its id, which is also its message id at the channels.</summary>
    public required string Id { get; init; }

    /// <summary>Who is told.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>What kind of thing.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>The key by which it was planned once.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>Where it stands.</summary>
    public required NotificationState State { get; init; }

    /// <summary>The channel that decided it; empty before the first attempt.</summary>
    public required string Channel { get; init; }

    /// <summary>Why it is so; empty when it was sent for certain.</summary>
    public required string Reason { get; init; }

    /// <summary>How often it was tried; attempts that met a far end that was away do not count.</summary>
    public required long Attempts { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>When it is or was due.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>When it was decided; null while it is open.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>An attempt over a channel in the ledger.</summary>
public sealed record LedgerSend
{
    /// <summary>Over which channel.</summary>
    public required string Channel { get; init; }

    /// <summary>How it ended.</summary>
    public required SendState State { get; init; }

    /// <summary>Why; empty when it was sent.</summary>
    public required string Reason { get; init; }

    /// <summary>The far end's id; null when it gave none.</summary>
    public required string? ProviderId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the far end confirmed it or not; null when it has not, or does not.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What it fell back from before (<see cref="PassedWays"/>).</summary>
    internal string Passed { get; init; } = "";
}

/// <summary>A number of attempts with the same end.</summary>
public sealed record LedgerCount
{
    /// <summary>Over which channel.</summary>
    public required string Channel { get; init; }

    /// <summary>How they ended.</summary>
    public required SendState State { get; init; }

    /// <summary>How many.</summary>
    public required long Number { get; init; }

    /// <summary>What they fell back from before (<see cref="PassedWays"/>).</summary>
    internal string Passed { get; init; } = "";
}
