using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Network;

/// <summary>A locker that is set up.</summary>
/// <param name="Code">What is printed on it.</param>
/// <param name="Name">Its name.</param>
/// <param name="DistrictCode">The district that it stands in.</param>
/// <param name="Address">Its full address.</param>
/// <param name="Latitude">Degrees, GCJ-02.</param>
/// <param name="Longitude">Degrees, GCJ-02.</param>
/// <param name="Hours">When one gets to it.</param>
/// <param name="Phone">Its telephone number; empty when it has none.</param>
/// <param name="Fee">What it costs, for customers to read.</param>
/// <param name="FreeHours">For so many hours a parcel lies in it for nothing.</param>
/// <param name="Small">Small cells; their numbers come first.</param>
/// <param name="Medium">Medium cells.</param>
/// <param name="Large">Large cells.</param>
public sealed record NewLocker(
    LockerCode Code, string Name, string DistrictCode, string Address, double Latitude, double Longitude, DailyHours Hours, string Phone, string Fee, int FreeHours,
    int Small, int Medium, int Large);

/// <summary>Sets lockers up with their cells, all free.</summary>
public static class RegisterLockers
{
    private static readonly string[] LockerColumns =
    [
        "code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "cells_small", "cells_medium", "cells_large",
        "free_small", "free_medium", "free_large", "fee", "free_hours", "changed_at",
    ];

    private static readonly string[] CellColumns = ["locker_code", "number", "size"];

    /// <summary>Adds them; one whose code is there already is left alone.</summary>
    public static async Task Execute(Tx tx, TimeProvider clock, IReadOnlyList<NewLocker> lockers, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await tx.InsertRows("network_lockers", LockerColumns, lockers.Select(l => new object?[]
        {
            l.Code, l.Name, l.DistrictCode, l.Address, l.Latitude, l.Longitude, l.Hours.Text, l.Phone, l.Small, l.Medium, l.Large, l.Small, l.Medium, l.Large, l.Fee, l.FreeHours, now,
        }), ifAbsent: true, ct).ConfigureAwait(false);
        await tx.InsertRows("network_cells", CellColumns, lockers.SelectMany(Cells), ifAbsent: true, ct).ConfigureAwait(false);
    }

    private static IEnumerable<object?[]> Cells(NewLocker locker)
    {
        var sizes = Enumerable.Repeat(CellSize.Small, locker.Small).Concat(Enumerable.Repeat(CellSize.Medium, locker.Medium)).Concat(Enumerable.Repeat(CellSize.Large, locker.Large));
        return sizes.Select((size, i) => new object?[] { locker.Code, i + 1, size });
    }
}
