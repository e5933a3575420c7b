using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Network;

namespace Courier.Services.Orders;

/// <summary>
/// Keeps a cell for an order once more, in its locker or another one, after its reservation has ended or before it does. Asking again gives the
/// same cell and code, for the whole time from now on; who finds no cell elsewhere keeps the one that there is.
/// </summary>
public sealed class KeepCellAgain(Db db, DataKeys keys, TimeProvider clock, OrdersOptions options, OpenCodes codes, Divisions divisions)
{
    private const string Mine = "select cell_size as CellSize, locker_code as Locker, area as Area from orders_orders where id = @id";

    /// <summary>Keeps a cell.</summary>
    /// <param name="customer">Who asks.</param>
    /// <param name="id">The order.</param>
    /// <param name="elsewhere">Another locker; null for the order's own.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when there is no such order of this customer; a fault when there is no such locker.</returns>
    /// <exception cref="RuleBroken">order.action_not_allowed: it is for no locker, or its parcel has come already; order.place_elsewhere: the locker stands in another city; what lockers refuse (<see cref="ReserveCell"/>).</exception>
    public async Task<Placing?> Execute(CustomerId customer, string id, LockerCode? elsewhere, CancellationToken ct)
    {
        if (await db.InTransaction(tx => Holder(tx, customer, id, ct), ct).ConfigureAwait(false) is not { } holder) return null;
        if (await db.First<Row>(Mine, new { id }, ct).ConfigureAwait(false) is not { Locker: { } own } order) return null;
        var locker = elsewhere ?? LockerCode.Parse(own);
        if (locker.Text != own && await Acceptance.AskTheLocker(db, divisions, locker, divisions.Find(order.Area)!, ct).ConfigureAwait(false) is { } fault) return new Placing.Invalid(fault);
        if (await ReserveCell.Move(db, keys, codes, clock, locker, order.CellSize ?? CellSize.Small, holder, clock.GetUtcNow().AddHours(options.CellHours), ct).ConfigureAwait(false) is null)
            return new Placing.Invalid(Acceptance.UnknownLocker);
        if (locker.Text != own) await db.InTransaction(tx => Move(tx, customer, id, locker, ct), ct).ConfigureAwait(false);
        return new Placing.Placed(id, IsNew: false);
    }

    private static async Task<string?> Holder(Tx tx, CustomerId customer, string id, CancellationToken ct)
    {
        if (await OwnOrder.Lock(tx, customer, id, ct).ConfigureAwait(false) is not { } order) return null;
        return order is { CellHolder: { } holder, Status: OrderStatus.Placed or OrderStatus.Accepted }
            ? holder : throw new RuleBroken("order.action_not_allowed", Texts.NotAllowed(OrderAction.Deposit, order.Kind, order.Status));
    }

    private async Task Move(Tx tx, CustomerId customer, string id, LockerCode locker, CancellationToken ct)
    {
        if (await OwnOrder.Lock(tx, customer, id, ct).ConfigureAwait(false) is not { } order) return;
        var change = order.Act(OrderAction.Change, OrderActor.Customer, clock.GetUtcNow());
        await tx.Execute("update orders_orders set locker_code = @locker where id = @id", new { locker, id }, ct).ConfigureAwait(false);
        await OrderStore.Save(tx, order, change, OrderRows.Sealed(keys, Texts.OtherLocker), ct).ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required CellSize? CellSize { get; init; }
        public required string? Locker { get; init; }
        public required string Area { get; init; }
    }
}
