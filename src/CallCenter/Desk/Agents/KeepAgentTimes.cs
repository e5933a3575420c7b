using Courier.CallCenter.Journal;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Agents;

/// <summary>Brings the time lines of agents from the journal into the database.</summary>
internal sealed class KeepAgentTimes : IJournalTaker
{
    public const string Kind = "agent_time";

    private static readonly string[] Columns = ["id", "staff_id", "state", "reason", "queue", "call_id", "hour", "from_at", "until_at", "is_open"];

    string IJournalTaker.Kind => Kind;

    public Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct) => tx.UpsertRows("calls_agent_times", Columns,
        JournalLine.Newest<Stretch>(lines, s => s.Id).Select(s => new object?[]
        {
            s.Id, s.Staff, s.State, s.Reason, s.Queue, s.CallId, ChinaHour.Of(s.From).Number, s.From, s.Until, s.IsOpen ? 1 : 0,
        }), "id", ["until_at", "is_open"], ct);
}

/// <summary>Brings what agents want from the journal into the database.</summary>
internal sealed class KeepAgentWishes(TimeProvider clock) : IJournalTaker
{
    public const string Kind = "agent";

    private static readonly string[] Columns = ["staff_id", "is_signed_on", "wants_ready", "reason", "changed_at"];

    string IJournalTaker.Kind => Kind;

    public Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct) => tx.UpsertRows("calls_agents", Columns,
        JournalLine.Newest<AgentWish>(lines, w => w.Staff.Text).Select(w => new object?[]
        {
            w.Staff, w.IsSignedOn ? 1 : 0, w.WantsReady ? 1 : 0, w.Reason, clock.GetUtcNow(),
        }), "staff_id", Columns[1..], ct);
}
