using System.Text.RegularExpressions;
using Courier.Simulator.Carrier;
using Courier.Simulator.Network;
using Courier.Simulator.Play;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Parcels;

internal static partial class ParcelEndpoints
{
    const int MostOnRound = 1000;

    public static void MapParcels(this IEndpointRouteBuilder group)
    {
        group.MapGet("/parcels", (World world) => Results.Json(new { parcels = world.Parcels.OrderByDescending(parcel => parcel.CreatedAt).Select(Row) }, Json.Wire));
        group.MapPost("/parcels", Create);
        group.MapGet("/parcels/{waybill}", (string waybill, World world) => world.Find(waybill) is { } parcel ? Results.Json(Whole(parcel), Json.Wire) : Unknown());
        group.MapPost("/parcels/{waybill}/advance", Advance);
        group.MapGet("/wishes", Wishes);
    }

    static async Task<IResult> Create(NewParcelBody? given, World world, CarrierLink carrier, CancellationToken ct)
    {
        var body = given ?? new NewParcelBody();
        if (body.Waybill is { } wished && !WaybillForm().IsMatch(wished)) return Bad(Texts.WaybillForm);
        if (body.From is not null && Cities.Find(body.From) is null || body.To is not null && Cities.Find(body.To) is null) return Bad(Texts.UnknownCity);
        var wish = new ParcelWish(body.RecipientPhone, body.SenderPhone, Cities.Find(body.From), Cities.Find(body.To), body.Waybill);
        if (world.Create(wish) is not { } parcel) return Refused(Texts.WaybillTaken);
        await carrier.SendAll(ct);
        return Results.Json(Row(world.Find(parcel.Waybill)!), Json.Wire);
    }

    static async Task<IResult> Advance(string waybill, AdvanceBody? body, World world, CarrierLink carrier, CancellationToken ct)
    {
        var stage = ParcelStages.Parse(body?.To);
        if (body?.To is not null && stage is null) return Bad(Texts.UnknownStage);
        if (body?.Steps is < 1 or > 100) return Bad(Texts.StepsOrTo);
        var before = world.Find(waybill);
        if (before is null || world.Advance(waybill, body?.Steps ?? 1, stage) is not { } after) return Unknown();
        if (after.Past.Count == before.Past.Count) return Refused(Texts.CannotGetThere);
        await carrier.SendAll(ct);
        return Results.Json(Row(world.Find(waybill)!), Json.Wire);
    }

    // What a courier with parcels on the round reads before handing them over.
    static async Task<IResult> Wishes(World world, CarrierLink carrier, CancellationToken ct)
    {
        var onRound = world.Parcels.Where(parcel => parcel.Stage == ParcelStage.OutForDelivery && parcel.Registration == Registration.Accepted).Select(parcel => parcel.Waybill).Take(MostOnRound).ToList();
        return Results.Json(new { parcels = onRound.Count == 0 ? new Dictionary<string, IReadOnlyList<string>>() : await carrier.Wishes(onRound, ct) }, Json.Wire);
    }

    static object Row(SimulatedParcel parcel) => new
    {
        parcel.Waybill,
        status = parcel.Stage,
        statusText = Texts.Of(parcel.Stage),
        parcel.From,
        parcel.To,
        senderPhone = parcel.Sender.Phone,
        recipientPhone = parcel.Recipient.Phone,
        parcel.CreatedAt,
        parcel.Live,
        done = parcel.IsDone,
        registered = parcel.Registration == Registration.Accepted,
        parcel.Rejection,
        events = parcel.Past.Count,
        waiting = parcel.Unanswered.Count(),
        rejected = parcel.Past.Count(happening => happening.Rejection is not null),
        lastText = parcel.Past.Count > 0 ? parcel.Past[^1].Step.Text : null,
        next = parcel.Plan.Count > 0 ? new { status = parcel.Plan[0].Stage, statusText = Texts.Of(parcel.Plan[0].Stage), parcel.Plan[0].Due } : null,
    };

    static object Whole(SimulatedParcel parcel) => new { parcel = Row(parcel), parcel.Sender, parcel.Recipient, parcel.Past, parcel.Plan };

    static IResult Unknown() => Results.Problem(Texts.UnknownParcel, statusCode: StatusCodes.Status404NotFound);
    static IResult Bad(string why) => Results.Problem(why, statusCode: StatusCodes.Status400BadRequest);
    static IResult Refused(string why) => Results.Problem(why, statusCode: StatusCodes.Status409Conflict);

    [GeneratedRegex("^[A-Z0-9-]{6,32}$")]
    private static partial Regex WaybillForm();

    internal sealed record NewParcelBody(string? RecipientPhone = null, string? SenderPhone = null, string? From = null, string? To = null, string? Waybill = null);
    internal sealed record AdvanceBody(int? Steps = null, string? To = null);
}
