namespace Courier.Services.Parcels;

/// <summary>What a report of a status means for a parcel that stands somewhere.</summary>
public enum Transition
{
    /// <summary>The parcel takes the reported status.</summary>
    Allowed,

    /// <summary>The report is kept as a point of the route, the status stays.</summary>
    Ignored,
}

/// <summary>
/// THE table of statuses: which report moves a parcel from where. Time is judged apart from it: a report older than what is known
/// already is ignored before this table is asked (<see cref="Parcel.Apply"/>).
/// </summary>
public static class StatusMachine
{
    // Rows: where the parcel stands. Columns: what is reported, in the order of the enum. x = allowed, . = ignored.
    // A carrier may leave any step out, so everything ahead is reachable from everywhere on the way out. On the way back the
    // hubs scan again (departed, arrived …): that does not turn the parcel round. A lost parcel may be found.
    private static readonly string[] Table =
    [
        //                    Rg Pu De Ar Od Lk St Sg Fa He Rf Rg Rd Da Lo Rr Ca
        /* Registered     */ ". x x x x x x x x x x x x x x x x",
        /* PickedUp       */ ". . x x x x x x x x x x x x x x x",
        /* Departed       */ ". . . x x x x x x x x x x x x x .",
        /* Arrived        */ ". . x . x x x x x x x x x x x x .",
        /* OutForDelivery */ ". . x x . x x x x x x x x x x x .",
        /* InLocker       */ ". . x x x . x x x x x x x x x x .",
        /* InStation      */ ". . x x x x . x x x x x x x x x .",
        /* Signed         */ ". . . . . . . . . . . . . . . . .",
        /* DeliveryFailed */ ". . x x x x x x . x x x x x x x .",
        /* Held           */ ". x x x x x x x x . x x x x x x x",
        /* Refused        */ ". . x x x x x x x x . x x x x x .",
        /* Returning      */ ". . . . . . . x . . . . x x x x .",
        /* Returned       */ ". . . . . . . . . . . . . . . . .",
        /* Damaged        */ ". . x x x x x x x x x x x . x x .",
        /* Lost           */ ". . x x x x x x . x . x x x . x .",
        /* Redirected     */ ". x x x x x x x x x x x x x x . x",
        /* Cancelled      */ ". . . . . . . . . . . . . . . . .",
    ];

    /// <summary>Looks into the table. The same status again is no change.</summary>
    public static Transition Of(ParcelStatus from, ParcelStatus reported) =>
        Table[(int)from][2 * (int)reported] == 'x' ? Transition.Allowed : Transition.Ignored;

    /// <summary>Is nothing more to come?</summary>
    public static ParcelState StateOf(ParcelStatus status) => status switch
    {
        ParcelStatus.Signed or ParcelStatus.Returned or ParcelStatus.Cancelled or ParcelStatus.Lost => ParcelState.Done,
        ParcelStatus.Registered or ParcelStatus.PickedUp or ParcelStatus.Departed or ParcelStatus.Arrived or ParcelStatus.OutForDelivery
            or ParcelStatus.InLocker or ParcelStatus.InStation or ParcelStatus.DeliveryFailed or ParcelStatus.Held or ParcelStatus.Refused
            or ParcelStatus.Returning or ParcelStatus.Damaged or ParcelStatus.Redirected => ParcelState.Open,
    };

    /// <summary>Which of two reports of the same moment is the later one: the one that is further along. Cores often report whole seconds.</summary>
    internal static int Rank(ParcelStatus status) => status switch
    {
        ParcelStatus.Registered => 0,
        ParcelStatus.PickedUp => 1,
        ParcelStatus.Departed or ParcelStatus.Arrived => 2,
        ParcelStatus.Redirected or ParcelStatus.Held or ParcelStatus.Damaged => 3,
        ParcelStatus.OutForDelivery => 4,
        ParcelStatus.DeliveryFailed => 5,
        ParcelStatus.InLocker or ParcelStatus.InStation => 6,
        ParcelStatus.Refused => 7,
        ParcelStatus.Returning => 8,
        ParcelStatus.Lost => 9,
        ParcelStatus.Signed or ParcelStatus.Returned or ParcelStatus.Cancelled => 10,
    };
}
