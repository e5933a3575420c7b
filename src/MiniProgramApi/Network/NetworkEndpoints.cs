using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Network;

/// <summary>Outlets and lockers.</summary>
internal static class NetworkEndpoints
{
    private const int MostAnswers = 50;

    public static void MapNetwork(this RouteGroupBuilder network)
    {
        network.MapGet("/outlets", Search).ForGuests(perMinute: 60).WithName("FindOutlets").WithSummary("Finds outlets by area or name")
            .WithDescription("Guests and customers. Query: district (a place: `南山区`, `深圳市南山区粤海街道`) and q (words of an outlet's name), one of them at least. Where a name does "
                + "not decide, `candidates` holds the places that may be meant; outside the served area `served` is false and the nearest outlets are given.");
        network.MapGet("/nearest", Nearest).ForGuests(perMinute: 60).WithName("FindNearest").WithSummary("The outlets and lockers nearest to a point")
            .WithDescription("Guests and customers. Query: lat and lng (degrees, GCJ-02), kind=outlet|locker, fits=S|M|L (only lockers with a free cell of this size or a larger one; outlets stay), limit (1 to 50).");
    }

    private static async Task<Ok<OutletsAnswer>> Search(
        string? district, string? q, Db db, OutletBook book, Divisions divisions, TimeProvider clock, CancellationToken ct)
    {
        var text = $"{district?.Trim()}{q?.Trim()}";
        if (text.Length is 0 or > 60) throw new BadInput(string.IsNullOrEmpty(district) ? "q" : "district", Texts.OutletQueryMissing);
        var found = await FindOutlets.Search(db, book, divisions, string.IsNullOrWhiteSpace(district) ? q! : district, ct).ConfigureAwait(false);
        var words = string.IsNullOrWhiteSpace(district) ? "" : q?.Trim() ?? "";
        return TypedResults.Ok(OutletsAnswer.Of(found, words, clock.GetUtcNow(), MostAnswers));
    }

    private static async Task<Ok<NearestAnswer>> Nearest(
        double? lat, double? lng, string? kind, string? fits, int? limit, Db db, NearestPlaces nearest, TimeProvider clock, CancellationToken ct)
    {
        if (lat is not (>= -90 and <= 90) || lng is not (>= -180 and <= 180)) throw new BadInput("lat", Texts.PointWrong);
        PlaceKind? wanted = string.IsNullOrEmpty(kind) ? null : EnumText<PlaceKind>.TryParse(kind, out var parsed) ? parsed : throw new BadInput("kind", Texts.PlaceKindWrong);
        CellSize? size = string.IsNullOrEmpty(fits) ? null : CellSizes.TryParse(fits, out var read) ? read : throw new BadInput("fits", Texts.CellWrong);
        return TypedResults.Ok(new NearestAnswer(
            await FindNearest.Execute(db, nearest, clock, lat.Value, lng.Value, wanted, size, Math.Clamp(limit ?? 10, 1, MostAnswers), ct).ConfigureAwait(false)));
    }
}

/// <summary>Places near a point.</summary>
/// <param name="Items">The nearest first.</param>
internal sealed record NearestAnswer(IReadOnlyList<NearbyPlace> Items);

/// <summary>Answer of a search for outlets.</summary>
/// <param name="Where">What was understood; null when nothing was.</param>
/// <param name="Served">Is there an outlet for it?</param>
/// <param name="Items">The outlets, or the nearest ones outside of the served area; at most 50.</param>
/// <param name="Candidates">Places that may be meant, where the name does not decide.</param>
internal sealed record OutletsAnswer(string? Where, bool Served, IReadOnlyList<OutletAnswer> Items, IReadOnlyList<string> Candidates)
{
    public static OutletsAnswer Of(OutletSearch? search, string words, DateTimeOffset now, int most) => search switch
    {
        OutletSearch.Found found => new(found.Where, true, Listed(found.Outlets, words, now, most), []),
        OutletSearch.NotServed none => new(none.Where, false, Listed(none.Outlets, words, now, most), []),
        OutletSearch.WhichOne which => new(null, false, [], which.Candidates),
        _ => new(null, false, [], []),
    };

    private static IReadOnlyList<OutletAnswer> Listed(IReadOnlyList<Outlet> outlets, string words, DateTimeOffset now, int most) =>
        [.. outlets.Where(o => words.Length == 0 || o.Name.Contains(words, StringComparison.Ordinal) || o.Address.Contains(words, StringComparison.Ordinal)).Take(most).Select(o => OutletAnswer.Of(o, now))];
}

/// <summary>An outlet.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="Latitude">Degrees, GCJ-02.</param>
/// <param name="Longitude">Degrees, GCJ-02.</param>
/// <param name="Hours">Opening hours every day.</param>
/// <param name="OpenNow">Is it open?</param>
/// <param name="Phone">Its number; null when it has none.</param>
/// <param name="Services">What it does: send, pickup, cod, large.</param>
internal sealed record OutletAnswer(
    string Code, string Name, string Address, double Latitude, double Longitude, string Hours, bool OpenNow, string? Phone, IReadOnlyList<string> Services)
{
    public static OutletAnswer Of(Outlet o, DateTimeOffset now) => new(
        o.Code, o.Name, o.Address, o.Latitude, o.Longitude, o.Hours, o.IsOpen(now), o.Phone.Length == 0 ? null : o.Phone, o.Services.Split('|', StringSplitOptions.RemoveEmptyEntries));
}
