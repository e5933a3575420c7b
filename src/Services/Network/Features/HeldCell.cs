using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>The cell that an order or parcel has.</summary>
public static class HeldCell
{
    /// <summary>The cell with its code; null when the holder has none.</summary>
    public static async Task<CellReservation?> Of(ISqlReader db, DataKeys keys, string holder, CancellationToken ct) =>
        await Cell.HeldBy(db, holder, ct).ConfigureAwait(false) is { } cell && await Locker.Find(db, cell.Locker, ct).ConfigureAwait(false) is { } locker
            ? Show(keys, locker, cell)
            : null;

    internal static CellReservation Show(DataKeys keys, Locker locker, Cell cell) => new(
        locker.Code, locker.Name, locker.Address, cell.Number, cell.Size, cell.State, cell.Holder ?? "", cell.ReservedUntil, cell.CodeCipher is { } cipher ? keys.Decrypt(cipher) : "");
}
