using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>Checks the code that somebody types at a locker.</summary>
public static class OpenCell
{
    private const string ByCode =
        $"select {Cell.Columns} from network_cells where locker_code = @locker and code_hash = @hash and (state = 'occupied' or (state = 'reserved' and reserved_until > @now))";

    /// <summary>What a code came to.</summary>
    public abstract record Outcome
    {
        /// <summary>This cell's door opens.</summary>
        /// <param name="Number">The cell.</param>
        /// <param name="Size">Its size.</param>
        /// <param name="State">Reserved: something may be put in. Occupied: it may be taken out.</param>
        /// <param name="Holder">Whose it is.</param>
        public sealed record Opened(int Number, CellSize Size, CellState State, string Holder) : Outcome;

        /// <summary>No cell has this code.</summary>
        /// <param name="TriesLeft">So many more before a lock.</param>
        public sealed record Wrong(int TriesLeft) : Outcome;

        /// <summary>Too many wrong codes: nothing is opened, whatever the code.</summary>
        /// <param name="Until">Until then.</param>
        public sealed record Locked(DateTimeOffset Until) : Outcome;
    }

    /// <summary>Looks a code up; wrong ones are counted for the locker and whoever types them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Find the code.</param>
    /// <param name="options">How many tries.</param>
    /// <param name="clock">The time.</param>
    /// <param name="locker">The locker.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="caller">Who types: <c>keypad</c>, or a customer's id; at most 64 characters.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<Outcome> Execute(Db db, DataKeys keys, NetworkOptions options, TimeProvider clock, LockerCode locker, string code, string caller, CancellationToken ct) =>
        db.InTransaction<Outcome>(async tx =>
        {
            var now = clock.GetUtcNow();
            // The row is made first, so that tries at the same moment wait for one another at it.
            await tx.Execute($"{tx.Dialect.InsertIfAbsentInto} network_open_tries (locker_code, caller, tries, last_at) values (@locker, @caller, 0, @now)", new { locker, caller, now }, ct).ConfigureAwait(false);
            var tries = (await tx.First<Tries>(
                $"select tries as Count, last_at as LastAt, locked_until as LockedUntil from network_open_tries where locker_code = @locker and caller = @caller {tx.Dialect.ForUpdate}",
                new { locker, caller }, ct).ConfigureAwait(false))!;
            if (tries.LockedUntil is { } locked && locked > now) return new Outcome.Locked(locked);
            if (await tx.First<Cell>(ByCode, new { locker, hash = OpenCodes.Hash(keys, locker, code), now }, ct).ConfigureAwait(false) is { } cell)
            {
                await tx.Execute("delete from network_open_tries where locker_code = @locker and caller = @caller", new { locker, caller }, ct).ConfigureAwait(false);
                return new Outcome.Opened(cell.Number, cell.Size, cell.State, cell.Holder ?? "");
            }
            return await Count(tx, options, locker, caller, tries, now, ct).ConfigureAwait(false);
        }, ct);

    private static async Task<Outcome> Count(Tx tx, NetworkOptions options, LockerCode locker, string caller, Tries before, DateTimeOffset now, CancellationToken ct)
    {
        var isOld = before.LockedUntil is not null || before.LastAt + options.OpenCodeLock <= now;
        var tries = isOld ? 1 : before.Count + 1;
        DateTimeOffset? until = tries >= options.OpenCodeTries ? now + options.OpenCodeLock : null;
        await tx.Execute("update network_open_tries set tries = @tries, last_at = @now, locked_until = @until where locker_code = @locker and caller = @caller",
            new { tries, now, until, locker, caller }, ct).ConfigureAwait(false);
        return until is { } locked ? new Outcome.Locked(locked) : new Outcome.Wrong(options.OpenCodeTries - tries);
    }

    private sealed record Tries
    {
        public required int Count { get; init; }
        public required DateTimeOffset LastAt { get; init; }
        public required DateTimeOffset? LockedUntil { get; init; }
    }
}
