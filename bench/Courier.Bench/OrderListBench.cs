using System.Diagnostics;
using System.Globalization;
using Courier.Bench.Kit;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Testing;

namespace Courier.Bench;

/// <summary>
/// What a page of a customer's own orders costs among ten million orders beside what it costs among ten thousand, for each kind of question.
/// A customer sends and receives as many orders here as there, over two years. The same customers are asked for again and again: what is
/// compared is the work of the query, not how fast a disk brings what nobody asked for lately.
/// </summary>
internal static class OrderListBench
{
    private const int Few = 10_000, Many = 10_000_000, Asking = 400;

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

    // As a house would set it on a machine of its own; that nothing is kept over a crash helps the filling alone.
    private static readonly string[] Server =
        ["--innodb-buffer-pool-size=6G", "--innodb-log-file-size=2G", "--innodb-flush-method=O_DIRECT", "--skip-innodb-doublewrite"];

    public static async Task Run(BenchOptions options)
    {
        var (few, many) = options.Quick ? (200, 2_000) : (Few, options.Orders > Few ? options.Orders : Many);
        if (options.OnMariaDb)
        {
            var server = await MariaDb.OfItsOwn(options.Quick ? [] : Server);
            try
            {
                await Compare(options, few, many, orders => OrderWorld.InMariaDb(server, orders));
            }
            finally
            {
                server.Stop();
            }
        }
        else
        {
            using Scratch small = new(), large = new();
            await Compare(options, few, many, orders => OrderWorld.InSqlite(orders == few ? small.Path : large.Path, orders));
        }
    }

    private static async Task Compare(BenchOptions options, int few, int many, Func<int, Task<Db>> make)
    {
        await using var small = await make(few);
        var started = Stopwatch.GetTimestamp();
        await using var large = await make(many);
        var (seconds, mebibytes) = (Stopwatch.GetElapsedTime(started).TotalSeconds, await OrderWorld.Size(large) / 1048576);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"order-lists: {many:N0} orders written in {seconds:N0} s, {mebibytes:N0} MiB"));
        foreach (var question in Questions) await Compare(options, question, small, few / OrderWorld.PerCustomer, large, many / OrderWorld.PerCustomer);
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
        return [.. Enumerable.Range(0, Math.Min(Asking, customers)).Select(_ => CustomerId.Parse(OrderRows.Customer(random.Next(customers))))];
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
}
