using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;

namespace Courier.Services.Orders;

/// <summary>What a customer ordered.</summary>
internal sealed class OrdersOfATimeline : ITimelinePart
{
    private const string Theirs =
        """
        select o.id as Id, o.number as Number, o.kind as Kind, o.status as Status, o.total_fen as TotalFen, o.placed_at as At,
          (select count(*) from orders_shipments s where s.order_id = o.id) as Parcels
        from orders_orders o
        where o.customer_id = @customer and (@before is null or o.id < @before)
        order by o.id desc
        limit @limit
        """;

    public async Task<IReadOnlyList<TimelineEntry>> Before(ISqlReader db, CustomerId customer, string? before, int limit, CancellationToken ct) =>
        [.. (await db.Query<Row>(Theirs, new { customer, before, limit }, ct).ConfigureAwait(false)).Select(r => r.Entry())];

    private sealed record Row
    {
        public required string Id { get; init; }
        public required OrderNumber Number { get; init; }
        public required OrderKind Kind { get; init; }
        public required OrderStatus Status { get; init; }
        public required long TotalFen { get; init; }
        public required DateTimeOffset At { get; init; }
        public required long Parcels { get; init; }

        public TimelineEntry Entry() => new()
        {
            Id = Id, Kind = TimelineKind.Order, At = At, Number = Number.Spoken, State = EnumText<OrderStatus>.Of(Status),
            Words = $"{OrderWords.Of(Kind)}，{OrderWords.Of(Status, Kind)}，{(Parcels > 1 ? $"{Parcels}件，" : "")}{new Money(TotalFen)}",
        };
    }
}
