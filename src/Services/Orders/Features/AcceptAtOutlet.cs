using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Orders.Weighing;

namespace Courier.Services.Orders;

/// <summary>A clerk takes a parcel in at an outlet: identity checked, goods looked at, weighed (暂行条例 Art. 22, 收寄验视).</summary>
public static class AcceptAtOutlet
{
    private const string Checked =
        """
        update orders_orders
        set real_name_checked_at = @now, inspected_at = @now, real_name_cipher = case when @token = '' then real_name_cipher else @token end
        where id = @Id
        """;

    /// <summary>Takes the order in; taken in before, it is only shown.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypts the token.</param>
    /// <param name="clock">Now.</param>
    /// <param name="divisions">Tell whether the outlet is in the sender's city.</param>
    /// <param name="weights">Notes the weight and what it costs.</param>
    /// <param name="outlet">Code of the outlet.</param>
    /// <param name="code">The drop-off code that the sender shows.</param>
    /// <param name="intake">What the clerk did.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when there is no such code.</returns>
    /// <exception cref="RuleBroken">order.not_inspected, order.not_identified, order.action_not_allowed, order.place_elsewhere.</exception>
    public static async Task<ShownOrder?> Execute(
        Db db, DataKeys keys, TimeProvider clock, Divisions divisions, SettleWeight weights, string outlet, string code, OutletIntake intake, CancellationToken ct)
    {
        if (!intake.Inspected) throw new RuleBroken("order.not_inspected", Texts.NotInspected);
        var id = await db.InTransaction(tx => TakeIn(tx, keys, divisions, weights, clock.GetUtcNow(), outlet, code, intake, ct), ct).ConfigureAwait(false);
        return id is null ? null : await ShowOrder.Whole(db, keys, (await OrderReading.Of(db, keys, id, ct).ConfigureAwait(false))!, ct).ConfigureAwait(false);
    }

    private static async Task<string?> TakeIn(
        Tx tx, DataKeys keys, Divisions divisions, SettleWeight weights, DateTimeOffset now, string outlet, string code, OutletIntake intake, CancellationToken ct)
    {
        if (await tx.First<CodeRow>("select id as Id, outlet_code as Outlet, real_name_cipher as RealName from orders_orders where drop_off_code = @code", new { code }, ct)
                .ConfigureAwait(false) is not { } row) return null;
        if (intake.RealNameToken.Length == 0 && row.RealName.Length == 0) throw new RuleBroken("order.not_identified", Texts.NotIdentified);
        var order = (await OrderStore.Lock(tx, row.Id, ct).ConfigureAwait(false))!;
        if (IsNobodysBusiness(order.Status, row.Outlet == outlet)) return null;
        var change = order.Act(OrderAction.PickUp, OrderActor.Outlet, now);
        if (change is null) return row.Id;
        if (row.Outlet != outlet && !await Acceptance.IsOutletInTheCity(tx, divisions, outlet, order.Area, ct).ConfigureAwait(false)) throw new RuleBroken("order.place_elsewhere", Texts.AcceptElsewhere);
        await OrderStore.Save(tx, order, change, row.Outlet == outlet ? "" : OrderRows.Sealed(keys, Texts.WrongOutlet), ct).ConfigureAwait(false);
        await tx.Execute(Checked, new { now, token = OrderRows.Sealed(keys, intake.RealNameToken), order.Id }, ct).ConfigureAwait(false);
        if (await tx.First<string>("select waybill from orders_shipments where order_id = @Id and status = 'waiting' order by position limit 1", new { order.Id }, ct).ConfigureAwait(false) is { } first)
            await weights.Note(tx, first, intake.WeightGrams, ct).ConfigureAwait(false);
        await tx.Execute("update orders_shipments set status = 'picked_up' where order_id = @Id and status = 'waiting'", new { order.Id }, ct).ConfigureAwait(false);
        return row.Id;
    }

    // Codes are short and live long: a mistyped one must not show what was taken in elsewhere, or long ago.
    private static bool IsNobodysBusiness(OrderStatus status, bool isHere) => status is OrderStatus.Completed || (status is OrderStatus.PickedUp && !isHere);

    private sealed record CodeRow
    {
        public required string Id { get; init; }
        public required string? Outlet { get; init; }
        public required string RealName { get; init; }
    }
}

/// <summary>What a clerk did when a parcel was taken in.</summary>
/// <param name="WeightGrams">Weight as measured; of the first parcel, when there are several.</param>
/// <param name="RealNameToken">What the check of the sender's identity gave; empty when the order brought one.</param>
/// <param name="Inspected">Were the goods looked at?</param>
public sealed record OutletIntake(long WeightGrams, string RealNameToken, bool Inspected);
