using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Routing;

/// <summary>Brings stays in queues from the journal into the database; each line says all of a stay, so the last one counts.</summary>
internal sealed class KeepEntries : IJournalTaker
{
    public const string Kind = "queue_entry";

    private static readonly string[] Columns =
    [
        "id", "call_id", "queue", "tier", "is_call_back", "since", "joined_at", "hour", "level_seconds", "place", "seen_at", "left_at", "how", "waited_ms", "agent_id", "talk_ms", "wrap_ms",
    ];

    private static readonly string[] Growing = ["seen_at", "left_at", "how", "waited_ms", "agent_id", "talk_ms", "wrap_ms"];

    string IJournalTaker.Kind => Kind;

    public Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct) =>
        tx.UpsertRows("calls_queue_entries", Columns, JournalLine.Newest<EntryLine>(lines, e => e.Id).Select(Row), "id", Growing, ct);

    private static object?[] Row(EntryLine e) =>
    [
        e.Id, e.CallId, e.Queue, e.Tier, e.IsCallBack ? 1 : 0, e.Since, e.JoinedAt, ChinaHour.Of(e.JoinedAt).Number, e.LevelSeconds, e.Position, e.SeenAt,
        e.LeftAt, e.How is { } how ? EnumText<QueueLeft>.Of(how) : "waiting", (long)((e.LeftAt ?? e.SeenAt) - e.Since).TotalMilliseconds,
        e.Agent?.Text ?? "", e.TalkMs, e.WrapMs,
    ];
}
