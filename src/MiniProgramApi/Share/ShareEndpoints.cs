using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Share;

/// <summary>Links that show a parcel to friends: making them, taking them back, and the page behind them.</summary>
internal static class ShareEndpoints
{
    public static void MapSharing(this RouteGroupBuilder share)
    {
        share.MapPost("", Make).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "parcel.unknown").Refuses(409, "parcel.share_over").WithName("ShareParcel").WithSummary("Makes a link to a parcel, or gives the living one again")
            .WithDescription("Customers. Body: expiresInHours (1 to 720), or nothing for the usual time. parcel.share_over a day after the parcel is done.");
        share.MapDelete("", TakeBack).ForCustomers().TakesIdempotencyKey().Refuses(404, "parcel.not_shared").WithName("UnshareParcel").WithSummary("Takes the link back at once");
    }

    public static void MapSharedPages(this RouteGroupBuilder pages) =>
        pages.MapGet("/{token}", Show).ForGuests(perMinute: 60).CountsMisses().WithName("OpenSharedParcel").WithSummary("A page that shows a shared parcel without anything personal")
            .WithDescription("Anyone who has the link. HTML. 404 alike for an unknown, a revoked and an expired link.");

    private static async Task<Results<Ok<ShareAnswer>, ProblemHttpResult>> Make(
        WaybillNumber waybill, ShareBody? body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, SiteLinks links, CancellationToken ct)
    {
        if (body?.ExpiresInHours is < 1 or > ShareParcel.MostHours) throw new BadInput("expiresInHours", Texts.ShareHours);
        return await ShareParcel.Execute(db, keys, clock, options, CustomerId.Parse(me.Id), waybill, body?.ExpiresInHours, ct).ConfigureAwait(false) is { } share
            ? TypedResults.Ok(new ShareAnswer(share.Waybill, links.To(share.Path).AbsoluteUri, share.ExpiresAt))
            : Problems.NotFound("parcel.unknown", Texts.ParcelUnknown);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBack(WaybillNumber waybill, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct) =>
        await ShareParcel.Revoke(db, clock, CustomerId.Parse(me.Id), waybill, ct).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : Problems.NotFound("parcel.not_shared", Texts.NoShare);

    private static async Task<ContentHttpResult> Show(string token, HttpResponse response, Db db, TimeProvider clock, ParcelOutlook outlook, CancellationToken ct)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = SharePage.Policy;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        try
        {
            return await OpenShare.Execute(db, clock, outlook, token, ct).ConfigureAwait(false) is { } parcel
                ? Page(SharePage.Of(parcel, clock.GetUtcNow()), StatusCodes.Status200OK)
                : Page(SharePage.Gone, StatusCodes.Status404NotFound);
        }
        catch (Exception e) when (db.IsAway(e)) // who opens it reads a page, not a problem's JSON
        {
            headers.RetryAfter = "5";
            return Page(SharePage.Away, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static ContentHttpResult Page(string html, int status) => TypedResults.Content(html, "text/html; charset=utf-8", statusCode: status);
}

/// <summary>Body of a share.</summary>
/// <param name="ExpiresInHours">1 to 720; nothing for the usual time.</param>
internal sealed record ShareBody(int? ExpiresInHours);

/// <summary>A link.</summary>
/// <param name="Waybill">The parcel.</param>
/// <param name="Url">The link.</param>
/// <param name="ExpiresAt">From then on it is worth nothing; a day after the parcel is done at the latest.</param>
internal sealed record ShareAnswer(WaybillNumber Waybill, string Url, DateTimeOffset ExpiresAt);
