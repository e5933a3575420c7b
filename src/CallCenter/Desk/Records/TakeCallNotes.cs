using Courier.CallCenter.Journal;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Records;

/// <summary>Brings the journal's lines about calls into the records, and tells the others. A repeated line changes nothing.</summary>
internal sealed class TakeCallNotes(DataKeys keys) : IJournalTaker
{
    private const string Begin =
        """
        insert into calls_calls (id, node, direction, peer_cipher, peer_hash, peer_tail, hotline, flow, trunk, customer_id, started_at, called_back_for, is_recorded)
        values (@Id, @Node, @Direction, @PeerCipher, @PeerHash, @PeerTail, @Hotline, @Flow, @Trunk, @Customer, @StartedAt, @CalledBackFor, 0)
        """;

    private const string End =
        """
        update calls_calls set customer_id = coalesce(@Customer, customer_id), trunk = @Trunk, answered_at = @AnsweredAt, talked_at = @TalkedAt, ended_at = @EndedAt, result = @Result, is_recorded = @IsRecorded
        where id = @Id and ended_at is null
        """;

    private const string Orphans = "select id as Id, direction as Direction, hotline as Hotline, customer_id as Customer, started_at as StartedAt from calls_calls where node = @Node and ended_at is null and started_at < @At";

    private const string Close = "update calls_calls set ended_at = @At, result = 'lost' where node = @Node and ended_at is null and started_at < @At";

    private static readonly string[] LegColumns =
    [
        "id", "call_id", "role", "phone_user", "staff_id", "peer_tail", "trunk", "sip_call_id", "started_at", "answered_at", "ended_at", "outcome", "status",
        "sent", "received", "lost", "loss_permille", "jitter_ms", "rtt_ms", "mos_hundredths",
    ];

    public string Kind => CallNote.Kind;

    public async Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct)
    {
        foreach (var line in lines)
        {
            var note = JournalLine.Read<CallNote>(line);
            if (note.Call is not { } call) await CloseLost(tx, note, ct).ConfigureAwait(false);
            else
            {
                await TakeBegin(tx, note.Node, call, ct).ConfigureAwait(false);
                if (call.EndedAt is not null) await TakeEnd(tx, call, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeBegin(Tx tx, string node, CallFigures call, CancellationToken ct)
    {
        var hash = PeerHash(keys, call.Peer);
        var isNew = await tx.TryInsert(Begin, new
        {
            call.Id, Node = node, call.Direction, PeerCipher = call.Peer.Length > 0 ? keys.Encrypt(call.Peer) : "", PeerHash = hash, PeerTail = Tail(call.Peer),
            call.Hotline, call.Flow, call.Trunk, call.Customer, call.StartedAt, call.CalledBackFor,
        }, ct).ConfigureAwait(false);
        if (isNew) await tx.Publish(new CallStarted(call.Id, call.Direction, call.Hotline, call.Customer?.Text, call.StartedAt), ct).ConfigureAwait(false);
    }

    private static async Task TakeEnd(Tx tx, CallFigures call, CancellationToken ct)
    {
        if (await tx.Execute(End, new { call.Id, call.Customer, call.Trunk, call.AnsweredAt, call.TalkedAt, call.EndedAt, call.Result, call.IsRecorded }, ct).ConfigureAwait(false) == 0) return;
        await tx.InsertRows("calls_legs", LegColumns, call.Legs.Select(l => new object?[]
        {
            l.Id, call.Id, l.Role, l.PhoneUser, l.Staff, l.PeerTail, l.Trunk, l.SipCallId, l.StartedAt, l.AnsweredAt, l.EndedAt, l.Outcome, l.Status,
            l.Sent, l.Received, l.Lost, l.LossPermille, l.JitterMs, l.RttMs, l.MosHundredths,
        }), ifAbsent: true, ct: ct).ConfigureAwait(false);
        await tx.Publish(new CallEnded(call.Id, call.Direction, call.Hotline, call.Customer?.Text, call.StartedAt, call.TalkedAt, call.EndedAt!.Value, call.Result!.Value, call.Legs), ct).ConfigureAwait(false);
    }

    private static async Task CloseLost(Tx tx, CallNote note, CancellationToken ct)
    {
        var lost = await tx.Query<OrphanRow>(Orphans, new { note.Node, note.At }, ct).ConfigureAwait(false);
        if (lost.Count == 0) return;
        await tx.Execute(Close, new { note.Node, note.At }, ct).ConfigureAwait(false);
        await tx.Publish([.. lost.Select(c => new CallEnded(c.Id, c.Direction, c.Hotline, c.Customer, c.StartedAt, null, note.At, CallResult.Lost, []))], ct).ConfigureAwait(false);
    }

    /// <summary>The keyed hash by which the calls of a number are found; empty for none.</summary>
    public static string PeerHash(DataKeys keys, string peer) => Phone.TryParse(peer, out var phone) ? keys.Hash(phone) : peer.Length > 0 ? keys.Hash(peer) : "";

    /// <summary>The last four characters, which reveal nobody.</summary>
    public static string Tail(string peer) => peer.Length >= 4 ? peer[^4..] : peer;

    private sealed record OrphanRow
    {
        public required string Id { get; init; }

        public required CallDirection Direction { get; init; }

        public required string Hotline { get; init; }

        public string? Customer { get; init; }

        public required DateTimeOffset StartedAt { get; init; }
    }
}
