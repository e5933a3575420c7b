using System.Text.Json.Nodes;
using Courier.CallCenter.Recording;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.CallCenter.Records;

/// <summary>
/// Who called, and what was recorded. An erasure takes the number and the recordings; that there was a call stays for the figures and
/// names nobody any more.
/// </summary>
internal sealed class CallsPersonalData(DataKeys keys, Recordings recordings, TimeProvider clock) : IPersonalData
{
    private const string Theirs =
        """
        select id as Id, direction as Direction, peer_cipher as PeerCipher, hotline as Hotline, started_at as StartedAt, ended_at as EndedAt, is_recorded as IsRecorded
        from calls_calls where customer_id in @customers or peer_hash in @phones order by started_at, id
        """;

    private const string Recorded = "select id from calls_recordings where erased_at is null and (customer_id in @customers or peer_hash in @phones)";

    private const string Kept =
        """
        select id as Id, call_id as CallId, kind as Kind, length_ms as LengthMs, started_at as StartedAt, expires_at as ExpiresAt
        from calls_recordings where erased_at is null and (customer_id in @customers or peer_hash in @phones) order by started_at, id
        """;

    private const string Emptied = "update calls_calls set peer_cipher = '', peer_hash = '', peer_tail = '', customer_id = null where customer_id in @customers or peer_hash in @phones";

    private const string Ends = "update calls_legs set peer_tail = '' where peer_tail <> '' and call_id in (select id from calls_calls where customer_id in @customers or peer_hash in @phones)";

    public string Name => "calls";

    public IReadOnlyCollection<string> Tables => ["calls_calls", "calls_legs", "calls_recordings"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var args = new { customers = subject.CustomerList(), phones = subject.PhoneHashList() };
        var rows = await db.Query<Row>(Theirs, args, ct).ConfigureAwait(false);
        var kept = (await db.Query<KeptRow>(Kept, args, ct).ConfigureAwait(false)).ToLookup(r => r.CallId);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(r => new JsonObject
        {
            ["direction"] = EnumText<CallDirection>.Of(r.Direction), ["number"] = r.PeerCipher.Length == 0 ? "" : keys.Decrypt(r.PeerCipher), ["hotline"] = r.Hotline,
            ["from"] = r.StartedAt, ["until"] = r.EndedAt, ["recorded"] = r.IsRecorded,
            ["recordings"] = new JsonArray([.. kept[r.Id].Select(k => new JsonObject
            {
                ["id"] = k.Id, ["kind"] = EnumText<RecordingKind>.Of(k.Kind), ["from"] = k.StartedAt, ["seconds"] = k.LengthMs / 1000, ["kept_until"] = k.ExpiresAt,
            })]),
        })]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        var args = new { customers = subject.CustomerList(), phones = subject.PhoneHashList() };
        if (!what.Includes(PersonalDataKind.Voice)) return 0;
        var ids = await tx.Query<string>(Recorded, args, ct).ConfigureAwait(false);
        var erased = 0L;
        foreach (var portion in ids.Chunk(500))
            erased += await tx.Execute("update calls_recordings set erased_at = @now, customer_id = null, peer_hash = '' where id in @portion", new { now = clock.GetUtcNow(), portion }, ct).ConfigureAwait(false);
        tx.AfterCommit(() => recordings.Remove(ids));
        if (!what.IsEverything) return erased;
        erased += await tx.Execute(Ends, args, ct).ConfigureAwait(false);
        return erased + await tx.Execute(Emptied, args, ct).ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required CallDirection Direction { get; init; }
        public required string PeerCipher { get; init; }
        public required string Hotline { get; init; }
        public required DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public required bool IsRecorded { get; init; }
    }

    private sealed record KeptRow
    {
        public required string Id { get; init; }
        public required string CallId { get; init; }
        public required RecordingKind Kind { get; init; }
        public required long LengthMs { get; init; }
        public required DateTimeOffset StartedAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }
}
