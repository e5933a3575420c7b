using System.Text.Json;
using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.MiniProgramApi.Carrier;
using Courier.MiniProgramApi.Orders;
using Courier.Services.Addresses;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Outlets;

/// <summary>What outlets' counters call.</summary>
internal static class OutletEndpoints
{
    public static void MapOutlets(this RouteGroupBuilder outlets)
    {
        outlets.ForAnyone("signed by an outlet's counter").ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(409);
        outlets.MapPost("/orders/{code}/accept", Accept).WithName("AcceptOrderAtOutlet").WithSummary("Takes a parcel in by the drop-off code")
            .WithDescription("Headers as for a carrier core, with the counter's key and secret. `inspected` must be true; realNameToken unless the order brought one. `code`, when sent, is the code of the path: the signature covers the body alone, so that a request that names it there "
                + "can be sent for no other order. Again: the same answer. "
                + "404 order.unknown; 409 order.not_inspected, order.not_identified, order.action_not_allowed, order.place_elsewhere (the order is priced from another city).").Accepts<IntakeBody>("application/json").CountsMisses();
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> Accept(
        string code, HttpRequest request, OutletOptions options, SettleWeight weights, Db db, DataKeys keys, TimeProvider clock, Divisions divisions, CancellationToken ct)
    {
        try
        {
            if (await SignedRequest.Read(request, options.Signers(), clock, ct).ConfigureAwait(false) is not { } signed)
                return Problems.Refusal(StatusCodes.Status401Unauthorized, "outlet.signature_invalid", Texts.CarrierRefused);
            var body = JsonSerializer.Deserialize<IntakeBody>(signed.Body.Span, KernelJson.Options) ?? new IntakeBody(null, null, null, null);
            if (body.Code is not null && body.Code != code) throw new BadInput("code", Texts.DropOffCodeWrong);
            if (body.WeightGrams is not (>= 1 and <= 1_000_000)) throw new BadInput("weightGrams", Texts.WeightWrong);
            if (body.RealNameToken?.Length > 128) throw new BadInput("realNameToken", Texts.TokenTooLong);
            var intake = new OutletIntake(body.WeightGrams.Value, body.RealNameToken ?? "", body.Inspected == true);
            return await AcceptAtOutlet.Execute(db, keys, clock, divisions, weights, signed.Core.Name, code, intake, ct).ConfigureAwait(false) is { } shown
                ? TypedResults.Ok(OrderAnswer.Of(shown)) : OrderFaces.Unknown();
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
}

/// <summary>What a clerk did.</summary>
/// <param name="WeightGrams">Weight as measured.</param>
/// <param name="RealNameToken">What the check of the sender's identity gave.</param>
/// <param name="Inspected">Were the goods looked at?</param>
/// <param name="Code">The drop-off code once more, under the signature.</param>
internal sealed record IntakeBody(long? WeightGrams, string? RealNameToken, bool? Inspected, string? Code);
