using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Network;

/// <summary>Frees the cells whose reservation is over and tells their holders; forgets wrong codes of yesterday and reports of last month.</summary>
internal sealed class EndReservations(Db db, TimeProvider clock) : IScheduledJob
{
    private const int Portion = 200;

    private const string Due = $"select {Cell.Columns} from network_cells where state = 'reserved' and reserved_until <= @now order by reserved_until limit @portion";

    private const string Again = $"select {Cell.Columns} from network_cells where state = 'reserved' and reserved_until <= @now and holder in @holders";

    private const string Free =
        """
        update network_cells set state = 'free', holder = null, reserved_until = null, code_hash = null, code_cipher = null, version = version + 1
        where state = 'reserved' and reserved_until <= @now and holder in @holders
        """;

    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from network_open_tries where last_at <= @old", new { old = now.AddDays(-1) }, ct).ConfigureAwait(false);
        await db.Execute("delete from network_device_reports where received_at <= @old", new { old = now.AddDays(-30) }, ct).ConfigureAwait(false);
        while (await db.Query<Cell>(Due, new { now, portion = Portion }, ct).ConfigureAwait(false) is { Count: > 0 } due)
            await db.InTransaction(tx => End(tx, due, now, ct), ct).ConfigureAwait(false);
    }

    private async Task End(Tx tx, IReadOnlyList<Cell> due, DateTimeOffset now, CancellationToken ct)
    {
        var lockers = due.Select(c => c.Locker.Text).Distinct().ToList();
        var holders = due.Select(c => c.Holder).ToList();
        await FreeCounts.Lock(tx, lockers, ct).ConfigureAwait(false);
        var ending = await tx.Query<Cell>(Again, new { now, holders }, ct).ConfigureAwait(false); // since then somebody may have renewed or used it
        await tx.Execute(Free, new { now, holders }, ct).ConfigureAwait(false);
        await FreeCounts.Keep(tx, clock, lockers, ct).ConfigureAwait(false);
        await tx.Publish([.. ending.Select(c => new CellReservationEnded(c.Locker, c.Number, c.Holder!, CellReservationEnd.Expired, c.Version + 1))], ct).ConfigureAwait(false);
    }
}
