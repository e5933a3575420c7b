using System.Globalization;
using Courier.Bench.Kit;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Parcels;
using Microsoft.Data.Sqlite;

namespace Courier.Bench;

/// <summary>
/// A database with customers and parcels in it: parcel N is followed by one customer, and every parcel has six route events, the last one within
/// the last hour: all move as usual and are in time.
/// </summary>
internal static class World
{
    public const string AppId = "wxbench000000001", OriginalId = "gh_bench0000001", Token = "benchCallbackToken", AesKey = "BenchEncodingAesKeyOfficialAccount000000004";
    public const string CoreName = "bench", CoreKey = "bench-core", CoreSecret = "bench-core-secret-of-this-program";

    public const string DataKey = "a-key-that-nobody-else-knows";

    private static readonly (string Code, string Status, string City)[] Journey =
    [
        ("PICKUP", "picked_up", "杭州市"), ("DEPART", "departed", "杭州市"), ("ARRIVE", "arrived", "南京市"),
        ("DEPART", "departed", "南京市"), ("ARRIVE", "arrived", "北京市"), ("DELIVERING", "out_for_delivery", "北京市"),
    ];

    /// <summary>Settings of a product as in Production on this folder.</summary>
    public static IEnumerable<string> Settings(string folder) =>
    [
        $"Data:Directory={folder}", $"Data:Keys:0={DataKey}", "Management:Port=0", "Demo:Enabled=false",
        "Wechat:ApiBaseUrl=http://127.0.0.1:9",
        $"Wechat:Accounts:0:AppId={AppId}", "Wechat:Accounts:0:Secret=secret-of-the-bench-account", $"Wechat:Accounts:0:OriginalId={OriginalId}",
        $"Wechat:Accounts:0:Token={Token}", $"Wechat:Accounts:0:EncodingAesKey={AesKey}", "Wechat:Accounts:0:Mode=Secure",
        $"Carrier:Cores:0:Name={CoreName}", $"Carrier:Cores:0:Key={CoreKey}", $"Carrier:Cores:0:Secret={CoreSecret}",
    ];

    /// <summary>The number of parcel N.</summary>
    public static string Waybill(int n)
    {
        var digits = n.ToString("D12", CultureInfo.InvariantCulture);
        return $"CY{digits}{CheckDigits.Luhn(digits)}";
    }

    /// <summary>The OpenId of customer N.</summary>
    public static string OpenId(int n) => string.Create(CultureInfo.InvariantCulture, $"oBench{n:D22}");

    /// <summary>Makes the database in this folder: the product's own schema, rows by prepared inserts.</summary>
    /// <param name="folder">Data directory of the product.</param>
    /// <param name="parcels">How many parcels.</param>
    /// <param name="followed">The first so many are followed.</param>
    /// <param name="customers">By how many customers: parcel N by customer N modulo this. Left out: each by a customer of its own.</param>
    public static async Task Make(string folder, int parcels, int followed, int? customers = null)
    {
        var clock = TimeProvider.System;
        await using (var db = Db.Open(new DatabaseOptions(), folder, new Outbox(new EventCatalog([]), clock)))
            await new Migrator(db, clock).Apply();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "courier.db")};Pooling=False");
        await connection.OpenAsync();
        Run(connection, "pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -200000");
        Fill(connection, clock.GetUtcNow().ToUnixTimeMilliseconds(), parcels, followed, customers ?? followed);
        Run(connection, "pragma wal_checkpoint(truncate)");
    }

    private static void Fill(SqliteConnection connection, long now, int parcels, int followed, int customers)
    {
        using var transaction = connection.BeginTransaction();
        var parcel = new Insert(connection, "parcels_parcels", "id", "waybill", "core", "product", "sender_name_cipher", "sender_phone_cipher", "sender_phone_hash",
            "sender_phone_tail", "sender_province", "sender_city", "sender_district", "sender_detail_cipher", "recipient_name_cipher", "recipient_phone_cipher",
            "recipient_phone_hash", "recipient_phone_tail", "recipient_province", "recipient_city", "recipient_district", "recipient_detail_cipher", "weight_grams",
            "promised_by", "registered_at");
        var state = new Insert(connection, "parcels_states", "parcel_id", "status", "version", "last_event_at", "latest_text", "latest_place");
        var route = new Insert(connection, "parcels_events", "core", "event_id", "parcel_id", "code", "status", "happened_at", "sequence", "received_at", "city", "place",
            "text", "operator", "reason", "weight_grams");
        var followers = new FollowerRows(connection, now, customers);
        var keys = new DataKeys([DataKey]);
        var (cipher, phone) = (keys.Encrypt("张三丰"), keys.Encrypt("13900000000"));
        for (var n = 0; n < parcels; n++)
        {
            var id = Ids.New(TimeProvider.System);
            var began = now - 3_600_000L * (Journey.Length + 1) + n * 7919L % 3_600_000;
            parcel.Add(id, Waybill(n), CoreName, "standard", cipher, phone, Hash("s", n), Tail(n), "浙江省", "杭州市", "西湖区", cipher,
                cipher, phone, Hash("r", n), Tail(n + 1), "北京市", "北京市", "朝阳区", cipher, 1200, now + 86_400_000, began);
            state.Add(id, Journey[^1].Status, Journey.Length + 1, began + 3_600_000 * Journey.Length, "快件派送中", "北京朝阳网点");
            for (var step = 0; step < Journey.Length; step++)
            {
                var (code, status, city) = Journey[step];
                var at = began + 3_600_000 * (step + 1);
                route.Add(CoreName, Text($"e{n:D9}-{step}"), id, code, status, at, step, at, city, city + "转运中心", "快件" + city + "，已扫描", "", "", null);
            }
            if (n < followed) followers.Add(n, id);
        }
        transaction.Commit();
    }

    private static string Hash(string side, int n) => Text($"{side}{n:D63}");

    private static string Tail(int n) => Text($"{n % 10_000:D4}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Waybill → parcel id.</summary>
    public static Dictionary<string, string> ParcelIds(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select waybill, id from parcels_parcels";
        using var reader = command.ExecuteReader();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read()) ids[reader.GetString(0)] = reader.GetString(1);
        return ids;
    }

    /// <summary>Runs statements.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>The rows of customers who follow a parcel.</summary>
internal sealed class FollowerRows(SqliteConnection connection, long now, int customers)
{
    private readonly List<string> _customers = new(customers);
    private readonly Insert _customer = new(connection, "customers_customers", "id", "version", "created_at");
    private readonly Insert _identity = new(connection, "customers_identities", "app_id", "openid", "customer_id", "created_at");
    private readonly Insert _follower = new(connection, "parcels_followers", "parcel_id", "customer_id", "asked_at");
    private readonly Insert _account = new(connection, "wechat_followers", "app_id", "openid", "followed");

    public void Add(int n, string parcel)
    {
        if (_customers.Count < customers) _customers.Add(Customer(World.OpenId(n)));
        _follower.Add(parcel, _customers[n % customers], now);
    }

    private string Customer(string openId)
    {
        var customer = Ids.New(TimeProvider.System);
        _customer.Add(customer, 1, now);
        _identity.Add(World.AppId, openId, customer, now);
        _account.Add(World.AppId, openId, 1);
        return customer;
    }
}

/// <summary>A table that takes rows.</summary>
internal interface IRows
{
    /// <summary>One more row.</summary>
    /// <param name="values">Of the columns that were named, in their order.</param>
    void Add(params ReadOnlySpan<object?> values);
}

/// <summary>A prepared insert: the fastest way into SQLite that the driver offers.</summary>
internal sealed class Insert : IRows
{
    private readonly SqliteCommand _command;

    public Insert(SqliteConnection connection, string table, params string[] columns)
    {
        _command = connection.CreateCommand();
        _command.CommandText = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select((_, i) => $"${i}"))})";
        for (var i = 0; i < columns.Length; i++) _command.Parameters.AddWithValue($"${i}", DBNull.Value);
        _command.Prepare();
    }

    public void Add(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        _command.ExecuteNonQuery();
    }
}
