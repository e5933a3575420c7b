using System.Text.Json;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.MiniProgramApi.Carrier;
using Courier.Services.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Devices;

/// <summary>What lockers call: a code was typed, a door was used, a cell is broken.</summary>
internal static class DeviceEndpoints
{
    private const string Keypad = "keypad";

    private const string Signed = "Headers as for a carrier core, with the locker's key and secret. ";

    public static void MapDevices(this RouteGroupBuilder devices)
    {
        devices.ForAnyone("signed by a locker").ProducesProblem(400).ProducesProblem(401).ProducesProblem(413);
        devices.MapPost("/open", Open).ProducesProblem(409).WithName("OpenCell").WithSummary("Looks up the code that somebody typed")
            .WithDescription(Signed + "Answers which door opens and whether something is to be put in (store) or taken out (take_out). 409 locker.code_wrong (with triesLeft), "
                + "locker.code_locked (with until).").Accepts<OpenBody>("application/json");
        devices.MapPost("/reports", Report).WithName("RecordDeviceReports").WithSummary("Records what happened with cells")
            .WithDescription(Signed + "At most 200 reports, each accepted, a duplicate or rejected by itself. event = stored, taken_out, out_of_order, repaired.").Accepts<DeviceReports>("application/json");
    }

    private static Task<Results<Ok<OpenedCell>, ProblemHttpResult>> Open(
        HttpRequest request, DeviceOptions devices, NetworkOptions options, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        Take<OpenBody, OpenedCell>(request, devices, clock, async (locker, body) =>
        {
            if (body.Code?.Trim() is not { Length: >= 1 and <= 32 } code) throw new BadInput("code", Texts.OpenCodeMissing);
            return await OpenCell.Execute(db, keys, options, clock, locker, code, Keypad, ct).ConfigureAwait(false) switch
            {
                OpenCell.Outcome.Opened opened => TypedResults.Ok(new OpenedCell(opened.Number, CellSizes.Letter(opened.Size), opened.State == CellState.Reserved ? "store" : "take_out")),
                OpenCell.Outcome.Wrong wrong => With(Problems.Conflict("locker.code_wrong", Texts.OpenCodeWrong), "triesLeft", wrong.TriesLeft),
                OpenCell.Outcome.Locked locked => With(Problems.Conflict("locker.code_locked", Texts.OpenCodeLocked), "until", locked.Until),
                _ => throw new InvalidOperationException("an outcome that nobody knows"),
            };
        }, ct);

    private static Task<Results<Ok<DeviceReportResult>, ProblemHttpResult>> Report(HttpRequest request, DeviceOptions devices, Db db, DataKeys keys, OpenCodes codes, TimeProvider clock, CancellationToken ct) =>
        Take<DeviceReports, DeviceReportResult>(request, devices, clock, async (locker, body) =>
        {
            if (body.Reports is not { Count: >= 1 and <= RecordDeviceReports.Most } reports) throw new BadInput("reports", Texts.BatchTooLarge);
            return TypedResults.Ok(await RecordDeviceReports.Execute(db, keys, codes, clock, locker, reports, ct).ConfigureAwait(false));
        }, ct);

    private static async Task<Results<Ok<TAnswer>, ProblemHttpResult>> Take<TBody, TAnswer>(
        HttpRequest request, DeviceOptions devices, TimeProvider clock, Func<LockerCode, TBody, Task<Results<Ok<TAnswer>, ProblemHttpResult>>> act, CancellationToken ct)
    {
        try
        {
            if (await SignedRequest.Read(request, devices.Signers(), clock, ct).ConfigureAwait(false) is not { } signed)
                return Problems.Refusal(StatusCodes.Status401Unauthorized, "device.signature_invalid", Texts.CarrierRefused);
            return JsonSerializer.Deserialize<TBody>(signed.Body.Span, KernelJson.Options) is { } body
                ? await act(LockerCode.Parse(signed.Core.Name), body).ConfigureAwait(false)
                : throw new JsonException("null");
        }
        catch (BodyTooLarge)
        {
            return Problems.Refusal(StatusCodes.Status413PayloadTooLarge, "request.too_large", Texts.BodyInvalid);
        }
        catch (JsonException)
        {
            return Problems.Refusal(StatusCodes.Status400BadRequest, "request.json_invalid", Texts.BodyInvalid);
        }
    }

    private static ProblemHttpResult With(ProblemHttpResult problem, string name, object? value)
    {
        problem.ProblemDetails.Extensions[name] = value;
        return problem;
    }
}

/// <summary>A code that was typed.</summary>
/// <param name="Code">Its digits.</param>
internal sealed record OpenBody(string? Code);

/// <summary>A door that opens.</summary>
/// <param name="Cell">Number of the cell.</param>
/// <param name="Size">S, M or L.</param>
/// <param name="Action">store or take_out.</param>
internal sealed record OpenedCell(int Cell, string Size, string Action);

/// <summary>Reports of a locker.</summary>
/// <param name="Reports">1 to 200.</param>
internal sealed record DeviceReports(IReadOnlyList<DeviceReport?>? Reports);
