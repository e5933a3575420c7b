using System.Globalization;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Services.Calendars;

namespace Courier.Services.Network;

/// <summary>Loads the outlets, what they serve, and the lockers of the demonstration into empty tables.</summary>
internal sealed class LoadDemoNetwork(Db db, DemoOptions demo, TimeProvider clock) : IStartupTask
{
    private static readonly string[] OutletColumns =
        ["code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "services", "max_weight_g",
        "max_length_mm", "max_sides_mm", "free_hours", "changed_at"];

    private static readonly string[] CoverageColumns = ["outlet_code", "division_code", "place", "kind"];


    public async Task Run(CancellationToken ct)
    {
        if (!demo.Enabled) return;
        await db.InTransaction(async tx =>
        {
            if (await tx.First<string>("select code from network_outlets limit 1", ct: ct).ConfigureAwait(false) is null)
                await tx.InsertRows("network_outlets", OutletColumns, SeedFile.Rows("outlets").Select(Outlet), ifAbsent: true, ct).ConfigureAwait(false);
            if (await tx.First<string>("select code from network_lockers limit 1", ct: ct).ConfigureAwait(false) is null)
                await RegisterLockers.Execute(tx, clock, [.. SeedFile.Rows("lockers").Select(Locker)], ct).ConfigureAwait(false);
            if (await tx.First<string>("select outlet_code from network_coverage limit 1", ct: ct).ConfigureAwait(false) is null)
                await tx.InsertRows("network_coverage", CoverageColumns, SeedFile.Rows("coverage").Select(Coverage), ifAbsent: true, ct).ConfigureAwait(false);
            await tx.Execute("update network_versions set version = version + 1 where name = 'outlets'", ct: ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private static object?[] Coverage(IReadOnlyDictionary<string, string> row) =>
        [row["outlet_code"], row["division_code"], row["place"], EnumText<CoverageKind>.Of(EnumText<CoverageKind>.Parse(row["kind"]))];

    private object?[] Outlet(IReadOnlyDictionary<string, string> row) =>
    [
        row["code"], row["name"], row["district_code"], row["address"], Degrees(row["lat"]), Degrees(row["lng"]),
        DailyHours.Parse(row["opening_hours"]).Text, row["phone"], row["services"], Number(row["max_weight_g"]), Number(row["max_length_mm"]), Number(row["max_sides_mm"]),
        Number(row["free_hours"]), clock.GetUtcNow(),
    ];

    private static NewLocker Locker(IReadOnlyDictionary<string, string> row) => new(
        LockerCode.Parse(row["code"]), row["name"], row["district_code"], row["address"], Degrees(row["lat"]), Degrees(row["lng"]),
        DailyHours.Parse(row["opening_hours"]), row["phone"], row["fee"], (int)Number(row["free_hours"]),
        (int)Number(row["cells_s"]), (int)Number(row["cells_m"]), (int)Number(row["cells_l"]));

    private static double Degrees(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
