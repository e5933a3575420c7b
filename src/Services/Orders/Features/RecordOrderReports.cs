using System.Globalization;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Orders.Weighing;

namespace Courier.Services.Orders;

/// <summary>Takes what the carrier core did with orders: taken on, came in vain, called off. Idempotent by core and report id.</summary>
public static class RecordOrderReports
{
    private static readonly Dictionary<string, OrderAction> Codes = new(StringComparer.Ordinal)
    {
        ["accepted"] = OrderAction.Accept, ["deposited"] = OrderAction.Deposit, ["pickup_failed"] = OrderAction.FailPickup, ["picked_up"] = OrderAction.PickUp,
        ["cancelled"] = OrderAction.Cancel,
    };

    /// <summary>Records the reports one by one, each in a transaction of its own, so that one that is refused spoils no other.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypts the courier's name and number.</param>
    /// <param name="clock">Now.</param>
    /// <param name="options">Which core reports on orders.</param>
    /// <param name="weights">Notes weights and what they cost.</param>
    /// <param name="core">The core's configured name.</param>
    /// <param name="reports">At most 1000; null for one that is no such object.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<OrderReportResult> Execute(
        Db db, DataKeys keys, TimeProvider clock, OrdersOptions options, SettleWeight weights, string core, IReadOnlyList<OrderReport?> reports, CancellationToken ct)
    {
        var (accepted, duplicates, rejected) = (0, 0, new List<OrderReportRejection>());
        for (var i = 0; i < reports.Count; i++)
        {
            var outcome = await One(db, keys, clock, options, weights, core, reports[i], ct).ConfigureAwait(false);
            if (outcome is null) accepted++;
            else if (outcome.Value.Code.Length == 0) duplicates++;
            else rejected.Add(new(i, outcome.Value.Code, outcome.Value.Message));
        }
        return new(accepted, duplicates, rejected);
    }

    private static async Task<(string Code, string Message)?> One(
        Db db, DataKeys keys, TimeProvider clock, OrdersOptions options, SettleWeight weights, string core, OrderReport? report, CancellationToken ct)
    {
        if (report is null) return ("event.malformed", Texts.ReportMalformed);
        if (report.Id is not { Length: >= 1 and <= 64 } || report.Id.Any(char.IsControl)) return ("event.id_invalid", Texts.ReportId);
        if (report.WeightGrams is < 1 or > 1_000_000) return ("weight.invalid", Texts.WeightWrong);
        if (!Codes.TryGetValue(report.Code ?? "", out var action)) return ("event.code_unknown", Texts.ReportCode);
        if (!OrderNumber.TryParse(report.Order, null, out var number) || (options.Core.Length > 0 && options.Core != core)) return ("order.unknown", Texts.OrderUnknown);
        try
        {
            return await db.InTransaction(tx => Take(tx, keys, weights, clock.GetUtcNow(), core, report, number, action, ct), ct).ConfigureAwait(false);
        }
        catch (RuleBroken refused)
        {
            return (refused.Code, refused.Message);
        }
    }

    private static async Task<(string Code, string Message)?> Take(
        Tx tx, DataKeys keys, SettleWeight weights, DateTimeOffset now, string core, OrderReport report, OrderNumber number, OrderAction action, CancellationToken ct)
    {
        if (await OrderStore.LockByNumber(tx, number, ct).ConfigureAwait(false) is not { } order) return ("order.unknown", Texts.OrderUnknown);
        if (!await tx.TryInsert("insert into orders_reports (core, report_id, order_id, received_at) values (@core, @Id, @orderId, @now)",
                new { core, report.Id, orderId = order.Id, now }, ct).ConfigureAwait(false)) return ("", "");
        var change = order.Act(action, OrderActor.Core, At(report.Time, now));
        await OrderStore.Save(tx, order, change, OrderRows.Sealed(keys, WishCheck.Plain(report.Reason, 200)), ct).ConfigureAwait(false);
        if (action == OrderAction.PickUp && report.WeightGrams is { } grams && await Weighed(tx, order.Id, report.Waybill, ct).ConfigureAwait(false) is { } waybill)
            await weights.Note(tx, waybill, grams, ct).ConfigureAwait(false);
        if (WishCheck.Plain(report.CourierName, 40) is { Length: > 0 } name)
        {
            var courier = keys.Encrypt(JsonSerializer.Serialize(new OrderCourier(name, Phone.TryParse(report.CourierPhone, out var phone) ? phone.Text : "")));
            await tx.Execute("update orders_orders set courier_cipher = @courier where id = @Id", new { courier, order.Id }, ct).ConfigureAwait(false);
        }
        return null;
    }

    // The parcel that is named; without a name the only one.
    private static async Task<string?> Weighed(Tx tx, string orderId, string? waybill, CancellationToken ct)
    {
        var all = await tx.Query<string>("select waybill from orders_shipments where order_id = @orderId order by position limit 51", new { orderId }, ct).ConfigureAwait(false);
        return waybill is null ? all is [var only] ? only : null : all.FirstOrDefault(w => w == waybill);
    }

    private static DateTimeOffset At(string? time, DateTimeOffset now) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at < now && at > now.AddDays(-30) ? at : now;
}

/// <summary>What a core reports about an order, unchecked.</summary>
public sealed record OrderReport
{
    /// <summary>The core's id of the report; the same again is a repetition.</summary>
    public string? Id { get; init; }

    /// <summary>The order's number.</summary>
    public string? Order { get; init; }

    /// <summary>accepted, deposited, pickup_failed, picked_up or cancelled.</summary>
    public string? Code { get; init; }

    /// <summary>When, RFC 3339.</summary>
    public string? Time { get; init; }

    /// <summary>Why, for failures.</summary>
    public string? Reason { get; init; }

    /// <summary>With picked_up: weight as measured, in grams.</summary>
    public long? WeightGrams { get; init; }

    /// <summary>Which parcel was weighed; may be left out when the order has only one.</summary>
    public string? Waybill { get; init; }

    /// <summary>Who comes.</summary>
    public string? CourierName { get; init; }

    /// <summary>Their number.</summary>
    public string? CourierPhone { get; init; }
}

/// <summary>What became of a batch of reports.</summary>
/// <param name="Accepted">Taken now.</param>
/// <param name="Duplicates">Taken before.</param>
/// <param name="Rejected">Not taken.</param>
public sealed record OrderReportResult(int Accepted, int Duplicates, IReadOnlyList<OrderReportRejection> Rejected);

/// <summary>One report that was not taken.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What is wrong, in Chinese.</param>
public sealed record OrderReportRejection(int Index, string Code, string Message);
