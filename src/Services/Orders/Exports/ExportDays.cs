using System.Globalization;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Calendars;

namespace Courier.Services.Orders.Exports;

/// <summary>
/// Writes the orders placed on each day, and the messages of that day to other systems, as CSV: for accounting, and for systems that speak
/// no HTTP. Nobody is named in them. A file is there as a whole or not at all, and once; a day that could not be written is caught up.
/// </summary>
internal sealed class ExportDays(Db db, TimeProvider clock, OrdersOptions options, DataDirectory data) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        if (options.Exports.Folder.Length == 0) return;
        var today = ChinaTime.Day(clock.GetUtcNow());
        foreach (var day in Enumerable.Range(1, options.Exports.CatchUpDays).Select(ago => today.AddDays(-ago)).Reverse())
        {
            await Export("orders", day, OrderExport.Heading, OrderExport.Rows(db, day, ct), ct).ConfigureAwait(false);
            await Export("messages", day, MessageExport.Heading, MessageExport.Rows(db, day, ct), ct).ConfigureAwait(false);
        }
    }

    // After a crash before the note the file is written once more under its name, with the same in it.
    private async Task Export(string kind, DateOnly day, string[] heading, IAsyncEnumerable<string[]> rows, CancellationToken ct)
    {
        var name = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (await db.First<string>("select day from orders_exports where kind = @kind and day = @name", new { kind, name }, ct).ConfigureAwait(false) is not null) return;
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(data.Path, options.Exports.Folder)).FullName, $"{kind}-{name}.csv");
        var count = 0;
        var writer = new StreamWriter(file + ".tmp", append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using (writer.ConfigureAwait(false))
        {
            Csv.Write(writer, heading);
            await foreach (var row in rows.ConfigureAwait(false))
            {
                Csv.Write(writer, row);
                count++;
            }
        }
        File.Move(file + ".tmp", file, overwrite: true);
        await db.InTransaction(tx => tx.InsertRows("orders_exports", ["kind", "day", "row_count", "written_at"], [[kind, name, count, clock.GetUtcNow()]], ifAbsent: true, ct), ct).ConfigureAwait(false);
    }
}

/// <summary>A line a parcel of the orders that were placed on a day.</summary>
internal static class OrderExport
{
    private const int Portion = 1000;

    private const string Sql =
        """
        select o.id as Id, o.number as Number, o.kind as Kind, o.status as Status, o.placed_at as PlacedAt, o.changed_at as ChangedAt, o.sender_province as FromProvince,
          o.sender_city as FromCity, o.outlet_code as Outlet, o.locker_code as Locker, s.waybill as Waybill, s.status as ShipmentStatus, s.recipient_province as ToProvince,
          s.recipient_city as ToCity, s.product as Product, s.goods_kind as GoodsKind, s.weight_grams as WeightGrams, s.weighed_grams as WeighedGrams,
          s.chargeable_grams as ChargeableGrams, s.list_fen as ListFen, s.total_fen as TotalFen
        from (select id from orders_orders where id > @after and id < @until order by id limit @portion) chosen
        join orders_orders o on o.id = chosen.id
        join orders_shipments s on s.order_id = o.id
        order by o.id, s.position
        """;

    public static readonly string[] Heading =
    [
        "number", "kind", "status", "placed_at", "changed_at", "from_province", "from_city", "outlet", "locker", "waybill", "shipment_status", "to_province", "to_city", "product",
        "goods_kind", "weight_grams", "weighed_grams", "chargeable_grams", "list_fen", "total_fen",
    ];

    public static async IAsyncEnumerable<string[]> Rows(Db db, DateOnly day, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (after, until) = (Ids.FirstOf(ListOrders.Begin(day)), Ids.FirstOf(ListOrders.Begin(day.AddDays(1))));
        while (await db.Query<Row>(Sql, new { after, until, portion = Portion }, ct).ConfigureAwait(false) is { Count: > 0 } rows)
        {
            foreach (var row in rows) yield return row.Fields;
            after = rows[^1].Id;
        }
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required OrderNumber Number { get; init; }
        public required string Kind { get; init; }
        public required string Status { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string FromProvince { get; init; }
        public required string FromCity { get; init; }
        public required string? Outlet { get; init; }
        public required string? Locker { get; init; }
        public required string Waybill { get; init; }
        public required string ShipmentStatus { get; init; }
        public required string ToProvince { get; init; }
        public required string ToCity { get; init; }
        public required string Product { get; init; }
        public required string GoodsKind { get; init; }
        public required long WeightGrams { get; init; }
        public required long? WeighedGrams { get; init; }
        public required long ChargeableGrams { get; init; }
        public required long ListFen { get; init; }
        public required long TotalFen { get; init; }

        public string[] Fields =>
        [
            Number.Text, Kind, Status, ExportText.Of(PlacedAt), ExportText.Of(ChangedAt), FromProvince, FromCity, Outlet ?? "", Locker ?? "", Waybill, ShipmentStatus, ToProvince, ToCity,
            Product, GoodsKind, ExportText.Of(WeightGrams), ExportText.Of(WeighedGrams), ExportText.Of(ChargeableGrams), ExportText.Of(ListFen), ExportText.Of(TotalFen),
        ];
    }
}

/// <summary>A line a message to another system that was planned on a day; what it said is not in it.</summary>
internal static class MessageExport
{
    private const int Portion = 1000;

    private const string Sql =
        """
        select id as Id, target as Target, event as Event, aggregate as Aggregate, status as Status, attempts as Attempts, created_at as CreatedAt, finished_at as FinishedAt
        from orders_webhooks
        where id > @after and id < @until
        order by id
        limit @portion
        """;

    public static readonly string[] Heading = ["id", "target", "event", "aggregate", "status", "attempts", "created_at", "finished_at"];

    public static async IAsyncEnumerable<string[]> Rows(Db db, DateOnly day, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (after, until) = (Ids.FirstOf(ListOrders.Begin(day)), Ids.FirstOf(ListOrders.Begin(day.AddDays(1))));
        while (await db.Query<Row>(Sql, new { after, until, portion = Portion }, ct).ConfigureAwait(false) is { Count: > 0 } rows)
        {
            foreach (var r in rows)
                yield return [r.Id, r.Target, r.Event, r.Aggregate, r.Status, ExportText.Of(r.Attempts), ExportText.Of(r.CreatedAt), r.FinishedAt is { } at ? ExportText.Of(at) : ""];
            after = rows[^1].Id;
        }
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Target { get; init; }
        public required string Event { get; init; }
        public required string Aggregate { get; init; }
        public required string Status { get; init; }
        public required long Attempts { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset? FinishedAt { get; init; }
    }
}

/// <summary>Values as other systems read them.</summary>
internal static class ExportText
{
    public static string Of(DateTimeOffset moment) => ChinaTime.In(moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string Of(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
