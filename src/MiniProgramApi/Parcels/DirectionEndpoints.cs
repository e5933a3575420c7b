using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Parcels;

/// <summary>Steering a parcel before it is brought.</summary>
internal static class DirectionEndpoints
{
    private const string Repeated = "The same again changes nothing; another wish takes the place of the last.";

    public static void MapDirections(this RouteGroupBuilder parcel)
    {
        parcel.MapGet("/delivery", Show).ForCustomers().CountsMisses().Refuses(404, "parcel.unknown").WithName("ShowDelivery").WithSummary("What can be asked for with a parcel, and what was");
        parcel.MapPost("/delivery", Ask).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "parcel.unknown").Refuses(409, "parcel.direction_not_allowed").WithName("DirectParcel")
            .WithSummary("The recipient chooses another time or place")
            .WithDescription("Before it is out for delivery. kind = other_time (from, until: within one day, between 08:00 and 21:00 China time, an hour at least, up to 14 days ahead), hold (until?, up to 30 days), "
                + "other_address (recipient, whose province, city and district are ones that there are), locker or station (place: code or exact name of a locker or outlet of ours), "
                + "neighbour (place: where). request.field_invalid: the field that is wrong. " + Repeated);
        parcel.MapDelete("/delivery", Undo).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "parcel.unknown").Refuses(409, "parcel.direction_taken").WithName("UndoDirection")
            .WithSummary("Takes back what was asked for").WithDescription("parcel.direction_taken: the carrier has taken it already.");
        parcel.MapPost("/intercept", Intercept).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "parcel.unknown").Refuses(409, "parcel.direction_not_allowed").WithName("InterceptParcel")
            .WithSummary("The sender has a parcel turned round").WithDescription(Repeated);
        parcel.MapPost("/correct", Correct).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "parcel.unknown").Refuses(409, "parcel.direction_not_allowed").WithName("CorrectParties")
            .WithSummary("Corrects name, phone or door number of the recipient").WithDescription("Before it is out for delivery, by the sender or the recipient. " + Repeated);
    }

    private static async Task<Results<Ok<ParcelDirections>, ProblemHttpResult>> Show(
        WaybillNumber waybill, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, CancellationToken ct) =>
        await DirectParcel.Show(db, keys, options, CustomerId.Parse(me.Id), waybill, ct).ConfigureAwait(false) is { } shown ? TypedResults.Ok(shown) : Unknown();

    private static Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Ask(
        WaybillNumber waybill, DirectionBody body, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, Divisions divisions, TimeProvider clock, CancellationToken ct)
    {
        var kind = body.Kind is { } k and not (DirectionKind.Intercept or DirectionKind.Correct) ? k : throw new BadInput("kind", Texts.DirectionKindWrong);
        var wish = new DirectionDetail { From = body.From, Until = body.Until, Place = body.Place, Recipient = body.Recipient, Note = body.Note };
        return Take(waybill, kind, wish, me, db, keys, options, divisions, clock, ct);
    }

    private static Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Intercept(
        WaybillNumber waybill, InterceptBody? body, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, Divisions divisions, TimeProvider clock, CancellationToken ct) =>
        body?.Reason?.Length > 200 ? throw new BadInput("reason", Texts.ReasonTooLong)
            : Take(waybill, DirectionKind.Intercept, new DirectionDetail { Note = body?.Reason }, me, db, keys, options, divisions, clock, ct);

    private static Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Correct(
        WaybillNumber waybill, CorrectBody body, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, Divisions divisions, TimeProvider clock, CancellationToken ct)
    {
        if (body is { Name: null, Phone: null, Extension: null, Detail: null }) throw new BadInput("name", Texts.CorrectionMissing);
        var recipient = new PartyReport { Name = body.Name?.Trim(), Phone = body.Phone, Extension = body.Extension, Detail = body.Detail?.Trim() };
        if (PartyCorrection.Wrong(recipient) is { } wrong)
            throw new BadInput(wrong, wrong switch { "name" => Texts.NameWrong, "phone" => Texts.PhoneWrong, "extension" => Texts.ExtensionWrong, _ => Texts.AddressDetailWrong });
        return Take(waybill, DirectionKind.Correct, new DirectionDetail { Recipient = recipient }, me, db, keys, options, divisions, clock, ct);
    }

    private static async Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Undo(
        WaybillNumber waybill, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        await DirectParcel.Undo(db, keys, clock, CustomerId.Parse(me.Id), waybill, ct).ConfigureAwait(false) is { } undone ? TypedResults.Ok(undone) : Unknown();

    private static async Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Take(
        WaybillNumber waybill, DirectionKind kind, DirectionDetail wish, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, Divisions divisions, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            return await DirectParcel.Ask(db, keys, clock, options, divisions, CustomerId.Parse(me.Id), waybill, kind, wish, ct).ConfigureAwait(false) is { } asked ? TypedResults.Ok(asked) : Unknown();
        }
        catch (WrongDirection wrong)
        {
            throw new BadInput(wrong.Field, wrong.Message);
        }
    }

    private static ProblemHttpResult Unknown() => Problems.NotFound("parcel.unknown", Texts.ParcelUnknown);
}

/// <summary>Body of a wish about the delivery.</summary>
/// <param name="Kind">other_time, hold, other_address, locker, station or neighbour.</param>
/// <param name="From">Begin of the time.</param>
/// <param name="Until">Its end; for holding, until when.</param>
/// <param name="Place">Code or exact name of the locker or station, or where the neighbour lives.</param>
/// <param name="Recipient">The other address, with name and phone.</param>
/// <param name="Note">For the courier.</param>
internal sealed record DirectionBody(DirectionKind? Kind, DateTimeOffset? From, DateTimeOffset? Until, string? Place, PartyReport? Recipient, string? Note);

/// <summary>Body of turning a parcel round.</summary>
/// <param name="Reason">Why.</param>
internal sealed record InterceptBody(string? Reason);

/// <summary>Body of a correction; what is left out stays.</summary>
/// <param name="Name">The recipient's name.</param>
/// <param name="Phone">The recipient's number.</param>
/// <param name="Extension">What is dialled after that number; only together with it.</param>
/// <param name="Detail">Street and door; the district stays.</param>
internal sealed record CorrectBody(string? Name, string? Phone, string? Extension, string? Detail);
