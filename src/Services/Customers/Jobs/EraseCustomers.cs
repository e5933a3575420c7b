using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>
/// Carries erasures out: twice through all capabilities, because what was under way when it was asked for (a callback that runs, a
/// send) may still write under the old names. Each step commits by itself and can be repeated, so a crash at any line loses nothing.
/// What must not go yet (an order under way) keeps the erasure open until it may.
/// </summary>
internal sealed class EraseCustomers(Db db, DataKeys keys, TimeProvider clock, IEnumerable<IPersonalData> parts) : IScheduledJob
{
    private const int Portion = 50;
    private static readonly TimeSpan UntilSecondSweep = TimeSpan.FromMinutes(10), UntilNextLook = TimeSpan.FromHours(6);

    private const string Due =
        """
        select id as Id, receipt as Receipt, kinds as Kinds, subject_cipher as Cipher, state as State, attempts as Attempts
        from customers_erasures
        where state in ('asked', 'swept') and next_at <= @now
        order by next_at
        limit @portion
        """;

    // Before the work: an erasure that fails comes again later and does not hold up the others.
    private const string Begin = "update customers_erasures set attempts = attempts + 1, next_at = @later where id = @id and state = @state";

    private const string Swept =
        "update customers_erasures set state = 'swept', attempts = 0, rows_erased = rows_erased + @erased, next_at = @next where id = @id and state = 'asked'";

    private const string StaysOpen =
        "update customers_erasures set attempts = 0, subject_cipher = @cipher, rows_erased = rows_erased + @erased, next_at = @next where id = @id and state = 'swept'";

    private const string Done =
        """
        update customers_erasures
        set state = 'done', subject_cipher = '', rows_erased = rows_erased + @erased, done_at = @now
        where id = @id and state = 'swept'
        """;

    public async Task Run(CancellationToken ct)
    {
        foreach (var erasure in await db.Query<Erasure>(Due, new { now = clock.GetUtcNow(), portion = Portion }, ct).ConfigureAwait(false))
        {
            var later = clock.GetUtcNow() + TimeSpan.FromMinutes(Math.Min(60, 1 << (int)Math.Min(erasure.Attempts, 6)));
            await db.Execute(Begin, new { later, id = erasure.Id, state = erasure.State }, ct).ConfigureAwait(false);
            await CarryOut(erasure, ct).ConfigureAwait(false);
        }
    }

    private async Task CarryOut(Erasure erasure, CancellationToken ct)
    {
        var subject = JsonSerializer.Deserialize<PersonalSubject>(keys.Decrypt(erasure.Cipher), KernelJson.Options)!;
        var what = ErasureScope.Parse(erasure.Kinds);
        var erased = 0L;
        foreach (var part in parts) erased += await db.InTransaction(tx => part.Erase(tx, subject, what, ct), ct).ConfigureAwait(false);
        if (what.IsEverything) erased += await Outbox.Forget(db, NamesIn(subject), ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (erasure.State == "swept" && what.IsEverything && await IsLeft(subject, ct).ConfigureAwait(false))
        {
            var cipher = keys.Encrypt(JsonSerializer.Serialize(subject.IdsOnly(), KernelJson.Options));
            await db.Execute(StaysOpen, new { id = erasure.Id, cipher, erased, next = now + UntilNextLook }, ct).ConfigureAwait(false);
            return;
        }
        await db.InTransaction(async tx =>
        {
            var isDone = erasure.State == "swept";
            var args = new { id = erasure.Id, erased, now, next = now + UntilSecondSweep };
            if (await tx.Execute(isDone ? Done : Swept, args, ct).ConfigureAwait(false) == 1 && isDone)
                await Audit.Record(tx, clock, StaffId.System, "customer.erased", "erasure:" + erasure.Receipt, null, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private async Task<bool> IsLeft(PersonalSubject subject, CancellationToken ct)
    {
        foreach (var part in parts)
            if (await part.IsLeft(db, subject, ct).ConfigureAwait(false)) return true;
        return false;
    }

    private static List<string> NamesIn(PersonalSubject subject) =>
        [.. subject.Customers.Select(c => c.Text), .. subject.Wechat.Select(w => w.OpenId), .. subject.UnionIds, .. subject.PhoneHashes];

    private sealed record Erasure
    {
        public required string Id { get; init; }
        public required string Receipt { get; init; }
        public required string Kinds { get; init; }
        public required string Cipher { get; init; }
        public required string State { get; init; }
        public required long Attempts { get; init; }
    }
}
