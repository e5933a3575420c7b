using Courier.Http;
using Courier.Services.Addresses.Parsing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Addresses;

/// <summary>Addresses as people paste them: one, a list, a file. Nothing is stored.</summary>
internal static class ParseEndpoints
{
    private const int FormOverhead = 64 * 1024;

    public static void MapParsing(this RouteGroupBuilder addresses)
    {
        addresses.MapPost("/parse", ParseOne).ForGuests(perMinute: 60).WithName("ParseAddress").WithSummary("Reads one pasted address")
            .WithDescription("Guests and customers. Body: text, 1 to 2000 characters. `candidates` holds more than one entry when the text does not decide; then only what all have in "
                + "common is filled in. A masked phone is refused with its reason in `refusals`.");
        addresses.MapPost("/parse-many", ParseMany).ForGuests(perMinute: 10).Refuses(400, "list.too_long", "list.empty").WithName("ParseAddresses").WithSummary("Reads a pasted list of recipients")
            .WithDescription("Guests and customers. Body: text, at most 60000 characters and 500 recipients, one a line or several lines each. Every draft names the fields to look at. ");
        addresses.MapPost("/parse-file", ParseFile).ForGuests(perMinute: 10).Accepts<IFormFile>("multipart/form-data")
            .Refuses(400, "file.missing", "file.type_wrong", "file.too_large", "file.too_many_rows", "file.damaged", "file.encoding_wrong", "file.empty")
            .WithName("ParseAddressFile").WithSummary("Reads recipients from a CSV or XLSX file")
            .WithDescription("Guests and customers. Multipart form with one file of at most 5 MB and 1000 rows: CSV (UTF-8, UTF-16, GBK) or XLSX, with headings in Chinese or English or as one column of "
                + "free text.");
    }

    private static Ok<ParsedAnswer> ParseOne(ParseBody body, AddressParser parser)
    {
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > AddressParser.MostCharacters) throw new BadInput("text", Texts.AddressTextWrong);
        return TypedResults.Ok(ParsedAnswer.Of(parser.Parse(body.Text)));
    }

    private static Ok<DraftsAnswer> ParseMany(ParseBody body, AddressParser parser)
    {
        if (string.IsNullOrWhiteSpace(body.Text)) throw new BadInput("text", Texts.AddressListWrong);
        if (body.Text.Length > PastedList.MostCharacters) throw new BadInput("text", Texts.AddressListTooLong, "list.too_long");
        var drafts = PastedList.Read(parser, body.Text);
        if (drafts.Count > PastedList.MostRecords) throw new BadInput("text", Texts.AddressListTooLong, "list.too_long");
        return drafts.Count > 0 ? TypedResults.Ok(DraftsAnswer.Of(drafts)) : throw new BadInput("text", Texts.AddressListEmpty, "list.empty");
    }

    private static async Task<Ok<DraftsAnswer>> ParseFile(HttpRequest request, AddressParser parser, CancellationToken ct)
    {
        var file = await FileOf(request, ct).ConfigureAwait(false);
        try
        {
            return TypedResults.Ok(DraftsAnswer.Of(AddressSheet.Read(parser, file)));
        }
        catch (SheetRefused refused)
        {
            throw new BadInput("file", refused.Message, refused.Code);
        }
    }

    private static async Task<byte[]> FileOf(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) throw new BadInput("file", Texts.FileMissing, "file.missing");
        if (request.ContentLength > AddressSheet.MostBytes + FormOverhead) throw new BadInput("file", Texts.FileTooLarge, "file.too_large");
        var limits = new FormOptions { MultipartBodyLengthLimit = AddressSheet.MostBytes + 1, ValueCountLimit = 16, KeyLengthLimit = 256, ValueLengthLimit = 4096 };
        try
        {
            var form = await request.ReadFormAsync(limits, ct).ConfigureAwait(false);
            if (form.Files.Count != 1) throw new BadInput("file", Texts.FileMissing, "file.missing");
            using var bytes = new MemoryStream((int)form.Files[0].Length);
            await form.Files[0].CopyToAsync(bytes, ct).ConfigureAwait(false);
            return bytes.ToArray();
        }
        catch (InvalidDataException tooLong) when (tooLong.Message.Contains("length limit", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadInput("file", Texts.FileTooLarge, "file.too_large");
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new BadInput("file", Texts.FileMissing, "file.missing");
        }
    }
}

/// <summary>A pasted text.</summary>
/// <param name="Text">The text.</param>
internal sealed record ParseBody(string? Text);

/// <summary>What one pasted address says.</summary>
/// <param name="Name">Who; empty when the text does not say.</param>
/// <param name="Phone">The number, with <c>-</c> and the extension where there is one; empty for none.</param>
/// <param name="PhoneKind">mobile, landline, service, virtual, overseas, masked; null without a number.</param>
/// <param name="Extension">Digits to dial after the number; null for none.</param>
/// <param name="Province">省.</param>
/// <param name="City">市.</param>
/// <param name="District">区县.</param>
/// <param name="Street">街道、镇、乡, when it is one; the detail begins with it too.</param>
/// <param name="Detail">All below the district.</param>
/// <param name="Zip">Post code; null for none.</param>
/// <param name="Confidence">0 to 1; below 0.8 somebody should look.</param>
/// <param name="Candidates">Where it may be; several when the text does not decide.</param>
/// <param name="Missing">Fields that an order needs and the text does not give.</param>
/// <param name="Doubtful">Fields that were guessed.</param>
/// <param name="Refusals">What cannot be used, and why.</param>
/// <param name="Notices">What was changed, such as the old name of a district.</param>
internal sealed record ParsedAnswer(
    string Name, string Phone, PhoneKind? PhoneKind, string? Extension, string Province, string City, string District, string Street, string Detail, string? Zip, double Confidence,
    IReadOnlyList<RegionName> Candidates, IReadOnlyList<string> Missing, IReadOnlyList<string> Doubtful, IReadOnlyList<ParseRefusal> Refusals, IReadOnlyList<string> Notices)
{
    public static ParsedAnswer Of(ParsedAddress a) => new(
        a.Name, a.Phone?.Text ?? "", a.Phone?.Kind, a.Phone?.Extension, a.Province, a.City, a.District, a.Street, a.Detail, a.Zip.Length == 0 ? null : a.Zip, a.Confidence,
        a.Candidates, a.Missing, a.Doubtful, a.Refusals, a.Notices);
}

/// <summary>The recipients of a list.</summary>
/// <param name="Drafts">In the order of the list.</param>
/// <param name="Ready">How many of them need no look.</param>
internal sealed record DraftsAnswer(IReadOnlyList<DraftAnswer> Drafts, int Ready)
{
    public static DraftsAnswer Of(IReadOnlyList<AddressDraft> drafts) => new([.. drafts.Select(DraftAnswer.Of)], drafts.Count(d => d.Ready));
}

/// <summary>One recipient of a list.</summary>
/// <param name="Line">Its line or row, from 1.</param>
/// <param name="Text">What was read.</param>
/// <param name="Ready">May it be used as it is?</param>
/// <param name="Doubtful">Fields to look at.</param>
/// <param name="Address">What was understood.</param>
internal sealed record DraftAnswer(int Line, string Text, bool Ready, IReadOnlyList<string> Doubtful, ParsedAnswer Address)
{
    public static DraftAnswer Of(AddressDraft draft) => new(draft.Line, draft.Text, draft.Ready, draft.Doubtful, ParsedAnswer.Of(draft.Address));
}
