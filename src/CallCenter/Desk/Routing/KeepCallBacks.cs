using System.Text.Json;
using Courier.CallCenter.Journal;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.CallCenter.Routing;

/// <summary>Brings call-backs from the journal into the database.</summary>
internal sealed class KeepCallBacks(DataKeys keys) : IJournalTaker
{
    public const string Kind = "call_back";

    private static readonly string[] Columns =
    [
        "id", "call_id", "queue", "tier", "skills", "customer_id", "last_agent", "phone_cipher", "phone_hash", "since", "asked_at", "state", "tries", "next_at", "owner", "leased_until", "ended_at",
    ];

    private static readonly string[] Growing = ["phone_cipher", "phone_hash", "state", "tries", "next_at", "owner", "leased_until", "ended_at"];

    string IJournalTaker.Kind => Kind;

    public Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct) =>
        tx.UpsertRows("calls_callbacks", Columns, JournalLine.Newest<CallBackLine>(lines, l => l.Id).Select(Row), "id", Growing, ct);

    private object?[] Row(CallBackLine l) =>
    [
        l.Id, l.CallId, l.Queue, l.Tier, JsonSerializer.Serialize(l.Skills, KernelJson.Options), l.Customer?.Text ?? "", l.LastAgent?.Text ?? "",
        l.State == CallBackState.Waiting ? keys.Encrypt(l.Phone.Text) : "", l.State == CallBackState.Waiting ? keys.Hash(l.Phone) : "",
        l.Since, l.AskedAt, l.State, l.Tries, l.NextAt, l.Owner, l.LeasedUntil, l.EndedAt,
    ];
}

/// <summary>
/// Whose call-backs are whose: a process renews the lease of its own and takes those whose lease has run out, so that a call-back outlives the
/// process that was asked for it.
/// </summary>
internal sealed class CallBackLeases(CallBacks callBacks, Db db, DataKeys keys, TimeProvider clock)
{
    private const string Renew =
        "update calls_callbacks set owner = @owner, leased_until = @until where state = 'waiting' and (owner = @owner or leased_until < @now)";

    private const string Own =
        """
        select id as Id, call_id as CallId, queue as Queue, tier as Tier, skills as Skills, customer_id as Customer, last_agent as LastAgent, phone_cipher as Cipher,
          since as Since, asked_at as AskedAt, tries as Tries, next_at as NextAt, owner as Owner, leased_until as LeasedUntil
        from calls_callbacks where state = 'waiting' and owner = @owner
        """;

    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);

    /// <summary>Renews, takes over, and lets go of what was taken back or away.</summary>
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute(Renew, new { owner = callBacks.Owner, until = now + CallBacks.Lease, now }, ct).ConfigureAwait(false);
        var rows = await db.Query<Row>(Own, new { owner = callBacks.Owner }, ct).ConfigureAwait(false);
        foreach (var gone in _stored.Except(rows.Select(r => r.Id)).ToList())
        {
            callBacks.Drop(gone);
            _stored.Remove(gone);
        }
        foreach (var row in rows.Where(r => _stored.Add(r.Id))) callBacks.Take(row.Open(keys));
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string CallId { get; init; }
        public required string Queue { get; init; }
        public required string Tier { get; init; }
        public required string Skills { get; init; }
        public required string Customer { get; init; }
        public required string LastAgent { get; init; }
        public required string Cipher { get; init; }
        public required DateTimeOffset Since { get; init; }
        public required DateTimeOffset AskedAt { get; init; }
        public required long Tries { get; init; }
        public required DateTimeOffset NextAt { get; init; }
        public required string Owner { get; init; }
        public required DateTimeOffset LeasedUntil { get; init; }

        public CallBackLine Open(DataKeys keys) => new()
        {
            Id = Id, CallId = CallId, Queue = Queue, Tier = Tier, Skills = JsonSerializer.Deserialize<SkillNeed[]>(Skills, KernelJson.Options) ?? [],
            Customer = CustomerId.TryParse(Customer, null, out var customer) ? customer : null, LastAgent = StaffId.TryParse(LastAgent, null, out var agent) ? agent : null,
            Phone = Phone.Parse(keys.Decrypt(Cipher)), Since = Since, AskedAt = AskedAt, State = CallBackState.Waiting, Tries = (int)Tries, NextAt = NextAt,
            Owner = Owner, LeasedUntil = LeasedUntil,
        };
    }
}
