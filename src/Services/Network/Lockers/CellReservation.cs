using Courier.Kernel.Events;

namespace Courier.Services.Network;

/// <summary>A cell that somebody has.</summary>
/// <param name="Locker">The locker.</param>
/// <param name="LockerName">Its name.</param>
/// <param name="Address">Its full address.</param>
/// <param name="Number">Number of the cell, as on its door.</param>
/// <param name="Size">Its size; may be larger than what was asked for.</param>
/// <param name="State">Reserved, or occupied once something lies in it.</param>
/// <param name="Holder">Who has it: an order or parcel.</param>
/// <param name="Until">When the reservation ends; null once something lies in it.</param>
/// <param name="OpenCode">The digits that open it: its holder's while it is reserved, whoever collects has others once something lies in it.</param>
public sealed record CellReservation(
    LockerCode Locker, string LockerName, string Address, int Number, CellSize Size, CellState State, string Holder, DateTimeOffset? Until, string OpenCode)
{
    /// <summary>Where it is, without the code.</summary>
    public override string ToString() => $"{Locker} {Number} for {Holder}";
}

/// <summary>Something was put into a cell that was kept for somebody.</summary>
/// <param name="Locker">The locker.</param>
/// <param name="Number">The cell.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="Version">Version of the cell.</param>
[EventName("locker.cell_stored.v1")]
public sealed record CellStored(LockerCode Locker, int Number, string Holder, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "cell-holder:" + Holder;
}

/// <summary>What lay in a cell for somebody was taken out.</summary>
/// <param name="Locker">The locker.</param>
/// <param name="Number">The cell.</param>
/// <param name="Holder">Who had it.</param>
/// <param name="Version">Version of the cell.</param>
[EventName("locker.cell_emptied.v1")]
public sealed record CellEmptied(LockerCode Locker, int Number, string Holder, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "cell-holder:" + Holder;
}

/// <summary>Why a reservation ended by itself.</summary>
public enum CellReservationEnd
{
    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>The cell was taken out of service and the locker had no other that fits.</summary>
    OutOfService,
}

/// <summary>A reservation ended and its holder did not ask for it.</summary>
/// <param name="Locker">The locker.</param>
/// <param name="Number">The cell.</param>
/// <param name="Holder">Who had it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Version">Version of the cell.</param>
[EventName("locker.reservation_ended.v1")]
public sealed record CellReservationEnded(LockerCode Locker, int Number, string Holder, CellReservationEnd Reason, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "cell-holder:" + Holder;
}
