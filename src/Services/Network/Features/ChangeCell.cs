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
    /// <param name="keys">Protect the code.</param>
    /// <param name="codes">Make the code of whoever collects: with a parcel in it the cell opens by another one than its sender had.</param>
    /// <param name="clock">The time.</param>
    /// <param name="locker">The locker.</param>
    /// <param name="number">The cell.</param>
    /// <param name="action">What is done: <see cref="CellAction.Store"/> into a reserved cell, <see cref="CellAction.TakeOut"/>, <see cref="CellAction.TakeOutOfService"/>, <see cref="CellAction.Repair"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The state afterwards; null when there is no such cell.</returns>
    /// <exception cref="RuleBroken"><c>cell.not_allowed</c>: not in the state that the cell is in.</exception>
    public static Task<CellState?> Execute(Db db, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode locker, int number, CellAction action, CancellationToken ct) =>
        db.InTransaction(tx => Apply(tx, keys, codes, clock, locker, number, action, ct), ct);

    /// <summary>The same in the transaction that takes a locker's report.</summary>
    internal static async Task<CellState?> Apply(Tx tx, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode locker, int number, CellAction action, CancellationToken ct)
    {
        await FreeCounts.Lock(tx, [locker.Text], ct).ConfigureAwait(false);
        if (await Cell.Find(tx, locker, number, ct).ConfigureAwait(false) is not { } cell) return (CellState?)null;
        if (CellStates.After(cell.State, action) is not { } next || (CellStates.IsHeld(next) && cell.Holder is null)) throw new RuleBroken("cell.not_allowed", Texts.CellNotAllowed);
        if (CellStates.IsHeld(next)) await Store(tx, keys, codes, cell, next, ct).ConfigureAwait(false);
        else await Leave(tx, cell, next, ct).ConfigureAwait(false);
        await FreeCounts.Keep(tx, clock, [locker.Text], ct).ConfigureAwait(false);
        return next;
    }

    private static async Task Store(Tx tx, DataKeys keys, OpenCodes codes, Cell cell, CellState next, CancellationToken ct)
    {
        var code = await codes.New(tx, keys, cell.Locker, ct).ConfigureAwait(false);
        await CellWrites.Save(tx, cell with { State = next, ReservedUntil = null, CodeCipher = keys.Encrypt(code) }, OpenCodes.Hash(keys, cell.Locker, code), ct).ConfigureAwait(false);
        await tx.Publish(new CellStored(cell.Locker, cell.Number, cell.Holder!, cell.Version + 1), ct).ConfigureAwait(false);
    }

    private static async Task Leave(Tx tx, Cell cell, CellState next, CancellationToken ct)
    {
        var codeHash = cell.State == CellState.Reserved
            ? await tx.First<string>("select code_hash from network_cells where locker_code = @Locker and number = @Number", new { cell.Locker, cell.Number }, ct).ConfigureAwait(false)
            : null;
        await CellWrites.Clear(tx, cell, next, ct).ConfigureAwait(false);
        if (cell is { State: CellState.Occupied, Holder: { } holder }) await tx.Publish(new CellEmptied(cell.Locker, cell.Number, holder, cell.Version + 1), ct).ConfigureAwait(false);
        if (cell.State != CellState.Reserved) return;
        var other = await tx.First<Cell>(Replacement, new { locker = cell.Locker, sizes = ReserveCell.FromSize(cell.Size), number = cell.Number }, ct).ConfigureAwait(false);
        if (other is null) await tx.Publish(new CellReservationEnded(cell.Locker, cell.Number, cell.Holder!, CellReservationEnd.OutOfService, cell.Version + 1), ct).ConfigureAwait(false);
        else await CellWrites.Save(tx, other with { State = cell.State, Holder = cell.Holder, ReservedUntil = cell.ReservedUntil, CodeCipher = cell.CodeCipher }, codeHash, ct).ConfigureAwait(false);
    }
}
