using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>What happens at a cell's door, and its repair.</summary>
public static class ChangeCell
{
    private const string Replacement =
        $"""
        select {Cell.Columns} from network_cells
        where locker_code = @locker and state = 'free' and size in @sizes and number <> @number
        order by case size when 'small' then 1 when 'medium' then 2 else 3 end, number
        limit 1
        """;

    /// <summary>
    /// Something was put in or taken out, or the cell is closed for repair or used again. A reservation of a cell that is closed goes to
    /// another cell of the locker with its code; where there is none it ends (<see cref="CellReservationEnded"/>).
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="locker">The locker.</param>
    /// <param name="number">The cell.</param>
    /// <param name="action">What is done: <see cref="CellAction.Store"/> into a reserved cell, <see cref="CellAction.TakeOut"/>, <see cref="CellAction.TakeOutOfService"/>, <see cref="CellAction.Repair"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The state afterwards; null when there is no such cell.</returns>
    /// <exception cref="RuleBroken"><c>cell.not_allowed</c>: not in the state that the cell is in.</exception>
    public static Task<CellState?> Execute(Db db, TimeProvider clock, LockerCode locker, int number, CellAction action, CancellationToken ct) =>
        db.InTransaction(tx => Apply(tx, clock, locker, number, action, ct), ct);

    /// <summary>The same in the transaction that takes a locker's report.</summary>
    internal static async Task<CellState?> Apply(Tx tx, TimeProvider clock, LockerCode locker, int number, CellAction action, CancellationToken ct)
    {
        await FreeCounts.Lock(tx, [locker.Text], ct).ConfigureAwait(false);
        if (await Cell.Find(tx, locker, number, ct).ConfigureAwait(false) is not { } cell) return (CellState?)null;
        if (CellStates.After(cell.State, action) is not { } next || (CellStates.IsHeld(next) && cell.Holder is null)) throw new RuleBroken("cell.not_allowed", Texts.CellNotAllowed);
        if (CellStates.IsHeld(next)) await Store(tx, cell, next, ct).ConfigureAwait(false);
        else await Leave(tx, cell, next, ct).ConfigureAwait(false);
        await FreeCounts.Keep(tx, clock, [locker.Text], ct).ConfigureAwait(false);
        return next;
    }

    private static async Task Store(Tx tx, Cell cell, CellState next, CancellationToken ct)
    {
        await tx.Execute("update network_cells set state = @next, reserved_until = null, version = version + 1 where locker_code = @Locker and number = @Number",
            new { next, cell.Locker, cell.Number }, ct).ConfigureAwait(false);
        await tx.Publish(new CellStored(cell.Locker, cell.Number, cell.Holder!, cell.Version + 1), ct).ConfigureAwait(false);
    }

    private static async Task Leave(Tx tx, Cell cell, CellState next, CancellationToken ct)
    {
        var codeHash = cell.State == CellState.Reserved
            ? await tx.First<string>("select code_hash from network_cells where locker_code = @Locker and number = @Number", new { cell.Locker, cell.Number }, ct).ConfigureAwait(false)
            : null;
        await CellWrites.Clear(tx, cell, next, ct).ConfigureAwait(false);
        if (cell.State != CellState.Reserved) return;
        var other = await tx.First<Cell>(Replacement, new { locker = cell.Locker, sizes = ReserveCell.FromSize(cell.Size), number = cell.Number }, ct).ConfigureAwait(false);
        if (other is null) await tx.Publish(new CellReservationEnded(cell.Locker, cell.Number, cell.Holder!, CellReservationEnd.OutOfService, cell.Version + 1), ct).ConfigureAwait(false);
        else await CellWrites.Save(tx, other with { State = cell.State, Holder = cell.Holder, ReservedUntil = cell.ReservedUntil, CodeCipher = cell.CodeCipher }, codeHash, ct).ConfigureAwait(false);
    }
}
