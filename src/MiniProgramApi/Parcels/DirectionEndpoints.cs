using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
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
            .WithDescription("Before it is out for delivery. kind = other_time (from, until), hold (until?), other_address (recipient), locker or station (place), neighbour (place: where). " + Repeated);
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
        WaybillNumber waybill, DirectionBody body, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, TimeProvider clock, CancellationToken ct)
    {
        var kind = body.Kind is { } k and not (DirectionKind.Intercept or DirectionKind.Correct) ? k : throw new BadInput("kind", Texts.DirectionKindWrong);
        return Take(waybill, kind, body.Checked(kind, clock.GetUtcNow()), me, db, keys, options, clock, ct);
    }

    private static Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Intercept(
        WaybillNumber waybill, InterceptBody? body, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, TimeProvider clock, CancellationToken ct) =>
        body?.Reason?.Length > 200 ? throw new BadInput("reason", Texts.ReasonTooLong)
            : Take(waybill, DirectionKind.Intercept, new DirectionDetail { Note = body?.Reason }, me, db, keys, options, clock, ct);

    private static Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Correct(
        WaybillNumber waybill, CorrectBody body, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, TimeProvider clock, CancellationToken ct)
    {
        if (body is { Name: null, Phone: null, Extension: null, Detail: null }) throw new BadInput("name", Texts.CorrectionMissing);
        var recipient = new PartyReport { Name = body.Name?.Trim(), Phone = body.Phone, Extension = body.Extension, Detail = body.Detail?.Trim() };
        if (PartyCorrection.Wrong(recipient) is { } wrong)
            throw new BadInput(wrong, wrong switch { "name" => Texts.NameWrong, "phone" => Texts.PhoneWrong, "extension" => Texts.ExtensionWrong, _ => Texts.AddressDetailWrong });
        return Take(waybill, DirectionKind.Correct, new DirectionDetail { Recipient = recipient }, me, db, keys, options, clock, ct);
    }

    private static async Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Undo(
        WaybillNumber waybill, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        await DirectParcel.Undo(db, keys, clock, CustomerId.Parse(me.Id), waybill, ct).ConfigureAwait(false) is { } undone ? TypedResults.Ok(undone) : Unknown();

    private static async Task<Results<Ok<AskedDirection>, ProblemHttpResult>> Take(
        WaybillNumber waybill, DirectionKind kind, DirectionDetail detail, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, TimeProvider clock, CancellationToken ct) =>
        await DirectParcel.Ask(db, keys, clock, options, CustomerId.Parse(me.Id), waybill, kind, detail, ct).ConfigureAwait(false) is { } asked ? TypedResults.Ok(asked) : Unknown();

    private static ProblemHttpResult Unknown() => Problems.NotFound("parcel.unknown", Texts.ParcelUnknown);
}

/// <summary>Body of a wish about the delivery.</summary>
/// <param name="Kind">other_time, hold, other_address, locker, station or neighbour.</param>
/// <param name="From">Begin of the time.</param>
/// <param name="Until">Its end; for holding, until when.</param>
/// <param name="Place">Locker or station, or where the neighbour lives.</param>
/// <param name="Recipient">The other address, with name and phone.</param>
/// <param name="Note">For the courier.</param>
internal sealed record DirectionBody(DirectionKind? Kind, DateTimeOffset? From, DateTimeOffset? Until, string? Place, PartyReport? Recipient, string? Note)
{
    public DirectionDetail Checked(DirectionKind kind, DateTimeOffset now)
    {
        if (Note?.Length > 200) throw new BadInput("note", Texts.ReasonTooLong);
        if (kind is DirectionKind.OtherTime && !(From >= now.AddMinutes(-5) && Until > From && Until < now.AddDays(15))) throw new BadInput("from", Texts.DeliveryTimeWrong);
        if (kind is DirectionKind.Hold && Until is { } until && (until < now || until > now.AddDays(30))) throw new BadInput("until", Texts.DeliveryTimeWrong);
        if (kind is DirectionKind.Locker or DirectionKind.Station or DirectionKind.Neighbour && Place?.Trim() is not { Length: >= 1 and <= 100 }) throw new BadInput("place", Texts.PlaceMissing);
        if (kind is not DirectionKind.OtherAddress) return new DirectionDetail { From = From, Until = Until, Place = Place?.Trim(), Note = Note };
        if (Recipient?.Name?.Trim() is not { Length: >= 1 and <= 50 }) throw new BadInput("recipient.name", Texts.NameWrong);
        if (!Phone.TryParse(Recipient.Phone, out _)) throw new BadInput("recipient.phone", Texts.PhoneWrong);
        if (Recipient.Extension is { } extension && (extension.Length > 8 || !extension.All(char.IsAsciiDigit))) throw new BadInput("recipient.extension", Texts.ExtensionWrong);
        if (Recipient.Province?.Length is not (>= 1 and <= 40) || Recipient.City?.Length is not (>= 1 and <= 40) || Recipient.District?.Length > 40
            || Recipient.Detail?.Trim() is not { Length: >= 1 and <= 200 }) throw new BadInput("recipient.detail", Texts.AddressDetailWrong);
        return new DirectionDetail { Recipient = Recipient, Note = Note };
    }
}

/// <summary>Body of turning a parcel round.</summary>
/// <param name="Reason">Why.</param>
internal sealed record InterceptBody(string? Reason);

/// <summary>Body of a correction; what is left out stays.</summary>
/// <param name="Name">The recipient's name.</param>
/// <param name="Phone">The recipient's number.</param>
/// <param name="Extension">What is dialled after that number; only together with it.</param>
/// <param name="Detail">Street and door; the district stays.</param>
internal sealed record CorrectBody(string? Name, string? Phone, string? Extension, string? Detail);
