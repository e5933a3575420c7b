using Courier.CallCenter.Recording;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.CallCenter.Records;

/// <summary>Reads the records of calls.</summary>
internal static class CallReading
{
    private const string Columns =
        """
        id as Id, direction as Direction, peer_tail as PeerTail, hotline as Hotline, flow as Flow, trunk as Trunk, customer_id as Customer, started_at as StartedAt, answered_at as AnsweredAt,
        talked_at as TalkedAt, ended_at as EndedAt, result as Result, is_recorded as IsRecorded, called_back_for as CalledBackFor
        """;

    private const string One = $"select {Columns} from calls_calls where id = @id";

    private const string Legs =
        """
        select id as Id, role as Role, phone_user as PhoneUser, staff_id as Staff, peer_tail as PeerTail, trunk as Trunk, sip_call_id as SipCallId, started_at as StartedAt, answered_at as AnsweredAt,
          ended_at as EndedAt, outcome as Outcome, status as Status, sent as Sent, received as Received, lost as Lost, loss_permille as LossPermille, jitter_ms as JitterMs, rtt_ms as RttMs,
          mos_hundredths as MosHundredths
        from calls_legs where call_id = @id order by started_at, id
        """;

    private const string RecordingColumns =
        """
        id as Id, call_id as CallId, kind as Kind, box as Box, customer_id as Customer, sha256 as Sha256, bytes as Bytes, length_ms as LengthMs, started_at as StartedAt, expires_at as ExpiresAt, erased_at as ErasedAt
        """;

    private const string Recordings = $"select {RecordingColumns} from calls_recordings where call_id = @id order by started_at, id";

    private const string Recording = $"select {RecordingColumns} from calls_recordings where id = @id";

    /// <summary>Calls, the latest first. Each condition may be null.</summary>
    /// <param name="db">where to read</param>
    /// <param name="peerHash">of a number outside</param>
    /// <param name="customer">of a customer</param>
    /// <param name="before">older than this call: the next page</param>
    /// <param name="limit">at most so many</param>
    /// <param name="ct">ends the command</param>
    public static Task<IReadOnlyList<CallRow>> List(ISqlReader db, string? peerHash, CustomerId? customer, string? before, int limit, CancellationToken ct)
    {
        string[] conditions = [peerHash is null ? "" : "peer_hash = @peerHash", customer is null ? "" : "customer_id = @customer", before is null ? "" : "id < @before"];
        var where = string.Join(" and ", conditions.Where(c => c.Length > 0));
        return db.Query<CallRow>($"select {Columns} from calls_calls {(where.Length > 0 ? "where " + where : "")} order by id desc limit @limit", new { peerHash, customer, before, limit }, ct);
    }

    /// <summary>One call; null when there is none.</summary>
    public static Task<CallRow?> Find(ISqlReader db, string id, CancellationToken ct) => db.First<CallRow>(One, new { id }, ct);

    /// <summary>The ends of a call.</summary>
    public static Task<IReadOnlyList<LegFigures>> LegsOf(ISqlReader db, string id, CancellationToken ct) => db.Query<LegFigures>(Legs, new { id }, ct);

    /// <summary>What was recorded of a call.</summary>
    public static Task<IReadOnlyList<RecordingRow>> RecordingsOf(ISqlReader db, string id, CancellationToken ct) => db.Query<RecordingRow>(Recordings, new { id }, ct);

    /// <summary>One recording; null when there is none.</summary>
    public static Task<RecordingRow?> FindRecording(ISqlReader db, string id, CancellationToken ct) => db.First<RecordingRow>(Recording, new { id }, ct);
}

/// <summary>A call as it is shown; of the number outside only the last four digits.</summary>
internal sealed record CallRow
{
    public required string Id { get; init; }
    public required CallDirection Direction { get; init; }
    public required string PeerTail { get; init; }
    public required string Hotline { get; init; }
    public required string Flow { get; init; }
    public required string Trunk { get; init; }
    public CustomerId? Customer { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? TalkedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public CallResult? Result { get; init; }
    public required bool IsRecorded { get; init; }

    /// <summary>The call in which this call-back was promised; empty for other calls.</summary>
    public required string CalledBackFor { get; init; }
}

/// <summary>A recording as it is shown.</summary>
internal sealed record RecordingRow
{
    public required string Id { get; init; }
    public required string CallId { get; init; }
    public required RecordingKind Kind { get; init; }
    public required string Box { get; init; }
    public CustomerId? Customer { get; init; }
    public required string Sha256 { get; init; }
    public required long Bytes { get; init; }
    public required long LengthMs { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }
}
