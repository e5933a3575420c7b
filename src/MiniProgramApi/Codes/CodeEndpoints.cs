using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Network.Codes;
using Courier.Services.Parcels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Codes;

/// <summary>One wallet for all pickup codes of a family: pasted ones, and parcels of their own that wait.</summary>
internal static class CodeEndpoints
{
    public static void MapCodes(this RouteGroupBuilder codes)
    {
        codes.MapGet("", List).ForCustomers().WithName("ListCodes").WithSummary("The pickup codes of the family in the order of one walk")
            .WithDescription("Customers. Query: state=open|fetched. By place, the one where free time ends first before the others; places of ours within 2 km of it follow, the nearest first, unless "
                + "free time ends elsewhere within 3 hours. `freeUntil` and `waybill` are read from a pasted text when they stand there. `source`: text (pasted) or parcel (one of the family's own that waits "
                + "in a locker or station; it goes by itself when it is signed for).");
        codes.MapPost("", Keep).ForCustomers().TakesIdempotencyKey().Refuses(409, "code.too_many").WithName("KeepCodes").WithSummary("Keeps the pickup codes of a pasted text")
            .WithDescription("Customers. Body: text, 1 to 2000 characters, one or several messages of lockers and stations; or code, place, carrier of one code. 201 when one is new, 200 when all are "
                + "there already. request.field_invalid also when there is no code in the text.");
        codes.MapDelete("/{id}", Delete).ForCustomers().TakesIdempotencyKey().Refuses(404, "code.unknown").WithName("DeleteCode").WithSummary("Takes an own code out of the wallet");
        codes.MapPost("/{id}/fetched", Mark).ForCustomers().TakesIdempotencyKey().Refuses(404, "code.unknown").WithName("MarkCodeFetched").WithSummary("A parcel was fetched, or was not after all")
            .WithDescription("Customers; of the family's codes each. Body: fetched (true; false takes it back).");
    }

    private static async Task<Ok<CodesAnswer>> List(string? state, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        if (state is not (null or "" or "open" or "fetched")) throw new BadInput("state", Texts.CodeStateWrong);
        var customer = CustomerId.Parse(me.Id);
        var family = await Family.Of(db, keys, customer, ct).ConfigureAwait(false);
        var codes = await PickupWallet.Of(db, keys, clock, Owners(family, customer), state == "fetched", ct).ConfigureAwait(false);
        var names = family.ToDictionary(m => m.Customer, m => m.Name);
        return TypedResults.Ok(new CodesAnswer([.. codes.Select(c => CodeAnswer.Of(c, c.Saved.Owner == customer ? null : names.GetValueOrDefault(c.Saved.Owner), clock.GetUtcNow()))]));
    }

    private static async Task<Results<Created<KeptAnswer>, Ok<KeptAnswer>>> Keep(KeepCodesBody body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var kept = await CodeWallet.KeepAll(db, keys, clock, CustomerId.Parse(me.Id), Read(body, clock.GetUtcNow()), ct).ConfigureAwait(false);
        var codes = kept.ToLookup(k => k.IsNew, k => CodeAnswer.Of(new WalletCode(k.Code, null, null), null, clock.GetUtcNow()));
        var answer = new KeptAnswer([.. codes[true]], [.. codes[false]]);
        return answer.Added.Count > 0 ? TypedResults.Created("/api/customer/v1/codes", answer) : TypedResults.Ok(answer);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(string id, CurrentCustomer me, Db db, CancellationToken ct) =>
        await CodeWallet.Delete(db, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound("code.unknown", Texts.CodeUnknown);

    private static async Task<Results<NoContent, ProblemHttpResult>> Mark(string id, FetchedBody? body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        var owners = Owners(await Family.Of(db, keys, customer, ct).ConfigureAwait(false), customer);
        return await CodeWallet.Mark(db, clock, owners, id, body?.Fetched ?? true, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound("code.unknown", Texts.CodeUnknown);
    }

    private static List<CustomerId> Owners(IReadOnlyList<FamilyMember> family, CustomerId me) => [.. family.Select(m => m.Customer).Append(me).Distinct()];

    private static IReadOnlyList<PastedCode> Read(KeepCodesBody body, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(body.Text)) return [ReadOne(body)];
        if (body.Text.Length > PastedCodes.MostCharacters) throw new BadInput("text", Texts.TooLong(PastedCodes.MostCharacters));
        return PastedCodes.Read(body.Text, now) is { Count: > 0 } codes ? codes : throw new BadInput("text", Texts.NoCodeInText);
    }

    private static PastedCode ReadOne(KeepCodesBody body)
    {
        var code = body.Code?.Trim() ?? "";
        if (code.Length is < 2 or > 20 || code.Any(char.IsControl)) throw new BadInput("code", Texts.NoCodeInText);
        return new PastedCode(code, Bounded(body.Place, "place", 80), Bounded(body.Carrier, "carrier", 20));
    }

    internal static string Bounded(string? text, string field, int most)
    {
        var trimmed = HiddenMarks.Without(text ?? "").Trim();
        return trimmed.Length <= most && !trimmed.Any(char.IsControl) ? trimmed : throw new BadInput(field, Texts.TooLong(most));
    }
}

/// <summary>A pasted text, or one pickup code.</summary>
/// <param name="Text">Messages of lockers and stations; when there is one, the other fields are not looked at.</param>
/// <param name="Code">The code.</param>
/// <param name="Place">Where the parcel lies.</param>
/// <param name="Carrier">Who brought it.</param>
internal sealed record KeepCodesBody(string? Text, string? Code, string? Place, string? Carrier);

/// <summary>What became of a pasted text.</summary>
/// <param name="Added">Codes that are new in the wallet.</param>
/// <param name="Known">Codes that were there already; they wait (again).</param>
internal sealed record KeptAnswer(IReadOnlyList<CodeAnswer> Added, IReadOnlyList<CodeAnswer> Known);

/// <summary>Whether a parcel was fetched.</summary>
/// <param name="Fetched">False takes it back; nothing is true.</param>
internal sealed record FetchedBody(bool? Fetched);

/// <summary>The codes of the family.</summary>
/// <param name="Items">In the order of one walk.</param>
internal sealed record CodesAnswer(IReadOnlyList<CodeAnswer> Items);

/// <summary>Whose code it is.</summary>
/// <param name="Name">As the family reads it.</param>
/// <param name="IsMe">Is it the customer who asks?</param>
internal sealed record CodeOwner(string Name, bool IsMe);

/// <summary>A code.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source"><c>text</c> or <c>parcel</c>.</param>
/// <param name="Code">What is typed or said; empty when the carrier did not tell it.</param>
/// <param name="Place">Where; may be empty.</param>
/// <param name="Carrier">Which carrier; may be empty.</param>
/// <param name="Waybill">The parcel; null for a pasted code whose text did not say it.</param>
/// <param name="Owner">Whose.</param>
/// <param name="Since">Since when it lies there, as far as is known.</param>
/// <param name="FreeUntil">Until when for nothing; null when nobody knows.</param>
/// <param name="HoursLeft">Whole hours until then, 0 when it is over; null when nobody knows.</param>
/// <param name="FetchedAt">When it was fetched; null while it waits.</param>
/// <param name="Latitude">Degrees, GCJ-02; null for a place that is not ours.</param>
/// <param name="Longitude">Degrees, GCJ-02; null for a place that is not ours.</param>
internal sealed record CodeAnswer(
    string Id, string Source, string Code, string Place, string Carrier, WaybillNumber? Waybill, CodeOwner Owner, DateTimeOffset Since, DateTimeOffset? FreeUntil, int? HoursLeft,
    DateTimeOffset? FetchedAt, double? Latitude, double? Longitude)
{
    public static CodeAnswer Of(WalletCode code, string? otherOwner, DateTimeOffset now)
    {
        var c = code.Saved;
        return new(c.Id, code.Parcel is null ? "text" : "parcel", c.Code, c.Place, c.Carrier, code.Waybill, new CodeOwner(otherOwner ?? Texts.Me, otherOwner is null), c.ReceivedAt, c.FreeUntil,
            c.FreeUntil is { } until ? Math.Max(0, (int)(until - now).TotalHours) : null, c.FetchedAt, code.Place?.Latitude, code.Place?.Longitude);
    }
}
