using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Parcels;

/// <summary>Asking for parcels.</summary>
internal static class ParcelEndpoints
{
    public static void MapParcels(this RouteGroupBuilder parcels)
    {
        parcels.MapPost("/lookup", LookUp).ForGuests(perMinute: 60).CountsMisses().WithName("LookUpParcels").WithSummary("Asks for up to 15 parcels")
            .WithDescription("Guests and customers. A parcel is shown to its sender and recipient (proven phone), to who follows it, and to who names the last four digits "
                + "of one of the two phones; five wrong tails a waybill and hour. Status `unknown` is the same for an unknown number, a hidden parcel and a wrong tail, and who gets it too often is refused for an hour. "
                + "A customer follows what is shown.");
        parcels.MapGet("/{waybill}", ShowOne).ForCustomers().CountsMisses().Refuses(404, "parcel.unknown").WithName("ShowParcel").WithSummary("Shows one of the customer's own parcels")
            .WithDescription("One that will probably be late carries lateChoices: what the customer may choose about it.");
        parcels.MapGet("", List).ForCustomers().WithName("ListParcels").WithSummary("Lists the customer's own parcels, the newest first")
            .WithDescription("Query: role=sender|recipient, state=open|done, cursor, limit (1 to 100).");
    }

    private static async Task<Ok<LookupAnswer>> LookUp(
        LookupBody body, CurrentVisitor who, HttpContext context, CallerMisses misses, Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, ParcelOutlook outlook,
        IncidentBoard board, Divisions divisions, CancellationToken ct)
    {
        var customer = who.CustomerId is { } id ? CustomerId.Parse(id) : (CustomerId?)null;
        var request = new TrackRequest(Waybills(body.Waybills), customer, Tail(body.PhoneTail), who.Key, Follow: customer is not null);
        var tracked = await outlook.Of(await TrackParcels.Execute(db, keys, clock, options, request, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        await misses.Count(context, tracked.Count(t => t is not TrackedParcel.Found)).ConfigureAwait(false);
        var incidents = await ParcelIncidents.OfWaybills(db, board, divisions, [.. tracked.OfType<TrackedParcel.Found>().Select(f => f.Waybill)], ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new LookupAnswer([.. tracked.Select(t => ParcelAnswer.Of(t, now, incidents))]));
    }

    private static async Task<Results<Ok<ParcelAnswer>, ProblemHttpResult>> ShowOne(
        WaybillNumber waybill, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, ParcelOutlook outlook, IncidentBoard board, Divisions divisions,
        CancellationToken ct) =>
        await TrackParcels.Own(db, keys, clock, options, CustomerId.Parse(me.Id), waybill, ct).ConfigureAwait(false) is { } found
            ? TypedResults.Ok(ParcelAnswer.Of(
                (await AnswerWarning.Offer(db, clock, options, CustomerId.Parse(me.Id), [await outlook.Of(found, ct).ConfigureAwait(false)], ct).ConfigureAwait(false))[0],
                clock.GetUtcNow(), await ParcelIncidents.OfWaybills(db, board, divisions, [waybill], ct).ConfigureAwait(false)))
            : Problems.NotFound("parcel.unknown", Texts.ParcelUnknown);

    private static async Task<Ok<Page<ListedParcel>>> List(
        string? role, string? state, PageRequest page, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, ParcelOutlook outlook, CancellationToken ct)
    {
        var mine = await outlook.Of(await MyParcels.Execute(db, keys, CustomerId.Parse(me.Id), OneOf<PartyRole>(role, "role", Texts.RoleWrong),
            OneOf<ParcelState>(state, "state", Texts.StateWrong), page.After, page.Limit, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(Page<ListedParcel>.Of([.. mine.Parcels.Select(p => ListedParcel.Of(p, now))], mine.Next));
    }

    private static List<WaybillNumber> Waybills(IReadOnlyList<string?>? texts)
    {
        if (texts is not { Count: >= 1 and <= ReadWaybills.Most }) throw new BadInput("waybills", Texts.WaybillsCount);
        return [.. texts.Select((t, i) => WaybillNumber.TryParse(t, null, out var number) ? number : throw new BadInput($"waybills[{i}]", Texts.WaybillWrong))];
    }

    private static string? Tail(string? text) => string.IsNullOrEmpty(text) ? null
        : text.Length == 4 && text.All(char.IsAsciiDigit) ? text : throw new BadInput("phoneTail", Texts.TailWrong);

    private static T? OneOf<T>(string? text, string field, string message) where T : struct, Enum =>
        string.IsNullOrEmpty(text) ? null : EnumText<T>.TryParse(text, out var value) ? value : throw new BadInput(field, message);
}

/// <summary>A parcel in the list of a customer's own.</summary>
/// <param name="Waybill">Its number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="State">Open or done.</param>
/// <param name="Role">The customer's side; null for one that is only followed.</param>
/// <param name="FromCity">The sender's city.</param>
/// <param name="ToCity">The recipient's city.</param>
/// <param name="Counterpart">The other side's name, masked.</param>
/// <param name="LatestText">What the newest event says, phones masked; empty before any.</param>
/// <param name="UpdatedAt">When it happened.</param>
/// <param name="PromisedBy">Until when delivery was promised; null when it was not.</param>
/// <param name="Eta">When it will probably arrive; null when it has arrived, will not, or too little is known.</param>
internal sealed record ListedParcel(
    WaybillNumber Waybill, ParcelStatus Status, string StatusText, ParcelState State, PartyRole? Role, string FromCity, string ToCity,
    string Counterpart, string LatestText, DateTimeOffset UpdatedAt, DateTimeOffset? PromisedBy, EtaAnswer? Eta)
{
    public static ListedParcel Of(MyParcel p, DateTimeOffset now) => new(
        p.Waybill, p.Status, p.StatusText, p.State, p.Role, p.FromCity, p.ToCity, p.Counterpart, p.LatestText, p.UpdatedAt,
        p.PromisedBy, EtaAnswer.Of(p.Eta, p.PromisedBy, now));
}

/// <summary>Body of a look-up.</summary>
/// <param name="Waybills">1 to 15 numbers.</param>
/// <param name="PhoneTail">Last four digits of the sender's or recipient's phone.</param>
internal sealed record LookupBody(IReadOnlyList<string?>? Waybills, string? PhoneTail);

/// <summary>Answer of a look-up.</summary>
/// <param name="Parcels">One entry for each number, in their order.</param>
internal sealed record LookupAnswer(IReadOnlyList<ParcelAnswer> Parcels);
