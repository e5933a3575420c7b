using System.Globalization;

namespace Courier.Services.Network;

/// <summary>Distances on the Earth and how people say them.</summary>
public static class Geo
{
    /// <summary>Metres of one degree of latitude.</summary>
    internal const double MetersPerDegree = 111_320;

    private const double EarthRadius = 6_371_008.8; // mean radius, IUGG

    /// <summary>Great-circle distance in metres (haversine).</summary>
    public static double Meters(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var dLat = double.DegreesToRadians(latitude2 - latitude1) / 2;
        var dLng = double.DegreesToRadians(longitude2 - longitude1) / 2;
        var h = Math.Sin(dLat) * Math.Sin(dLat)
            + Math.Cos(double.DegreesToRadians(latitude1)) * Math.Cos(double.DegreesToRadians(latitude2)) * Math.Sin(dLng) * Math.Sin(dLng);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>The square of the straight line through the Earth between points so many metres apart, on a sphere of radius 1.</summary>
    internal static double SquaredChord(double meters)
    {
        var chord = 2 * Math.Sin(Math.Min(meters / EarthRadius, Math.PI) / 2);
        return chord * chord;
    }

    /// <summary>Metres over the ground of a squared chord.</summary>
    internal static double MetersOfChord(double squaredChord) => 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(squaredChord) / 2));

    /// <summary>As people say it: <c>50米以内</c>, <c>约350米</c>, <c>约1.2公里</c>, <c>约35公里</c>.</summary>
    public static string Words(int meters) => meters switch
    {
        < 50 => "50米以内",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"约{(meters + 5) / 10 * 10}米").Replace("约1000米", "约1公里", StringComparison.Ordinal),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"约{meters / 1000.0:0.#}公里"),
        _ => string.Create(CultureInfo.InvariantCulture, $"约{meters / 1000.0:0}公里"),
    };
}
