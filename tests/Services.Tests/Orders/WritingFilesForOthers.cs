using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Orders;
using Courier.Services.Orders.Exports;

namespace Courier.Services.Tests.Orders;

/// <summary>Each day's orders and messages as CSV, for systems without HTTP.</summary>
public abstract class ExportSuite(DatabaseProvider provider)
{
    [Fact]
    public async Task A_day_is_written_once_and_one_that_was_missed_is_caught_up()
    {
        await using var stage = await Stage.Set(provider, null, new OrdersOptions { Exports = new ExportsOptions { Folder = "out", CatchUpDays = 2 } });
        var number = OrderNumber.New(stage.Clock.GetUtcNow()).Text;
        await Order(stage, "a", number);
        await stage.Run<ExportDays>();
        (await Lines(stage, "orders-2026-11-21.csv")).Count.ShouldBe(1, "nothing was placed the day before: only the heading");
        stage.Clock.Sleep(TimeSpan.FromDays(1));
        await stage.Run<ExportDays>();
        var lines = await Lines(stage, "orders-2026-11-22.csv");
        lines[0][..4].ShouldBe(["number", "kind", "status", "placed_at"]);
        lines[1][..4].ShouldBe([number, "door", "placed", "2026-11-22T10:00:00+08:00"]);
        string.Join(',', lines[1]).ShouldNotContain("cipher");
        (await Lines(stage, "messages-2026-11-22.csv"))[1][1..4].ShouldBe(["core", "order.placed.v1", "order:a"]);

        File.Delete(File_(stage, "orders-2026-11-22.csv")); // taken by whoever it is for
        await stage.Run<ExportDays>();
        File.Exists(File_(stage, "orders-2026-11-22.csv")).ShouldBeFalse();
        await stage.Db.Execute("delete from orders_exports where kind = 'orders' and day = '2026-11-22'"); // as after a crash before the note
        await stage.Run<ExportDays>();
        (await Lines(stage, "orders-2026-11-22.csv")).Count.ShouldBe(2);
        Directory.GetFiles(Path.GetDirectoryName(File_(stage, "x"))!, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_written()
    {
        await using var stage = await Stage.Set(provider);
        await stage.Run<ExportDays>();
        (await stage.Db.First<long>("select count(*) from orders_exports")).ShouldBe(0);
    }

    private static string File_(Stage stage, string name) => Path.Combine(stage.Get<Courier.Kernel.Modules.DataDirectory>().Path, "out", name);

    private static async Task<IReadOnlyList<string[]>> Lines(Stage stage, string name)
    {
        using var reader = new StringReader(await File.ReadAllTextAsync(File_(stage, name)));
        return [.. Csv.Records(reader).Select(r => r.Fields.ToArray())];
    }

    private static Task Order(Stage stage, string mark, string number) => stage.Db.InTransaction(async tx =>
    {
        var (id, now) = (Ids.New(stage.Clock), stage.Clock.GetUtcNow());
        await tx.InsertRows("orders_orders",
            ["id", "number", "customer_id", "client_key", "request_hash", "kind", "status", "version", "sender_cipher", "sender_phone_hash", "sender_phone_tail", "sender_province", "sender_city",
                "sender_district", "area", "payment", "total_fen", "list_fen", "real_name_cipher", "consents", "goods_standing", "remark_cipher", "courier_cipher", "placed_at", "changed_at"],
            [[id, number, id, mark, mark, "door", "placed", 1, "cipher", mark, "1111", "浙江省", "杭州市", "西湖区", "330106", "on_pickup", 1500, 1500, "", "", "allowed", "", "", now, now]]);
        await tx.InsertRows("orders_shipments",
            ["waybill", "order_id", "position", "status", "recipient_cipher", "recipient_phone_hash", "recipient_phone_tail", "recipient_province", "recipient_city", "recipient_district",
                "goods_kind", "goods_name_cipher", "weight_grams", "packaging", "quote_id", "product", "product_name", "total_fen", "list_fen", "chargeable_grams", "price_lines"],
            [["CY" + mark, id, 0, "waiting", "cipher", mark, "2222", "上海市", "上海市", "浦东新区", "clothing", "", 1200, "", id, "standard", "标准快递", 1500, 1500, 2000, "[]"]]);
        await tx.InsertRows("orders_webhooks", ["id", "target", "event", "aggregate", "version", "body_cipher", "status", "next_at", "created_at"],
            [[Ids.New(stage.Clock), "core", "order.placed.v1", "order:" + mark, 1, "cipher", "waiting", now, now]]);
    });
}

public sealed class ExportsOnSqlite() : ExportSuite(DatabaseProvider.Sqlite);

public sealed class ExportsOnMariaDb() : ExportSuite(DatabaseProvider.MySql);
