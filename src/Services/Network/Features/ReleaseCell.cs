using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>Gives a reservation back.</summary>
public static class ReleaseCell
{
    /// <summary>The cell is free again and its code opens nothing any more.</summary>
    /// <returns>False when the holder had no reservation, or something lies in the cell already.</returns>
    public static Task<bool> Execute(Db db, TimeProvider clock, string holder, CancellationToken ct) => db.InTransaction(tx => Execute(tx, clock, holder, ct), ct);

    /// <summary>The same inside the caller's transaction.</summary>
    public static async Task<bool> Execute(Tx tx, TimeProvider clock, string holder, CancellationToken ct)
    {
        var locker = await tx.First<string>("select locker_code from network_cells where holder = @holder", new { holder }, ct).ConfigureAwait(false);
        if (locker is null) return false;
        await FreeCounts.Lock(tx, [locker], ct).ConfigureAwait(false);
        // Decided by the statement itself: the read above may be older than the lock.
        var released = await tx.Execute(
            """
            update network_cells set state = 'free', holder = null, reserved_until = null, code_hash = null, code_cipher = null, version = version + 1
            where holder = @holder and state = 'reserved'
            """, new { holder }, ct).ConfigureAwait(false);
        if (released > 0) await FreeCounts.Keep(tx, clock, [locker], ct).ConfigureAwait(false);
        return released > 0;
    }
}
