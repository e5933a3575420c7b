namespace Courier.Services.Network;

/// <summary>What a cell is used for now.</summary>
public enum CellState
{
    /// <summary>Nothing is in it and nobody has it.</summary>
    Free,

    /// <summary>Kept for somebody until a time.</summary>
    Reserved,

    /// <summary>Something lies in it.</summary>
    Occupied,

    /// <summary>It must not be used: the door sticks, the lock fails.</summary>
    OutOfService,
}

/// <summary>What can be done with a cell.</summary>
public enum CellAction
{
    /// <summary>Keep it for somebody.</summary>
    Reserve,

    /// <summary>Give a reservation back, or let it end.</summary>
    Release,

    /// <summary>Put something in.</summary>
    Store,

    /// <summary>Take out what lies in it.</summary>
    TakeOut,

    /// <summary>Close it for repair.</summary>
    TakeOutOfService,

    /// <summary>Use it again.</summary>
    Repair,
}

/// <summary>The one table of what may be done with a cell.</summary>
public static class CellStates
{
    private static readonly Dictionary<(CellState From, CellAction Action), CellState> Table = new()
    {
        [(CellState.Free, CellAction.Reserve)] = CellState.Reserved,
        [(CellState.Free, CellAction.Store)] = CellState.Occupied,
        [(CellState.Free, CellAction.TakeOutOfService)] = CellState.OutOfService,
        [(CellState.Reserved, CellAction.Release)] = CellState.Free,
        [(CellState.Reserved, CellAction.Store)] = CellState.Occupied,
        [(CellState.Reserved, CellAction.TakeOutOfService)] = CellState.OutOfService,
        [(CellState.Occupied, CellAction.TakeOut)] = CellState.Free,
        [(CellState.OutOfService, CellAction.Repair)] = CellState.Free,
    };

    /// <summary>The state afterwards; null when it is not allowed.</summary>
    public static CellState? After(CellState state, CellAction action) => Table.TryGetValue((state, action), out var next) ? next : null;

    /// <summary>Does somebody have the cell in this state?</summary>
    public static bool IsHeld(CellState state) => state is CellState.Reserved or CellState.Occupied;
}
