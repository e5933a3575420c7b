using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Courier.Bench.Kit;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>
/// What a page of a customer's own orders costs among ten million orders beside what it costs among ten thousand, for each kind of question.
/// A customer sends and receives as many orders here as there, over two years. The same customers are asked for again and again: what is
/// compared is the work of the query, not how fast a disk brings what nobody asked for lately.
/// </summary>
internal static class OrderListBench
{
    private const int Few = 10_000, Many = 10_000_000, PerCustomer = 20, Asking = 400;

    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static readonly (string Name, OrderFilter Filter, bool SecondPage)[] Questions =
    [
        ("what I send", Filter(OrderSide.Sender), false),
        ("what I send, second page", Filter(OrderSide.Sender), true),
        ("what I send, open", Filter(OrderSide.Sender) with { Statuses = Of(OrderState.Open) }, false),
        ("what I send, three months", Filter(OrderSide.Sender) with { From = Today.AddDays(-200), To = Today.AddDays(-110) }, false),
        ("what I send, by name", Filter(OrderSide.Sender) with { Query = "张三丰" }, false),
        ("what I receive", Filter(OrderSide.Recipient), false),
        ("what I receive, done", Filter(OrderSide.Recipient) with { Statuses = Of(OrderState.Done) }, false),
    ];

    public static async Task Run(BenchOptions options)
    {
        using var smallFolder = new Scratch();
        using var largeFolder = new Scratch();
        var (few, many) = options.Quick ? (200, 2_000) : (Few, options.Orders > Few ? options.Orders : Many);
        await Make(smallFolder.Path, few);
        var started = Stopwatch.GetTimestamp();
        await Make(largeFolder.Path, many);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"order-lists: {many:N0} orders written in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, {new FileInfo(Path.Combine(largeFolder.Path, "courier.db")).Length / 1048576:N0} MiB"));
        await using var small = Open(smallFolder.Path);
        await using var large = Open(largeFolder.Path);
        foreach (var question in Questions) await Compare(options, question, small, few / PerCustomer, large, many / PerCustomer);
    }

    private static async Task Compare(BenchOptions options, (string Name, OrderFilter Filter, bool SecondPage) question, Db small, int few, Db large, int many)
    {
        var size = options.Quick ? 10 : 2_000;
        var (a, b) = (Chosen(options.Seed, few), Chosen(options.Seed, many));
        Figures smallTime = new(), largeTime = new();
        for (var round = -1; round < options.Rounds; round++) // the first one warms up
        {
            var (here, there) = (await Time(small, a, size, question.Filter, question.SecondPage), await Time(large, b, size, question.Filter, question.SecondPage));
            if (round < 0) continue;
            smallTime.Add(here);
            largeTime.Add(there);
        }
        smallTime.Print($"order-lists: {question.Name}, few", "µs");
        largeTime.Print($"order-lists: {question.Name}, many", "µs");
        Figures.PrintRatio($"order-lists: {question.Name}, many ÷ few", largeTime, smallTime, "≤ 1.50");
    }

    private static List<CustomerId> Chosen(int seed, int customers)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Math.Min(Asking, customers)).Select(_ => CustomerId.Parse(Customer(random.Next(customers))))];
    }

    private static async Task<double> Time(Db db, List<CustomerId> customers, int size, OrderFilter filter, bool secondPage)
    {
        var (keys, options) = (new DataKeys([World.DataKey]), new OrdersOptions());
        var cursors = new Dictionary<CustomerId, string?>();
        if (secondPage)
            foreach (var customer in customers.Distinct()) cursors[customer] = (await List(customer, null, 10)).Next;
        var started = Stopwatch.GetTimestamp();
        var found = 0;
        for (var i = 0; i < size; i++)
        {
            var customer = customers[i % customers.Count];
            found += (await List(customer, cursors.GetValueOrDefault(customer), 10)).Orders.Count;
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        BenchFailed.Unless(found > 0, "nothing is listed");
        return elapsed.TotalMicroseconds / size;

        Task<OrdersPage> List(CustomerId who, string? cursor, int limit) => ListOrders.Execute(db, keys, TimeProvider.System, options, who, filter, cursor, limit, default);
    }

    private static OrderFilter Filter(OrderSide side) => new(side, Enum.GetValues<OrderStatus>(), null, null, null);

    private static OrderStatus[] Of(OrderState state) => [.. Enum.GetValues<OrderStatus>().Where(s => OrderMachine.StateOf(s) == state)];

    private static Db Open(string folder)
    {
        var modules = new ModuleRegistry(new ServiceCollection(), new Defaults()).AddCustomers().AddOrders();
        return Db.Open(new DatabaseOptions(), folder, new Outbox(new EventCatalog(modules.Reactions), TimeProvider.System));
    }

    // The product's own schema; the indexes that are not unique are made when all rows lie there, which is how they are dense.
    private static async Task Make(string folder, int orders)
    {
        await using (var db = Db.Open(new DatabaseOptions(), folder, new Outbox(new EventCatalog([]), TimeProvider.System)))
            await new Migrator(db, TimeProvider.System).Apply();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "courier.db")};Pooling=False");
        await connection.OpenAsync();
        World.Run(connection, "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000; pragma temp_store = file");
        var indexes = Indexes(connection);
        foreach (var (name, _) in indexes) World.Run(connection, $"drop index {name}");
        Fill(connection, orders);
        foreach (var (_, sql) in indexes) World.Run(connection, sql);
        World.Run(connection, "pragma journal_mode = wal");
    }

    private static List<(string Name, string Sql)> Indexes(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select name, sql from sqlite_master where type = 'index' and tbl_name in ('orders_orders', 'orders_shipments', 'customers_phones') and sql is not null";
        using var reader = command.ExecuteReader();
        var indexes = new List<(string, string)>();
        while (reader.Read()) indexes.Add((reader.GetString(0), reader.GetString(1)));
        return indexes;
    }

    private static void Fill(SqliteConnection connection, int orders)
    {
        using var transaction = connection.BeginTransaction();
        var customers = orders / PerCustomer;
        var (now, keys) = (TimeProvider.System.GetUtcNow(), new DataKeys([World.DataKey]));
        var phone = new Insert(connection, "customers_phones", "customer_id", "phone_hash", "phone_cipher", "phone_tail", "source", "verified_at");
        for (var c = 0; c < customers; c++) phone.Add(Customer(c), Hash(c), "", "0000", "sms", now.ToUnixTimeMilliseconds());
        // Each customer's turn comes again and again, so that own orders lie as far from each other as they do in life.
        var order = new Insert(connection, "orders_orders", "id", "number", "customer_id", "client_key", "request_hash", "kind", "status", "version", "sender_cipher", "sender_phone_hash",
            "sender_phone_tail", "sender_province", "sender_city", "sender_district", "area", "payment", "total_fen", "list_fen", "real_name_cipher", "consents", "goods_standing",
            "remark_cipher", "courier_cipher", "placed_at", "changed_at");
        var shipment = new Insert(connection, "orders_shipments", "waybill", "order_id", "position", "status", "recipient_cipher", "recipient_phone_hash", "recipient_phone_tail",
            "recipient_province", "recipient_city", "recipient_district", "goods_kind", "goods_name_cipher", "weight_grams", "packaging", "quote_id", "product", "product_name",
            "total_fen", "list_fen", "chargeable_grams", "price_lines");
        var (sender, recipient) = (Contact(keys, "李四"), Contact(keys, "张三丰"));
        var (began, step) = (now.AddDays(-700), TimeSpan.FromDays(699) / orders);
        for (var i = 0; i < orders; i++)
        {
            var (from, at) = (i % customers, began + step * i);
            var to = (int)((from * 7L + 13 + i / customers) % customers);
            var (id, isOpen) = (Text($"{at.ToUnixTimeMilliseconds():x12}70008{i:x15}"), i > orders - customers / 2);
            order.Add(id, Number(at, i), Customer(from), Text($"k{i:D11}"), "", "door", isOpen ? "accepted" : "completed", 1, sender, Hash(from), "0000", "浙江省", "杭州市", "西湖区", "330106",
                "on_pickup", 1500, 1500, "", "", "allowed", "", "", at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds());
            shipment.Add(World.Waybill(i), id, 0, isOpen ? "waiting" : "done", recipient, Hash(to), "0000", "上海市", "上海市", "浦东新区", "clothing", "", 1000, "", Text($"{i:x32}"), "standard",
                "标准快递", 1500, 1500, 1000, """[{"code":"first","name":"首重","fen":1500,"explanation":""}]""");
        }
        transaction.Commit();
    }

    private static string Contact(DataKeys keys, string name) => keys.Encrypt(JsonSerializer.Serialize(new { n = name, p = "13900000000", d = "文三路1号" }));

    private static string Number(DateTimeOffset at, int i)
    {
        var digits = at.ToString("yyMMdd", CultureInfo.InvariantCulture) + Text($"{i % 10_000_000:D7}");
        return digits + CheckDigits.Luhn(digits);
    }

    private static string Customer(int n) => Text($"{n:x32}");

    private static string Hash(int n) => Text($"{n:D32}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private sealed class Defaults : ISettings
    {
        public T Read<T>(string section) where T : class, ICheckedOptions, new() => new();
    }
}
