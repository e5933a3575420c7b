using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Consent;

/// <summary>Where a customer's parcels may be left: to the door, locker, station, in front of the door, neighbour.</summary>
internal static class ConsentEndpoints
{
    public static void MapConsents(this RouteGroupBuilder consents)
    {
        consents.MapGet("", Show).ForCustomers().WithName("ShowConsents").WithSummary("Where the customer's parcels may be left");
        consents.MapPost("", Decide).ForCustomers().TakesIdempotencyKey().Refuses(404, "address.unknown").WithName("DecideConsent")
            .WithSummary("Gives a consent or takes it back")
            .WithDescription("Kinds: to_door, locker, station, front_door, neighbour. `addressId` and `size` (S, M, L) narrow it; the narrowest decision counts. "
                + "Each decision is kept as evidence. address.unknown: no address of the customer's own book.");
    }

    private static async Task<Ok<ConsentsAnswer>> Show(CurrentCustomer me, Db db, CancellationToken ct) =>
        TypedResults.Ok(await Held(db, CustomerId.Parse(me.Id), ct).ConfigureAwait(false));

    private static async Task<Results<Ok<ConsentsAnswer>, ProblemHttpResult>> Decide(ConsentBody body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var kind = EnumText<ConsentKind>.TryParse(body.Kind, out var parsed) ? parsed : throw new BadInput("kind", Texts.ConsentKindWrong);
        ParcelSize? size = string.IsNullOrEmpty(body.Size) ? null
            : EnumText<ParcelSize>.TryParse(body.Size.ToLowerInvariant(), out var known) ? known : throw new BadInput("size", Texts.CellWrong);
        var decision = new ConsentDecision(kind, string.IsNullOrEmpty(body.AddressId) ? null : body.AddressId, size, body.Given ?? throw new BadInput("given", Texts.SwitchMissing));
        var customer = CustomerId.Parse(me.Id);
        if (decision.AddressId is { } address && await AddressBook.Find(db, keys, customer, address, ct).ConfigureAwait(false) is null)
            return Problems.NotFound("address.unknown", Texts.AddressUnknown);
        await RecordConsent.Execute(db, clock, customer, decision, new ConsentOrigin(ConsentChannel.Api), ct).ConfigureAwait(false);
        return TypedResults.Ok(await Held(db, customer, ct).ConfigureAwait(false));
    }

    private static async Task<ConsentsAnswer> Held(Db db, CustomerId customer, CancellationToken ct) =>
        new([.. (await Consents.Of(db, customer, ct).ConfigureAwait(false)).Select(c => new ConsentView(c.Kind, c.AddressId, c.Size?.ToString(), c.IsGiven, c.At, c.Channel))],
            [.. Enum.GetValues<ConsentKind>().Select(k => new ConsentWordingView(k, ConsentWordings.Of(k)))]);
}

/// <summary>A decision.</summary>
/// <param name="Kind">to_door, locker, station, front_door or neighbour.</param>
/// <param name="AddressId">For one address of the address book; null for all.</param>
/// <param name="Size">S, M or L; null for all.</param>
/// <param name="Given">Given, or taken back.</param>
internal sealed record ConsentBody(string? Kind, string? AddressId, string? Size, bool? Given);

/// <summary>What holds now, and what a customer agrees to.</summary>
/// <param name="Items">The decisions; what is not there was never decided.</param>
/// <param name="Wordings">The sentence of each kind, to be shown before the decision.</param>
internal sealed record ConsentsAnswer(IReadOnlyList<ConsentView> Items, IReadOnlyList<ConsentWordingView> Wordings);

/// <summary>A decision that holds now.</summary>
/// <param name="Kind">Where.</param>
/// <param name="AddressId">For which address; null for all.</param>
/// <param name="Size">S, M or L; null for all.</param>
/// <param name="Given">Given, or taken back.</param>
/// <param name="At">Since when.</param>
/// <param name="Channel">Over which channel.</param>
internal sealed record ConsentView(ConsentKind Kind, string? AddressId, string? Size, bool Given, DateTimeOffset At, ConsentChannel Channel);

/// <summary>What a customer agrees to.</summary>
/// <param name="Kind">Where.</param>
/// <param name="Text">The sentence.</param>
internal sealed record ConsentWordingView(ConsentKind Kind, string Text);
