using System.Globalization;
using Courier.Host;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>
/// The product as it is, told what to push by lines on its standard input. What causes pushes plans them in the process that sends them, in transactions of some
/// hundreds: so does this, and what is planned is on its way while the rest is still being planned.
/// </summary>
internal static class PushProduct
{
    public const string Name = "push-product";
    private const int Batch = 500;

    /// <summary>Serves; the arguments are settings of the product. Each line names a round and how many customers are told something in it.</summary>
    public static async Task Serve(string[] settings)
    {
        await using var app = Composition.Build(settings);
        await app.Serve();
        Console.WriteLine(app.Greeting());
        var customers = await Customers(app.Services.GetRequiredService<Db>());
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var numbers = line.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
            await Plan(app.Services, customers.Take(numbers[1]), numbers[0]);
        }
    }

    /// <summary>What is asked for on the standard input.</summary>
    public static string Order(int round, int number) => string.Create(CultureInfo.InvariantCulture, $"{round} {number}");

    /// <summary>The values of a push, which the bare loop posts as well.</summary>
    public static Dictionary<string, string> Values(int n) => new()
    {
        ["character_string1"] = World.Waybill(n), ["phrase2"] = "派送中", ["time3"] = "2026-11-22 09:30", ["thing4"] = "北京朝阳网点", ["thing5"] = "请留意快递员的电话",
    };

    private static async Task<IReadOnlyList<CustomerId>> Customers(Db db) =>
        [.. (await db.Query<string>("select customer_id from customers_identities order by openid")).Select(CustomerId.Parse)];

    private static async Task Plan(IServiceProvider services, IEnumerable<CustomerId> customers, int round)
    {
        var (db, keys, alarm, clock) = (services.GetRequiredService<Db>(), services.GetRequiredService<DataKeys>(), services.GetRequiredService<IJobAlarm>(), services.GetRequiredService<TimeProvider>());
        foreach (var some in customers.Select((c, i) => Planned(c, i, round)).Chunk(Batch))
            await db.InTransaction(tx => PlanNotification.Execute(tx, keys, alarm, clock, some, CancellationToken.None));
    }

    private static PlannedNotification Planned(CustomerId customer, int n, int round) => new(
        customer, NotificationKind.ParcelStatus, string.Create(CultureInfo.InvariantCulture, $"bench:{round}"),
        $"您的快件 {World.Waybill(n)} 正由北京朝阳网点派送。\n请留意快递员的电话。\n时间：11月22日 09:30", "parcel_status", Values(n), Url: null,
        OrderKey: "bench", round, OnlyAppId: null, OnlyAddress: null);
}
