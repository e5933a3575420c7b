using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Privacy;

/// <summary>The privacy centre: see, copy, correct, close, and what is guessed (PIPL 24, 44 to 50).</summary>
internal static class PrivacyEndpoints
{
    public static void MapPrivacy(this RouteGroupBuilder privacy)
    {
        privacy.MapGet("", Show).ForCustomers().WithName("ShowPrivacy").WithSummary("What is guessed, what was asked for, whether the account is being closed");
        privacy.MapGet("/export", Export).ForCustomers().Refuses(409, "privacy.export_too_often").WithName("ExportMyData").WithSummary("A copy of everything, as a zip of JSON files")
            .WithDescription("Header `X-Courier-Receipt` names the receipt. privacy.export_too_often: five a day.");
        privacy.MapGet("/access-log", Accesses).ForCustomers().WithName("ShowAccessLog").WithSummary("Which roles of the staff looked at the customer's data");
        privacy.MapDelete("/account", Close).ForCustomers().TakesIdempotencyKey().WithName("CloseAccount").WithSummary("Closes the account after a time in which it can be undone");
        privacy.MapPost("/account/restore", Restore).ForCustomers().TakesIdempotencyKey().Refuses(409, "privacy.no_closure").WithName("RestoreAccount")
            .WithSummary("Undoes the closing of the account");
        privacy.MapPost("/corrections", Correct).ForCustomers().TakesIdempotencyKey().Refuses(409, "privacy.too_many_corrections").WithName("AskCorrection")
            .WithSummary("Asks for something to be put right");
        privacy.MapPut("/personalisation", Personal).ForCustomers().WithName("SwitchPersonalisation").WithSummary("Allows or forbids guesses from behaviour")
            .WithDescription("Off: what was guessed is erased at once.");
        privacy.MapGet("/receipts/{receipt}", Receipt).ForGuests(perMinute: 20).CountsMisses().Refuses(404, "receipt.unknown").WithName("ShowReceipt").WithSummary("What became of a request");
    }

    private static async Task<Ok<PrivacyAnswer>> Show(CurrentCustomer me, Db db, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        var requests = await PrivacyRequests.Of(db, customer, ct).ConfigureAwait(false);
        return TypedResults.Ok(new PrivacyAnswer(
            await Personalisation.IsOn(db, customer, ct).ConfigureAwait(false),
            requests.FirstOrDefault(r => r.Kind == PrivacyRequestKind.Closure && r.State == PrivacyRequestState.Waiting),
            await CustomerTags.Of(db, customer, ct).ConfigureAwait(false),
            await CustomerTiers.Of(db, customer, ct).ConfigureAwait(false),
            await CustomerGroups.Memberships(db, customer, ct).ConfigureAwait(false),
            requests));
    }

    private static async Task<FileContentHttpResult> Export(
        CurrentCustomer me, HttpResponse response, Db db, TimeProvider clock, [FromServices] IEnumerable<IPersonalData> parts, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        var receipt = await PrivacyRequests.RecordExport(db, clock, customer, ct).ConfigureAwait(false);
        var data = await ExportCustomer.Execute(db, parts, customer, ct).ConfigureAwait(false);
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            await Put(zip, "README.txt", "\uFEFF" + string.Format(CultureInfo.InvariantCulture, PrivacyTexts.ReadMe, receipt), ct).ConfigureAwait(false);
            foreach (var (name, content) in data)
                if (content is not null) await Put(zip, name + ".json", content.ToJsonString(new JsonSerializerOptions(KernelJson.Options) { WriteIndented = true }), ct).ConfigureAwait(false);
        }
        response.Headers["X-Courier-Receipt"] = receipt;
        return TypedResults.File(file.ToArray(), "application/zip", $"{receipt}.zip");
    }

    private static async Task Put(ZipArchive zip, string name, string text, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name).Open();
        await using (entry.ConfigureAwait(false)) await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct).ConfigureAwait(false);
    }

    private static async Task<Ok<AccessLogAnswer>> Accesses(CurrentCustomer me, Db db, CancellationToken ct) =>
        TypedResults.Ok(new AccessLogAnswer(await CustomerAccesses.Of(db, CustomerId.Parse(me.Id), ct).ConfigureAwait(false)));

    private static async Task<Ok<PrivacyRequest>> Close(CurrentCustomer me, Db db, TimeProvider clock, CustomersOptions options, CancellationToken ct) =>
        TypedResults.Ok(await PrivacyRequests.AskClosure(db, clock, options, CustomerId.Parse(me.Id), ct).ConfigureAwait(false));

    private static async Task<NoContent> Restore(CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct)
    {
        await PrivacyRequests.UndoClosure(db, clock, CustomerId.Parse(me.Id), ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PrivacyRequest>> Correct(CorrectionBody body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var field = body.Field is { Length: >= 1 and <= 32 } f && f.All(c => c is >= 'a' and <= 'z' or '_') ? f : throw new BadInput("field", PrivacyTexts.FieldWrong);
        var value = body.Value?.Trim() is { Length: >= 1 and <= 200 } v ? v : throw new BadInput("value", PrivacyTexts.ValueWrong);
        return TypedResults.Ok(await PrivacyRequests.AskCorrection(db, keys, clock, CustomerId.Parse(me.Id), field, value, ct).ConfigureAwait(false));
    }

    private static async Task<NoContent> Personal(PersonalisationBody body, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct)
    {
        await Personalisation.Set(db, clock, CustomerId.Parse(me.Id), body.On ?? throw new BadInput("on", Texts.SwitchMissing), ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<PrivacyRequest>, ProblemHttpResult>> Receipt(string receipt, Db db, CancellationToken ct) =>
        receipt.Length <= 24 && await PrivacyRequests.Find(db, receipt, ct).ConfigureAwait(false) is { } found
            ? TypedResults.Ok(found with { Answer = "" }) // what staff wrote is for the customer alone
            : Problems.NotFound("receipt.unknown", PrivacyTexts.ReceiptUnknown);
}

/// <summary>What the privacy centre shows first.</summary>
/// <param name="Personalisation">May something be guessed from behaviour?</param>
/// <param name="Closure">The closing of the account that can still be undone; null for none.</param>
/// <param name="Tags">What is guessed, each with its reason.</param>
/// <param name="Tier">The tier, with its reason.</param>
/// <param name="Groups">The groups, each with its reason.</param>
/// <param name="Requests">What was asked for, the latest first.</param>
internal sealed record PrivacyAnswer(
    bool Personalisation, PrivacyRequest? Closure, IReadOnlyList<CustomerTag> Tags, CustomerTier Tier, IReadOnlyList<CustomerGroups.Membership> Groups, IReadOnlyList<PrivacyRequest> Requests);

/// <summary>Who looked at the customer's data.</summary>
/// <param name="Items">The latest first.</param>
internal sealed record AccessLogAnswer(IReadOnlyList<CustomerAccess> Items);

/// <summary>Something that is wrong.</summary>
/// <param name="Field">Which field: lower-case letters and underscores.</param>
/// <param name="Value">What it should be.</param>
internal sealed record CorrectionBody(string? Field, string? Value)
{
    // The value may be personal; it stays out of every log.
    public override string ToString() => "CorrectionBody";
}

/// <summary>Whether guesses are allowed.</summary>
/// <param name="On">Yes or no.</param>
internal sealed record PersonalisationBody(bool? On);
