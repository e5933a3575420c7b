using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>A cell as it lies in the table.</summary>
internal sealed record Cell
{
    public const string Columns =
        """
        locker_code as Locker, number as Number, size as Size, state as State, holder as Holder, reserved_until as ReservedUntil, code_cipher as CodeCipher, version as Version
        """;

    public required LockerCode Locker { get; init; }
    public required int Number { get; init; }
    public required CellSize Size { get; init; }
    public required CellState State { get; init; }
    public required string? Holder { get; init; }
    public required DateTimeOffset? ReservedUntil { get; init; }
    public required string? CodeCipher { get; init; }
    public required long Version { get; init; }

    public static Task<Cell?> HeldBy(ISqlReader db, string holder, CancellationToken ct) =>
        db.First<Cell>($"select {Columns} from network_cells where holder = @holder", new { holder }, ct);

    public static Task<Cell?> Find(ISqlReader db, LockerCode locker, int number, CancellationToken ct) =>
        db.First<Cell>($"select {Columns} from network_cells where locker_code = @locker and number = @number", new { locker, number }, ct);
}

/// <summary>Free counts of lockers, kept with every change of a cell, so that nobody counts rows to know what is free.</summary>
internal static class FreeCounts
{
    private const string Count = "(select count(*) from network_cells c where c.locker_code = network_lockers.code and c.state = 'free' and c.size = ";

    /// <summary>Locks the lockers until the end of the transaction: all changes of a locker's cells follow one another.</summary>
    public static async Task Lock(Tx tx, IReadOnlyCollection<string> lockers, CancellationToken ct) =>
        await tx.Query<string>($"select code from network_lockers where code in @lockers order by code {tx.Dialect.ForUpdate}", new { lockers }, ct).ConfigureAwait(false);

    /// <summary>Counts anew, in the transaction that changed cells of these lockers.</summary>
    public static Task Keep(Tx tx, TimeProvider clock, IReadOnlyCollection<string> lockers, CancellationToken ct) => tx.Execute(
        $"""
        update network_lockers set free_small = {Count}'small'), free_medium = {Count}'medium'), free_large = {Count}'large'), changed_at = @now
        where code in @lockers
        """, new { lockers, now = clock.GetUtcNow() }, ct);
}
