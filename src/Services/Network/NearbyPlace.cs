namespace Courier.Services.Network;

/// <summary>What kind of place of ours.</summary>
public enum PlaceKind
{
    /// <summary>An outlet with staff (服务网点).</summary>
    Outlet,

    /// <summary>A parcel locker (快递柜).</summary>
    Locker,
}

/// <summary>An outlet or a locker near a point.</summary>
/// <param name="Kind">Outlet or locker.</param>
/// <param name="Id">Its code, as printed at the door: <c>HZ001</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its full address.</param>
/// <param name="Latitude">Degrees, GCJ-02.</param>
/// <param name="Longitude">Degrees, GCJ-02.</param>
/// <param name="DistanceMeters">As the crow flies.</param>
/// <param name="Hours">Opening hours every day: <c>08:30-20:00</c>; <c>00:00-24:00</c> is always.</param>
/// <param name="OpenNow">Is it open at the moment of asking?</param>
/// <param name="Phone">Its telephone number, for customers to call; null when it has none.</param>
/// <param name="Services">What it does, separated by <c>|</c>: <c>send</c>, <c>pickup</c>, <c>cod</c>, <c>large</c>; empty for lockers.</param>
/// <param name="FreeSmall">Free small cells of a locker; null for outlets and for lockers that have not reported.</param>
/// <param name="FreeMedium">Free medium cells, likewise.</param>
/// <param name="FreeLarge">Free large cells, likewise.</param>
public sealed record NearbyPlace(
    PlaceKind Kind, string Id, string Name, string Address, double Latitude, double Longitude, int DistanceMeters,
    string Hours, bool OpenNow, string? Phone, string Services, int? FreeSmall, int? FreeMedium, int? FreeLarge)
{
    /// <summary>Is it closed until somebody opens it again, whatever its hours say?</summary>
    public bool IsClosed { get; init; }

    /// <summary>What a locker costs, for customers to read; null for outlets and where nothing is written.</summary>
    public string? Fee { get; init; }

    /// <summary>The heaviest parcel that an outlet takes, in grams; null for lockers.</summary>
    public long? MaxWeightGrams { get; init; }

    /// <summary>The longest side that an outlet takes, in millimetres; null for no limit and for lockers.</summary>
    public int? MaxLengthMm { get; init; }

    /// <summary>Is there a free cell of this size or a larger one, as far as is known? True for outlets.</summary>
    public bool Fits(CellSize size)
    {
        if (FreeSmall is not { } small || FreeMedium is not { } medium || FreeLarge is not { } large) return true;
        return large > 0 || (size <= CellSize.Medium && medium > 0) || (size == CellSize.Small && small > 0);
    }
}
