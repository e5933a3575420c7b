using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Orders;

/// <summary>
/// What is promised counts from the day of handing over: an order for a later day than its quote, or one that is moved, is promised as many
/// days later. The price stays as it was agreed to.
/// </summary>
internal static class PromisedDays
{
    /// <summary>Days in China from one moment to another; negative when the second comes earlier.</summary>
    public static long Between(DateTimeOffset from, DateTimeOffset to) => ChinaTime.DayNumber(to) - ChinaTime.DayNumber(from);

    /// <summary>Moves the promises of an order's parcels.</summary>
    public static async Task Move(Tx tx, string orderId, long days, CancellationToken ct)
    {
        if (days == 0) return;
        await tx.Execute("update orders_shipments set promised_by = promised_by + @milliseconds where order_id = @orderId and promised_by is not null",
            new { orderId, milliseconds = days * 86_400_000 }, ct).ConfigureAwait(false);
    }
}
