using System.Globalization;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Services.Calendars;

namespace Courier.Services.Network;

/// <summary>Loads the outlets, what they serve, and the lockers of the demonstration into empty tables.</summary>
internal sealed class LoadDemoNetwork(Db db, DemoOptions demo) : IStartupTask
{
    private static readonly string[] OutletColumns =
        ["code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "services", "max_weight_g"];

    private static readonly string[] CoverageColumns = ["outlet_code", "division_code", "place", "kind"];

    private static readonly string[] LockerColumns =
        ["code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "cells_small", "cells_medium", "cells_large"];

    public async Task Run(CancellationToken ct)
    {
        if (!demo.Enabled) return;
        await db.InTransaction(async tx =>
        {
            if (await tx.First<string>("select code from network_outlets limit 1", ct: ct).ConfigureAwait(false) is null)
                await tx.InsertRows("network_outlets", OutletColumns, SeedFile.Rows("outlets").Select(Outlet), ifAbsent: true, ct).ConfigureAwait(false);
            if (await tx.First<string>("select code from network_lockers limit 1", ct: ct).ConfigureAwait(false) is null)
                await tx.InsertRows("network_lockers", LockerColumns, SeedFile.Rows("lockers").Select(Locker), ifAbsent: true, ct).ConfigureAwait(false);
            if (await tx.First<string>("select outlet_code from network_coverage limit 1", ct: ct).ConfigureAwait(false) is null)
                await tx.InsertRows("network_coverage", CoverageColumns, SeedFile.Rows("coverage").Select(Coverage), ifAbsent: true, ct).ConfigureAwait(false);
            await tx.Execute("update network_versions set version = version + 1 where name = 'outlets'", ct: ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private static object?[] Coverage(IReadOnlyDictionary<string, string> row) =>
        [row["outlet_code"], row["division_code"], row["place"], EnumText<CoverageKind>.Of(EnumText<CoverageKind>.Parse(row["kind"]))];

    private static object?[] Outlet(IReadOnlyDictionary<string, string> row) =>
        [.. Place(row), row["services"], Number(row["max_weight_g"])];

    private static object?[] Locker(IReadOnlyDictionary<string, string> row) =>
        [.. Place(row), Number(row["cells_s"]), Number(row["cells_m"]), Number(row["cells_l"])];

    private static object?[] Place(IReadOnlyDictionary<string, string> row) =>
    [
        row["code"], row["name"], row["district_code"], row["address"], Degrees(row["lat"]), Degrees(row["lng"]),
        DailyHours.Parse(row["opening_hours"]).Text, row["phone"],
    ];

    private static double Degrees(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
