using Courier.Kernel;

namespace Courier.Services.Orders;

/// <summary>THE table of orders: which action leads from where to where, and who may take it.</summary>
public static class OrderMachine
{
    // Rows: where the order stands. Columns: what is done, in the order of the enum. A letter is the status it leads to,
    // = leaves it as it is (a repetition, or a change that is no step), . is refused. Reports of the core may come late or twice
    // and leave a step out; what a customer does ends with the pickup.
    private static readonly string[] Table =
    [
        //                   Ac De Fa Pi Co Re Ch Ca Ex
        /* Placed       */ " A  D  F  U  C  =  =  X  E",
        /* Accepted     */ " =  D  F  U  C  P  P  X  E",
        /* Deposited    */ " =  =  F  U  C  .  .  .  .",
        /* PickupFailed */ " A  D  =  U  C  P  P  X  E",
        /* PickedUp     */ " =  =  =  =  C  .  .  .  .",
        /* Completed    */ " =  =  =  =  =  .  .  .  .",
        /* Cancelled    */ " .  .  .  .  .  .  .  =  =",
        /* Expired      */ " .  .  .  .  .  .  .  =  =",
    ];

    // Who may: C customer, R carrier core, O outlet, H house.
    private static readonly string[] May =
    [
        /* Accept     */ "R",
        /* Deposit    */ "RH",
        /* FailPickup */ "R",
        /* PickUp     */ "ROH",
        /* Complete   */ "RH",
        /* Reschedule */ "C",
        /* Change     */ "C",
        /* Cancel     */ "CRH",
        /* Expire     */ "H",
    ];

    /// <summary>The status after an action; null when the table refuses it.</summary>
    /// <param name="from">Where the order stands.</param>
    /// <param name="action">What is done.</param>
    public static OrderStatus? After(OrderStatus from, OrderAction action) => Table[(int)from][1 + 3 * (int)action] switch
    {
        'P' => OrderStatus.Placed,
        'A' => OrderStatus.Accepted,
        'D' => OrderStatus.Deposited,
        'F' => OrderStatus.PickupFailed,
        'U' => OrderStatus.PickedUp,
        'C' => OrderStatus.Completed,
        'X' => OrderStatus.Cancelled,
        'E' => OrderStatus.Expired,
        '=' => from,
        _ => null,
    };

    /// <summary>May this one do it at all?</summary>
    public static bool IsFor(OrderActor actor, OrderAction action) => May[(int)action].Contains(Letter(actor), StringComparison.Ordinal);

    /// <summary>Does the action make sense for this way of sending? Appointments are for the door, cells for lockers; only what the sender brings can fail to come.</summary>
    public static bool Fits(OrderKind kind, OrderAction action) => action switch
    {
        OrderAction.Reschedule => kind == OrderKind.Door,
        OrderAction.Deposit => kind == OrderKind.Locker,
        OrderAction.FailPickup => kind != OrderKind.Outlet,
        OrderAction.Expire => kind != OrderKind.Door,
        OrderAction.Accept or OrderAction.PickUp or OrderAction.Complete or OrderAction.Change or OrderAction.Cancel => true,
    };

    /// <summary>The status after an action by somebody.</summary>
    /// <exception cref="RuleBroken">order.action_not_allowed.</exception>
    public static OrderStatus Act(OrderKind kind, OrderStatus from, OrderAction action, OrderActor actor) =>
        IsFor(actor, action) && Fits(kind, action) && After(from, action) is { } after
            ? after
            : throw new RuleBroken("order.action_not_allowed", Texts.NotAllowed(action, kind, from));

    /// <summary>What somebody may do with an order now.</summary>
    public static IReadOnlyList<OrderAction> Open(OrderKind kind, OrderStatus from, OrderActor actor) =>
        [.. Enum.GetValues<OrderAction>().Where(a => IsFor(actor, a) && Fits(kind, a) && After(from, a) is not null && StateOf(from) == OrderState.Open)];

    /// <summary>Is something still to come?</summary>
    public static OrderState StateOf(OrderStatus status) => status switch
    {
        OrderStatus.Completed or OrderStatus.Cancelled or OrderStatus.Expired => OrderState.Done,
        OrderStatus.Placed or OrderStatus.Accepted or OrderStatus.Deposited or OrderStatus.PickupFailed or OrderStatus.PickedUp => OrderState.Open,
    };

    private static char Letter(OrderActor actor) => actor switch
    {
        OrderActor.Customer => 'C',
        OrderActor.Core => 'R',
        OrderActor.Outlet => 'O',
        OrderActor.House => 'H',
    };
}
