using Courier.CallCenter.Switch;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Ivr;

/// <summary>What callers thought of their calls.</summary>
internal static class CallScores
{
    private const string OfCall = "select score from calls_scores where call_id = @callId";

    /// <summary>Keeps the score of a call; the first one counts.</summary>
    public static Task Keep(Db db, CallFacts call, int score, CancellationToken ct) => db.InTransaction(tx =>
        tx.InsertRows("calls_scores", ["call_id", "score", "called_at"], [[call.CallId, (long)score, call.StartedAt]], ifAbsent: true, ct), ct);

    /// <summary>The score of a call, 1 to 5; null when there is none.</summary>
    public static async Task<int?> Of(ISqlReader db, string callId, CancellationToken ct) =>
        await db.First<long>(OfCall, new { callId }, ct).ConfigureAwait(false) is > 0 and var score ? (int)score : null;
}
