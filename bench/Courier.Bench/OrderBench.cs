using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Courier.Bench.Kit;
using Courier.Kernel;
using Microsoft.Data.Sqlite;

namespace Courier.Bench;

/// <summary>
/// Customers place orders over HTTP at the product on SQLite: session, goods, service area, quote, slot, order, parcel and event. Beside it
/// a bare endpoint reads a request of the same size and inserts one row into the same schema, with the same pragmas.
/// </summary>
internal static class OrderBench
{
    private const int Connections = 16, Customers = 200;

    public static async Task Run(BenchOptions options)
    {
        using var ours = new Scratch();
        using var theirs = new Scratch();
        await World.Make(ours.Path, 0, 0);
        await World.Make(theirs.Path, 0, 0);
        await using var product = await ServerProcess.Product([.. World.Settings(ours.Path), "Orders:Slots:Capacity=100000", "Limits:AddressPerMinute=100000000", "Limits:CustomerPerMinute=100000000"]);
        var source = OrderSource.Make(ours.Path, Customers); // now that the product has its first card
        await using var bare = await ServerProcess.Own(BareOrder.Name, theirs.Path);
        Figures mine = new(), bares = new(), slow = new();
        var (count, placed) = (options.Quick ? 200 : 4_000, 0);
        for (var round = options.Quick ? 0 : -1; round < options.Rounds; round++) // the first one warms up
        {
            var one = await HttpLoad.Run(bare.Address, Connections, source.Requests(bare.Address, count), IsPlaced);
            var order = await HttpLoad.Run(product.Address, Connections, source.Requests(product.Address, count), IsPlaced);
            placed += count;
            if (round < 0) continue;
            bares.Add(one.PerSecond);
            mine.Add(order.PerSecond);
            slow.Add(order.Percentile(0.99));
        }
        BenchFailed.Unless(Rows(ours.Path) == placed && Rows(theirs.Path) == placed, "there are not as many orders as were answered with 201");
        mine.Print("orders: placed over HTTP", "orders/s");
        slow.Print("orders: 99 of 100 placed within", "ms");
        bares.Print("orders: bare endpoint, one row", "rows/s");
        Figures.PrintRatio("orders: ours ÷ bare endpoint", mine, bares, "≥ 0.25");
    }

    private static bool IsPlaced(int request, in Answer answer) => answer.Status == 201;

    private static long Rows(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "courier.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from orders_orders";
        return (long)command.ExecuteScalar()!;
    }
}

/// <summary>Requests to place orders, of customers who are signed in and hold a quote.</summary>
internal sealed class OrderSource
{
    private static readonly object From = new { province = "浙江省", city = "杭州市", district = "西湖区" }, To = new { province = "上海市", city = "上海市", district = "浦东新区" };

    private readonly string[] _tokens;
    private readonly byte[][] _bodies;
    private long _key;

    private OrderSource(string[] tokens, byte[][] bodies) => (_tokens, _bodies) = (tokens, bodies);

    /// <summary>Signs customers in and keeps a quote, as earlier requests would have done.</summary>
    public static OrderSource Make(string folder, int customers)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "courier.db")};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        var now = TimeProvider.System.GetUtcNow();
        var quote = Ids.New(TimeProvider.System);
        var daytime = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1).AddHours(2), TimeSpan.Zero); // 10:00 in China: no slot costs more
        new Insert(connection, "rates_quotes", "id", "card_id", "request", "options", "created_at", "valid_until")
            .Add(quote, Card(connection), Json(Asked(daytime)), Json(Offered(now)), now.ToUnixTimeMilliseconds(), now.AddDays(1).ToUnixTimeMilliseconds());
        Insert customer = new(connection, "customers_customers", "id", "version", "created_at"),
            session = new(connection, "customers_sessions", "token_hash", "customer_id", "app_id", "created_at", "expires_at");
        var tokens = Enumerable.Range(0, customers).Select(n => Token(n)).ToArray();
        foreach (var token in tokens)
        {
            var id = Ids.New(TimeProvider.System);
            customer.Add(id, 1, now.ToUnixTimeMilliseconds());
            session.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), id, "", now.ToUnixTimeMilliseconds(), now.AddDays(1).ToUnixTimeMilliseconds());
        }
        transaction.Commit();
        return new OrderSource(tokens, [.. Slots(now).Select(slot => JsonSerializer.SerializeToUtf8Bytes(Body(quote, slot), KernelJson.Options))]);
    }

    private static string Card(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select card_id from rates_schedule limit 1";
        return (string)command.ExecuteScalar()!;
    }

    /// <summary>So many requests, each with a key of its own.</summary>
    public IReadOnlyList<byte[]> Requests(Uri address, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        var key = ++_key;
        var body = _bodies[key % _bodies.Length];
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /api/customer/v1/orders HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {_tokens[key % _tokens.Length]}\r\nIdempotency-Key: bench-{key:D12}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        return (byte[])[.. head, .. body];
    })];

    private static object Body(string quoteId, DateTimeOffset slot) => new
    {
        kind = "door", sender = Contact("王小明", "13700001111", "浙江省", "杭州市", "西湖区"), recipient = Contact("李小雷", "13800002222", "上海市", "上海市", "浦东新区"),
        goods = new { kind = "clothing", name = "毛衣", weightGrams = 1200 }, quoteId, product = "standard", slot, declaredFen = 20_000, remark = "请带箱子",
    };

    private static object Contact(string name, string phone, string province, string city, string district) => new { name, phone, province, city, district, detail = "文三路 1 号 2 单元 301 室" };

    private static object Asked(DateTimeOffset at) => new { from = From, to = To, goods = new { kind = "clothing", weightGrams = 1200 }, pickup = "door", at };

    private static object[] Offered(DateTimeOffset now) =>
    [
        new
        {
            product = "standard", name = "标准快递", totalFen = 1500, listFen = 1700, chargeableGrams = 2000, volumetricGrams = 0, promisedBy = now.AddDays(2), cheaper = Array.Empty<object>(),
            lines = new object[] { new { code = "first", name = "首重", fen = 1700, explanation = "首重 1 公斤" }, new { code = "member", name = "会员", fen = -200, explanation = "会员优惠" } },
        },
    ];

    // Tomorrow and the day after, in China: open whenever the program runs.
    private static IEnumerable<DateTimeOffset> Slots(DateTimeOffset now)
    {
        var china = TimeSpan.FromHours(8);
        var today = new DateTimeOffset(now.ToOffset(china).Date, china);
        return from day in (int[])[1, 2] from hour in (int[])[9, 11, 13, 15, 17] select today.AddDays(day).AddHours(hour);
    }

    private static string Token(int n) => string.Create(CultureInfo.InvariantCulture, $"bench{n:D38}");

    private static string Json(object value) => JsonSerializer.Serialize(value, KernelJson.Options);
}
