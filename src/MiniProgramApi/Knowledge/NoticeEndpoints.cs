using System.Security.Cryptography;
using System.Text;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Knowledge;

/// <summary>Incidents for pages, screens and the telephone: whoever shows them asks here again and again.</summary>
internal static class NoticeEndpoints
{
    private const int FreshSeconds = 2;

    public static void MapNotices(this RouteGroupBuilder notices) =>
        notices.MapGet("", List).ForGuests(perMinute: 240).Produces<NoticesAnswer>().Refuses(400, "place.unknown").WithName("ListNotices").WithSummary("Incidents that are shown now")
            .WithDescription("Guests and customers. Query: province, city, district, full or short names; without them all incidents. Those of the place, of what it belongs to "
                + "and of its parts, the worst first. Carries an ETag: ask again with If-None-Match and get 304 while nothing changed; fresh for two seconds.");

    private static async Task<IResult> List(
        string? province, string? city, string? district, HttpContext context, Db db, IncidentBoard board, Divisions divisions, CancellationToken ct)
    {
        var shown = await board.Now(db, ct).ConfigureAwait(false);
        var incidents = shown.All;
        if (!string.IsNullOrWhiteSpace(province) || !string.IsNullOrWhiteSpace(city) || !string.IsNullOrWhiteSpace(district))
        {
            var place = divisions.Locate(province?.Trim() ?? "", city?.Trim() ?? "", district?.Trim() ?? "") ?? throw new BadInput("city", Texts.PlaceUnknown, "place.unknown");
            incidents = shown.About([place]);
        }
        var tag = TagOf(incidents);
        context.Response.Headers.CacheControl = $"public, max-age={FreshSeconds}";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch == tag
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(new NoticesAnswer([.. incidents.Select(i => NoticeAnswer.Of(i, divisions))]));
    }

    // What begins or ends by the clock changes the list without any change of a row.
    private static string TagOf(IEnumerable<Incident> incidents) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', incidents.Select(i => FormattableString.Invariant($"{i.Id}:{i.Version}"))))))[..20]}\"";
}

/// <summary>Answer of the list.</summary>
/// <param name="Items">The incidents, the worst first.</param>
internal sealed record NoticesAnswer(IReadOnlyList<NoticeAnswer> Items);

/// <summary>An incident as phones and screens get it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">A few words.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Line">Both in one line, as a banner.</param>
/// <param name="From">From when on it holds.</param>
/// <param name="Until">Until when; null when that is not known.</param>
/// <param name="Regions">Where; absent beside a parcel.</param>
internal sealed record NoticeAnswer(
    string Id, IncidentKind Kind, IncidentSeverity Severity, string Title, string Text, string Line, DateTimeOffset From, DateTimeOffset? Until, IReadOnlyList<string>? Regions)
{
    public static NoticeAnswer Of(Incident incident, Divisions? divisions) => new(
        incident.Id, incident.Kind, incident.Severity, incident.Title, incident.Text, incident.Line, incident.StartsAt,
        incident.EndsAt,
        divisions is null ? null : [.. incident.Regions.Select(r => r == Incident.WholeCountry ? Texts.WholeCountry : divisions.Find(r)?.FullName ?? r)]);
}
