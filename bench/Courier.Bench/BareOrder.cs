using System.Globalization;
using System.Text.Json;
using Courier.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>
/// The least that any endpoint does which keeps an order: it reads the JSON and inserts one row, durably, with a prepared statement on the one
/// connection that SQLite lets write. No session, no checks, nothing else kept.
/// </summary>
internal static class BareOrder
{
    public const string Name = "bare-order";

    private static readonly string[] Columns =
    [
        "id", "number", "customer_id", "client_key", "request_hash", "kind", "status", "version", "sender_cipher", "sender_phone_hash", "sender_phone_tail", "sender_province", "sender_city",
        "sender_district", "area", "payment", "total_fen", "list_fen", "real_name_cipher", "consents", "goods_standing", "remark_cipher", "courier_cipher", "placed_at", "changed_at",
    ];

    public static async Task Serve(string[] arguments)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(arguments[0], "courier.db")};Pooling=False");
        connection.Open();
        World.Run(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864; pragma cache_size = -8000; pragma mmap_size = 2147418112");
        var insert = new Insert(connection, "orders_orders", Columns);
        using var writing = new SemaphoreSlim(1);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => Place(context, insert, writing));
        await app.StartAsync();
        Console.WriteLine($"ready at {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await Task.Delay(Timeout.Infinite); // until it is killed
    }

    private static async Task Place(HttpContext context, Insert insert, SemaphoreSlim writing)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var sender = body.RootElement.GetProperty("sender");
        string Text(string name) => sender.GetProperty(name).GetString()!;
        var (id, now) = (Ids.New(TimeProvider.System), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await writing.WaitAsync();
        try
        {
            insert.Add(id, id, id, id, id, "door", "placed", 1, body.RootElement.GetRawText(), id, "1111", Text("province"), Text("city"), Text("district"), "330106", "on_pickup", 1500, 1700,
                "", "", "allowed", "", "", now, now);
        }
        finally
        {
            writing.Release();
        }
        var answer = System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"{id}\"}}"));
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }
}
