using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Addresses;

/// <summary>The customer's own address book.</summary>
internal static class AddressBookEndpoints
{
    private const string Unknown = "address.unknown";

    public static void MapAddressBook(this RouteGroupBuilder addresses)
    {
        addresses.MapGet("", List).ForCustomers().WithName("ListAddresses").WithSummary("The address book: defaults first, then what is used most")
            .WithDescription("Customers. Query: q (words of name, number, place or label), cursor, limit (1 to 100).");
        addresses.MapPost("", Keep).ForCustomers().TakesIdempotencyKey().Refuses(409, "address.book_full").WithName("KeepAddress").WithSummary("Adds an address")
            .WithDescription("Customers. 201 for a new one, 200 with the entry that is there already when number and place are the same. 400 with the field.");
        addresses.MapGet("/{id}", Show).ForCustomers().Refuses(404, "address.unknown").WithName("ShowAddress").WithSummary("One of the customer's own addresses");
        addresses.MapPut("/{id}", Change).ForCustomers().TakesIdempotencyKey().Refuses(404, "address.unknown").Refuses(409, "address.same_as_other").WithName("ChangeAddress").WithSummary("Writes an address anew");
        addresses.MapDelete("/{id}", Delete).ForCustomers().TakesIdempotencyKey().Refuses(404, "address.unknown").WithName("DeleteAddress").WithSummary("Deletes an address; it can be brought back for 30 days");
        addresses.MapPost("/{id}/restore", Restore).ForCustomers().TakesIdempotencyKey().Refuses(404, "address.unknown").WithName("RestoreAddress").WithSummary("Brings a deleted address back");
        addresses.MapPost("/{id}/share", Share).ForCustomers().TakesIdempotencyKey().Refuses(404, "address.unknown").WithName("ShareAddress").WithSummary("Makes a link by which others take the address over")
            .WithDescription("Customers. Body: expiresInHours (1 to 168; 24). The living link is given again with its new end.");
        addresses.MapDelete("/{id}/share", Unshare).ForCustomers().TakesIdempotencyKey().Refuses(404, "address.not_shared").WithName("UnshareAddress").WithSummary("Takes the link back at once");
        addresses.MapPost("/take", Take).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "address.share_unknown").Refuses(409, "address.book_full").WithName("TakeAddress").WithSummary("Takes a shared address over")
            .WithDescription("Customers. Alike for an unknown, an expired and a revoked link.");
    }

    private static async Task<Ok<Page<AddressAnswer>>> List(string? q, PageRequest page, CurrentCustomer me, Db db, DataKeys keys, CancellationToken ct)
    {
        var words = Text(q, "q", 60, required: false);
        var found = await AddressBook.List(db, keys, CustomerId.Parse(me.Id), words, page.After, page.Limit, ct).ConfigureAwait(false);
        return TypedResults.Ok(Page<AddressAnswer>.Of([.. found.Addresses.Select(AddressAnswer.Of)], found.Next));
    }

    private static async Task<Results<Created<AddressAnswer>, Ok<AddressAnswer>>> Keep(
        AddressBody body, CurrentCustomer me, Db db, DataKeys keys, Divisions divisions, TimeProvider clock, CancellationToken ct)
    {
        var (contact, label) = Read(body, divisions);
        var kept = await KeepAddress.Execute(db, keys, clock, CustomerId.Parse(me.Id), contact, label, body.DefaultSend ?? false, body.DefaultReceive ?? false, ct).ConfigureAwait(false);
        return Answer(kept);
    }

    private static async Task<Results<Ok<AddressAnswer>, ProblemHttpResult>> Show(string id, CurrentCustomer me, Db db, DataKeys keys, CancellationToken ct) =>
        Found(await AddressBook.Find(db, keys, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false));

    private static async Task<Results<Ok<AddressAnswer>, ProblemHttpResult>> Change(
        string id, AddressBody body, CurrentCustomer me, Db db, DataKeys keys, Divisions divisions, TimeProvider clock, CancellationToken ct)
    {
        var (contact, label) = Read(body, divisions);
        return Found(await ChangeAddress.Execute(db, keys, clock, CustomerId.Parse(me.Id), id, contact, label, body.DefaultSend, body.DefaultReceive, ct).ConfigureAwait(false));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(string id, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct) =>
        await ChangeAddress.Delete(db, clock, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound(Unknown, Texts.AddressUnknown);

    private static async Task<Results<Ok<AddressAnswer>, ProblemHttpResult>> Restore(string id, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        Found(await ChangeAddress.Restore(db, keys, clock, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false));

    private static async Task<Results<Ok<AddressShareAnswer>, ProblemHttpResult>> Share(
        string id, ShareAddressBody? body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, SiteLinks links, CancellationToken ct)
    {
        var hours = body?.ExpiresInHours ?? ShareAddress.UsualHours;
        if (hours is < 1 or > ShareAddress.MostHours) throw new BadInput("expiresInHours", Texts.AddressShareHours);
        return await ShareAddress.Execute(db, keys, clock, CustomerId.Parse(me.Id), id, hours, ct).ConfigureAwait(false) is { } share
            ? TypedResults.Ok(new AddressShareAnswer(share.Token, links.To("/app/#/pages/addresses/take?token=" + share.Token).AbsoluteUri, share.ExpiresAt))
            : Problems.NotFound(Unknown, Texts.AddressUnknown);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Unshare(string id, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct) =>
        await ShareAddress.Revoke(db, clock, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound("address.not_shared", Texts.AddressNotShared);

    private static async Task<Results<Created<AddressAnswer>, Ok<AddressAnswer>, ProblemHttpResult>> Take(
        TakeAddressBody body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var token = Text(body.Token, "token", 100);
        if (await ShareAddress.Take(db, keys, clock, CustomerId.Parse(me.Id), token, ct).ConfigureAwait(false) is not { } kept) return Problems.NotFound("address.share_unknown", Texts.AddressShareGone);
        return kept.IsNew ? TypedResults.Created($"/api/customer/v1/addresses/{kept.Address.Id}", AddressAnswer.Of(kept.Address)) : TypedResults.Ok(AddressAnswer.Of(kept.Address));
    }

    private static Results<Ok<AddressAnswer>, ProblemHttpResult> Found(SavedAddress? address) =>
        address is null ? Problems.NotFound(Unknown, Texts.AddressUnknown) : TypedResults.Ok(AddressAnswer.Of(address));

    private static Results<Created<AddressAnswer>, Ok<AddressAnswer>> Answer(KeptAddress kept) => kept.IsNew
        ? TypedResults.Created($"/api/customer/v1/addresses/{kept.Address.Id}", AddressAnswer.Of(kept.Address))
        : TypedResults.Ok(AddressAnswer.Of(kept.Address));

    private static (ContactAddress Contact, string? Label) Read(AddressBody body, Divisions divisions)
    {
        var name = Text(body.Name, "name", 50);
        if (!Phone.TryParse(body.Phone, out var phone)) throw new BadInput("phone", Texts.PhoneWrong);
        var extension = Text(body.Extension, "extension", 8, required: false);
        if (extension.Any(c => !char.IsAsciiDigit(c))) throw new BadInput("extension", Texts.ExtensionWrong);
        var province = Text(body.Province, "province", 30);
        var (city, district) = (Text(body.City, "city", 30), Text(body.District, "district", 30, required: false));
        if (KnownRegion.Of(divisions, province, city, district) is not { } region) throw new BadInput("district", Texts.RegionWrong);
        var address = new PostalAddress(region.Province, region.City, region.District, Text(body.Street, "street", 30, required: false), Text(body.Detail, "detail", 200));
        var label = Text(body.Label, "label", 10, required: false);
        return (new ContactAddress(name, phone, extension.Length == 0 ? null : extension, address), label.Length == 0 ? null : label);
    }

    private static string Text(string? text, string field, int most, bool required = true)
    {
        var trimmed = HiddenMarks.Without(text ?? "").Trim();
        if (required && trimmed.Length == 0) throw new BadInput(field, Texts.FieldMissing);
        return trimmed.Length <= most && !trimmed.Any(char.IsControl) ? trimmed : throw new BadInput(field, Texts.TooLong(most));
    }
}

/// <summary>An address as the customer writes it.</summary>
/// <param name="Name">Whom the courier asks for, at most 50 characters.</param>
/// <param name="Phone">A mobile, a landline or a 400 number.</param>
/// <param name="Extension">Digits to dial afterwards.</param>
/// <param name="Province">省.</param>
/// <param name="City">市.</param>
/// <param name="District">区县; nothing for a city without districts.</param>
/// <param name="Street">街道、乡镇.</param>
/// <param name="Detail">Everything below, at most 200 characters.</param>
/// <param name="Label">家, 公司, 学校 or an own word of at most 10 characters.</param>
/// <param name="DefaultSend">Taken as sender unless another is chosen; nothing leaves it as it is.</param>
/// <param name="DefaultReceive">Taken as recipient unless another is chosen; nothing leaves it as it is.</param>
internal sealed record AddressBody(
    string? Name, string? Phone, string? Extension, string? Province, string? City, string? District, string? Street, string? Detail, string? Label, bool? DefaultSend, bool? DefaultReceive);

/// <summary>Body of a link to an address.</summary>
/// <param name="ExpiresInHours">1 to 168; nothing for 24.</param>
internal sealed record ShareAddressBody(int? ExpiresInHours);

/// <summary>Body of taking an address over.</summary>
/// <param name="Token">The last part of the link.</param>
internal sealed record TakeAddressBody(string? Token);

/// <summary>An address of the customer's own book.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Whom the courier asks for.</param>
/// <param name="Phone">The number, unmasked: it is the customer's own note.</param>
/// <param name="Extension">Digits to dial afterwards.</param>
/// <param name="Province">省.</param>
/// <param name="City">市.</param>
/// <param name="District">区县; empty for a city without districts.</param>
/// <param name="Street">街道、乡镇; may be empty.</param>
/// <param name="Detail">Everything below.</param>
/// <param name="Label">Its label; null for none.</param>
/// <param name="DefaultSend">Is it the usual sender?</param>
/// <param name="DefaultReceive">Is it the usual recipient?</param>
/// <param name="Uses">How many parcels went from or to it.</param>
/// <param name="UpdatedAt">When it was last written.</param>
internal sealed record AddressAnswer(
    string Id, string Name, string Phone, string? Extension, string Province, string City, string District, string Street, string Detail, string? Label,
    bool DefaultSend, bool DefaultReceive, int Uses, DateTimeOffset UpdatedAt)
{
    public static AddressAnswer Of(SavedAddress a) => new(
        a.Id, a.Contact.Name, a.Contact.Phone.Text, a.Contact.Extension, a.Contact.Address.Province, a.Contact.Address.City, a.Contact.Address.District, a.Contact.Address.Street,
        a.Contact.Address.Detail, a.Label, a.DefaultSend, a.DefaultReceive, a.Uses, a.UpdatedAt);
}

/// <summary>A link to an address.</summary>
/// <param name="Token">Its secret part.</param>
/// <param name="Url">The link.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
internal sealed record AddressShareAnswer(string Token, string Url, DateTimeOffset ExpiresAt);
