using Courier.CallCenter.Journal;
using Courier.CallCenter.Switch;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Recording;

/// <summary>Brings the journal's lines about complete recordings into the records. A repeated line changes nothing.</summary>
internal sealed class TakeRecordings(CallCenterOptions options) : IJournalTaker
{
    private static readonly string[] Columns =
        ["id", "call_id", "kind", "box", "customer_id", "peer_hash", "sha256", "bytes", "length_ms", "started_at", "expires_at"];

    public string Kind => Recordings.Kind;

    public Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct) => tx.InsertRows("calls_recordings", Columns, lines.Select(line =>
    {
        var done = JournalLine.Read<FinishedRecording>(line);
        return new object?[]
        {
            done.Facts.Id, done.Facts.CallId, done.Facts.Kind, done.Facts.Box, done.Facts.Customer, done.Facts.PeerHash, done.Sha256, done.Bytes,
            (long)done.Length.TotalMilliseconds, done.Facts.StartedAt, done.Facts.StartedAt.AddDays(options.Recording.KeepDays),
        };
    }), ifAbsent: true, ct: ct);
}
