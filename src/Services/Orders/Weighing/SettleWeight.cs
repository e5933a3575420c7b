using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Rates;

namespace Courier.Services.Orders.Weighing;

/// <summary>
/// Notes what a parcel weighed when it was taken in, and what it costs by that: the price of the same quote, product and card. Where it differs
/// from what was agreed the difference is settled at the pickup, and the customer is told why. The first weighing counts.
/// </summary>
public sealed class SettleWeight(RateBook book, TimeProvider clock)
{
    private const string Waiting =
        """
        select s.waybill as Waybill, s.order_id as OrderId, s.weight_grams as ToldGrams, s.quote_id as QuoteId, s.product as Product, s.total_fen as AgreedFen, o.number as Number,
          o.customer_id as Customer, o.version as Version
        from orders_shipments s
        join orders_orders o on o.id = s.order_id
        where s.waybill = @waybill and s.weighed_grams is null
        """;

    private static readonly string[] Columns = ["waybill", "order_id", "weighed_grams", "chargeable_grams", "agreed_fen", "weighed_fen", "price_lines", "recorded_at"];

    /// <summary>Notes the weight, in the transaction of whoever took the parcel in.</summary>
    /// <param name="tx">That transaction.</param>
    /// <param name="waybill">The parcel.</param>
    /// <param name="grams">Weight as measured.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Note(Tx tx, string waybill, long grams, CancellationToken ct)
    {
        if (grams <= 0 || await tx.First<Row>(Waiting, new { waybill }, ct).ConfigureAwait(false) is not { } parcel) return;
        await tx.Execute("update orders_shipments set weighed_grams = @grams where waybill = @waybill", new { grams, waybill }, ct).ConfigureAwait(false);
        if (grams == parcel.ToldGrams || await WeighAgain.Execute(tx, book, QuoteId.Parse(parcel.QuoteId), parcel.Product, grams, ct).ConfigureAwait(false) is not { } price) return;
        if (price.TotalFen == parcel.AgreedFen) return;
        var lines = price.Lines.Select(l => new OrderPriceLine(l.Code, l.Name, l.Fen, l.Explanation)).ToList();
        await tx.InsertRows("orders_settlements", Columns,
            [[waybill, parcel.OrderId, grams, price.ChargeableGrams, parcel.AgreedFen, price.TotalFen, JsonSerializer.Serialize(lines, KernelJson.Options), clock.GetUtcNow()]], ct: ct).ConfigureAwait(false);
        await tx.Publish(new ParcelWeighed(parcel.OrderId, parcel.Number, parcel.Customer, waybill, parcel.ToldGrams, grams, parcel.AgreedFen, price.TotalFen, parcel.Version), ct).ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required string Waybill { get; init; }
        public required string OrderId { get; init; }
        public required long ToldGrams { get; init; }
        public required string QuoteId { get; init; }
        public required string Product { get; init; }
        public required long AgreedFen { get; init; }
        public required OrderNumber Number { get; init; }
        public required string Customer { get; init; }
        public required long Version { get; init; }
    }
}
