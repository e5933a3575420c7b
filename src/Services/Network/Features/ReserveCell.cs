using System.Data.Common;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>Keeps a cell of a locker for somebody.</summary>
public static class ReserveCell
{
    private const int Attempts = 3;

    // The smallest first; what is left of a size is used from its first door on.
    private const string Choice =
        $"""
        select {Cell.Columns} from network_cells
        where locker_code = @locker and state = 'free' and size in @sizes
        order by case size when 'small' then 1 when 'medium' then 2 else 3 end, number
        limit 1
        """;

    /// <summary>The smallest free cell that fits, from now on the holder's. The holder who asks again has the same cell and code, until the new time.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect the code.</param>
    /// <param name="codes">Makes it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="locker">Which locker.</param>
    /// <param name="fits">The smallest cell that will do.</param>
    /// <param name="holder">Who has it: the id of an order or parcel, at most 64 characters.</param>
    /// <param name="until">When the reservation ends unless something was put in.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when there is no such locker.</returns>
    /// <exception cref="RuleBroken"><c>locker.full</c>, <c>locker.closed</c>; <c>locker.holder_elsewhere</c>: the holder has a cell in another locker.</exception>
    public static Task<CellReservation?> Execute(
        Db db, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode locker, CellSize fits, string holder, DateTimeOffset until, CancellationToken ct) =>
        Execute(db, keys, codes, clock, locker, fits, holder, until, isMove: false, ct);

    /// <summary>The same for a holder who may have a cell in another locker: it is given back, once there is one here. Who finds none here keeps the other.</summary>
    public static Task<CellReservation?> Move(
        Db db, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode locker, CellSize fits, string holder, DateTimeOffset until, CancellationToken ct) =>
        Execute(db, keys, codes, clock, locker, fits, holder, until, isMove: true, ct);

    private static async Task<CellReservation?> Execute(
        Db db, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode locker, CellSize fits, string holder, DateTimeOffset until, bool isMove, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var leaving = isMove ? await db.First<string>("select locker_code from network_cells where holder = @holder", new { holder }, ct).ConfigureAwait(false) : null;
                return await db.InTransaction(tx => Keep(tx, keys, codes, clock, locker, fits, holder, until, leaving, ct), ct).ConfigureAwait(false);
            }
            catch (DbException e) when (db.Dialect.IsUniqueViolation(e) && attempt < Attempts)
            {
                // The same holder asks at two lockers at the same moment; now the first cell can be seen.
            }
        }
    }

    private static async Task<CellReservation?> Keep(
        Tx tx, DataKeys keys, OpenCodes codes, TimeProvider clock, LockerCode code, CellSize fits, string holder, DateTimeOffset until, string? leaving, CancellationToken ct)
    {
        // First of all the lock: what is read after it is what the others left.
        if (leaving is not null) await FreeCounts.Lock(tx, [leaving, code.Text], ct).ConfigureAwait(false);
        if (await Locker.ForChange(tx, code, ct).ConfigureAwait(false) is not { } locker) return null;
        var mine = await Cell.HeldBy(tx, holder, ct).ConfigureAwait(false);
        var isLeft = mine is { State: CellState.Reserved } && mine.Locker != code && mine.Locker.Text == leaving;
        if (mine is not null && !isLeft) return await Again(tx, keys, locker, mine, until, ct).ConfigureAwait(false);
        if (locker.IsClosed) throw new RuleBroken("locker.closed", Texts.LockerClosed);
        if (await tx.First<Cell>(Choice, new { locker = code, sizes = FromSize(fits) }, ct).ConfigureAwait(false) is not { } free) throw new RuleBroken("locker.full", Texts.LockerFull);
        var openCode = await codes.New(tx, keys, code, ct).ConfigureAwait(false);
        var reserved = free with { State = CellState.Reserved, Holder = holder, ReservedUntil = until, CodeCipher = keys.Encrypt(openCode) };
        if (mine is not null) await CellWrites.Clear(tx, mine, CellState.Free, ct).ConfigureAwait(false);
        await CellWrites.Save(tx, reserved, OpenCodes.Hash(keys, code, openCode), ct).ConfigureAwait(false);
        await FreeCounts.Keep(tx, clock, mine is null ? [code.Text] : [code.Text, mine.Locker.Text], ct).ConfigureAwait(false);
        return HeldCell.Show(keys, locker, reserved);
    }

    private static async Task<CellReservation> Again(Tx tx, DataKeys keys, Locker locker, Cell mine, DateTimeOffset until, CancellationToken ct)
    {
        if (mine.Locker != locker.Code) throw new RuleBroken("locker.holder_elsewhere", Texts.HolderElsewhere);
        if (mine.State == CellState.Reserved)
            await tx.Execute("update network_cells set reserved_until = @until where holder = @Holder and state = 'reserved'", new { until, mine.Holder }, ct).ConfigureAwait(false);
        return HeldCell.Show(keys, locker, mine.State == CellState.Reserved ? mine with { ReservedUntil = until } : mine);
    }

    internal static List<string> FromSize(CellSize fits) => [.. Enum.GetValues<CellSize>().Where(s => s >= fits).Select(EnumText<CellSize>.Of)];
}

/// <summary>What a locker is called and whether it works.</summary>
internal sealed record Locker
{
    public required LockerCode Code { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required string DistrictCode { get; init; }
    public required bool IsClosed { get; init; }

    private const string Select = "select code as Code, name as Name, address as Address, district_code as DistrictCode, closed as IsClosed from network_lockers where code = @code";

    public static Task<Locker?> ForChange(Tx tx, LockerCode code, CancellationToken ct) => tx.First<Locker>($"{Select} {tx.Dialect.ForUpdate}", new { code }, ct);

    public static Task<Locker?> Find(ISqlReader db, LockerCode code, CancellationToken ct) => db.First<Locker>(Select, new { code }, ct);
}

/// <summary>Writes a cell back; its locker is locked by the caller.</summary>
internal static class CellWrites
{
    private const string Sql =
        """
        update network_cells set state = @State, holder = @Holder, reserved_until = @ReservedUntil, code_hash = @codeHash, code_cipher = @CodeCipher, version = version + 1
        where locker_code = @Locker and number = @Number
        """;

    public static Task Save(Tx tx, Cell cell, string? codeHash, CancellationToken ct) =>
        tx.Execute(Sql, new { cell.State, cell.Holder, cell.ReservedUntil, codeHash, cell.CodeCipher, cell.Locker, cell.Number }, ct);

    /// <summary>Nobody has it any more.</summary>
    public static Task Clear(Tx tx, Cell cell, CellState state, CancellationToken ct) =>
        Save(tx, cell with { State = state, Holder = null, ReservedUntil = null, CodeCipher = null }, null, ct);
}
