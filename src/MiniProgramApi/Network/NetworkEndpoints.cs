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
            .WithDescription("Guests and customers. Query: district (a place: `南山区`, `深圳市南山区粤海街道`, or its code `440305`) and q (words of an outlet's name), one of them at least. Where a name does "
                + "not decide, `candidates` holds the places that may be meant; outside the served area `served` is false and the nearest outlets are given.");
        network.MapGet("/service-area", Area).ForGuests(perMinute: 60).WithName("ServiceAreaOf").WithSummary("Do couriers come to an address?")
            .WithDescription("Guests and customers. Query: province, city, district, street, detail. `standing`: served, served_in_parts (name the street), beyond (collect at the outlet), "
                + "outside (`nearest` says who is the closest, `possible` what can be done instead), unknown (no such place); `answer` is a sentence for the customer.");
        network.MapGet("/nearest", Nearest).ForGuests(perMinute: 60).WithName("FindNearest").WithSummary("The outlets and lockers nearest to a point")
            .WithDescription("Guests and customers. Query: lat and lng (degrees, GCJ-02), kind=outlet|locker, fits=S|M|L (only lockers with a free cell of this size or a larger one; outlets stay), limit (1 to 50).");
    }

    private static async Task<Ok<AreaAnswer>> Area(
        string? province, string? city, string? district, string? street, string? detail, Db db, OutletBook book, Divisions divisions, TimeProvider clock, CancellationToken ct)
    {
        if (Bounded(province, "province") is not { Length: > 0 } first) throw new BadInput("province", Texts.ProvinceMissing);
        var area = await ServiceArea.Of(db, book, divisions, first, Bounded(city, "city"), Bounded(district, "district"), Bounded(street, "street"), Bounded(detail, "detail", 200), ct)
            .ConfigureAwait(false);
        return TypedResults.Ok(AreaAnswer.Of(area, clock.GetUtcNow()));
    }

    private static string Bounded(string? text, string field, int most = 60) => (text?.Trim() ?? "") is var trimmed && trimmed.Length <= most ? trimmed : throw new BadInput(field, Texts.TooLong(most));

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
/// <param name="IsClosed">Is it closed until further notice?</param>
/// <param name="MaxWeightGrams">The heaviest parcel that it takes.</param>
/// <param name="MaxLengthMm">The longest side; null for no limit.</param>
/// <param name="MaxSidesMm">The greatest sum of the three sides; null for no limit.</param>
internal sealed record OutletAnswer(
    string Code, string Name, string Address, double Latitude, double Longitude, string Hours, bool OpenNow, string? Phone, IReadOnlyList<string> Services, bool IsClosed,
    long MaxWeightGrams, int? MaxLengthMm, int? MaxSidesMm)
{
    public static OutletAnswer Of(Outlet o, DateTimeOffset now) => new(
        o.Code, o.Name, o.Address, o.Latitude, o.Longitude, o.Hours, o.IsOpen(now), o.Phone.Length == 0 ? null : o.Phone, o.Services.Split('|', StringSplitOptions.RemoveEmptyEntries),
        o.IsClosed, o.MaxWeightGrams, o.MaxLengthMm, o.MaxSidesMm);
}

/// <summary>Whether couriers come to an address.</summary>
/// <param name="Where">What was understood.</param>
/// <param name="DivisionCode">Its code; null when nothing was.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Pickup">Do couriers collect at the door?</param>
/// <param name="Delivery">Do they deliver to the door?</param>
/// <param name="Outlets">Who serves it, or where to collect.</param>
/// <param name="Around">Outside: where the nearest outlets are.</param>
/// <param name="Nearest">Outside: the nearest outlets.</param>
/// <param name="Possible">What can be done instead.</param>
/// <param name="Answer">The same in a sentence.</param>
internal sealed record AreaAnswer(
    string Where, string? DivisionCode, AreaStanding Standing, bool Pickup, bool Delivery, IReadOnlyList<OutletAnswer> Outlets, string? Around, IReadOnlyList<OutletAnswer> Nearest,
    IReadOnlyList<AreaOption> Possible, string Answer)
{
    private const int Most = 5;

    public static AreaAnswer Of(AreaService a, DateTimeOffset now) => new(
        a.Where, a.DivisionCode, a.Standing, a.Pickup, a.Delivery, [.. a.Outlets.Take(Most).Select(o => OutletAnswer.Of(o, now))], a.Around,
        [.. a.Nearest.Take(Most).Select(o => OutletAnswer.Of(o, now))], a.Possible, a.Answer);
}
