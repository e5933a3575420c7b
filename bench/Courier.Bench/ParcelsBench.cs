using System.Diagnostics;
using Courier.Bench.Kit;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>
/// What a query costs among many parcels beside what it costs among few: in the chat, and the look-up by itself. Any of the parcels is asked
/// for. The customers who ask are the same number in both, so that the parcels make the difference; a second comparison has as many customers
/// as parcels, each of whom asks once in a long while.
/// </summary>
internal static class ParcelsBench
{
    private const int Few = 10_000, Many = 1_000_000;

    public static async Task Run(BenchOptions options)
    {
        using var small = new Scratch();
        var (few, many) = options.Quick ? (100, 1_000) : (Few, Many);
        await World.Make(small.Path, few, few);
        using (var large = new Scratch())
        {
            await World.Make(large.Path, many, many, few);
            await LookUp(options, small.Path, few, large.Path, many);
            await Chat(options, "a million", small.Path, few, large.Path, many, few, "≤ 1.30");
        }
        using (var large = new Scratch())
        {
            await World.Make(large.Path, many, many);
            await Chat(options, "a million and as many customers", small.Path, few, large.Path, many, many, "no aim");
        }
    }

    private static async Task Chat(BenchOptions options, string name, string smallFolder, int few, string largeFolder, int many, int customers, string aim)
    {
        await using var small = await ServerProcess.Product(World.Settings(smallFolder));
        await using var large = await ServerProcess.Product(World.Settings(largeFolder));
        CallbackLoad fewParcels = new(options, few, few), manyParcels = new(options, many, customers);
        // Until everything is compiled for good and the larger file is mapped as far as it is read, which each first touch of a page does.
        await fewParcels.Send(small, options.Quick ? 100 : 200_000);
        await manyParcels.Send(large, options.Quick ? 100 : 200_000);
        Figures smallCpu = new(), largeCpu = new();
        for (var round = 0; round < options.Rounds; round++)
        {
            var size = options.Quick ? 200 : 10_000;
            smallCpu.Add((await fewParcels.Measure(small, fewParcels.Requests(size))).CpuMicroseconds);
            largeCpu.Add((await manyParcels.Measure(large, manyParcels.Requests(size))).CpuMicroseconds);
        }
        smallCpu.Print("parcels: chat, few parcels, CPU a query", "µs");
        largeCpu.Print($"parcels: chat, {name}, CPU a query", "µs");
        Figures.PrintRatio($"parcels: chat, {name} ÷ few", largeCpu, smallCpu, aim);
    }

    private static async Task LookUp(BenchOptions options, string smallFolder, int few, string largeFolder, int many)
    {
        await using var small = Open(smallFolder);
        await using var large = Open(largeFolder);
        var random = new Random(options.Seed);
        var size = options.Quick ? 100 : 20_000;
        Figures smallTime = new(), largeTime = new();
        for (var round = options.Quick ? -1 : -10; round < options.Rounds; round++) // the first ones warm up
        {
            var (a, b) = (await Time(small, random, few, size), await Time(large, random, many, size));
            if (round < 0) continue;
            smallTime.Add(a);
            largeTime.Add(b);
        }
        smallTime.Print("parcels: look-up, few parcels", "µs");
        largeTime.Print("parcels: look-up, a million", "µs");
        Figures.PrintRatio("parcels: look-up, a million ÷ few", largeTime, smallTime, "≤ 1.30");
    }

    private static async Task<double> Time(Db db, Random random, int parcels, int size)
    {
        var (keys, parcelOptions) = (new DataKeys(["a-key-that-nobody-else-knows"]), new ParcelsOptions());
        var customers = await db.Query<Follower>("select p.waybill as Waybill, f.customer_id as Customer from parcels_followers f join parcels_parcels p on p.id = f.parcel_id limit 1000000");
        var asked = Enumerable.Range(0, size).Select(_ => customers[random.Next(customers.Count)]).ToList();
        BenchFailed.Unless(customers.Count == parcels, "the parcels are not followed");
        var started = Stopwatch.GetTimestamp();
        foreach (var (waybill, customer) in asked)
        {
            var found = await TrackParcels.Execute(db, keys, TimeProvider.System, parcelOptions, new TrackRequest([waybill], customer, null, customer.Text, Follow: false), default);
            BenchFailed.Unless(found is [TrackedParcel.Found], "a followed parcel is not shown");
        }
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / size;
    }

    private static Db Open(string folder)
    {
        var modules = new ModuleRegistry(new ServiceCollection(), new Defaults()).AddCustomers().AddParcels();
        return Db.Open(new DatabaseOptions { CommandTimeout = TimeSpan.FromMinutes(5) }, folder, new Outbox(new EventCatalog(modules.Reactions), TimeProvider.System));
    }

    private sealed record Follower(WaybillNumber Waybill, CustomerId Customer);

    private sealed class Defaults : ISettings
    {
        public T Read<T>(string section) where T : class, ICheckedOptions, new() => new();
    }
}
