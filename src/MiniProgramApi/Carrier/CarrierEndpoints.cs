using System.Text.Json;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;
using Courier.Services.Parcels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Carrier;

/// <summary>What carrier cores post. While the database is away they are answered 503 with <c>Retry-After</c> and send the batch again.</summary>
internal static class CarrierEndpoints
{
    private const string Signed =
        "Headers X-Courier-Key, X-Courier-Timestamp (Unix seconds, ±300 s) and X-Courier-Signature = lower hex HMAC-SHA256(secret, timestamp + \"\\n\" + raw body). "
        + "At most 1000 entries. Each entry is accepted, a duplicate, or rejected with its index by itself; sending a batch again is always safe.";

    public static void MapCarrier(this RouteGroupBuilder carrier)
    {
        carrier.ForAnyone("signed by a carrier core").ProducesProblem(401).ProducesProblem(413).ProducesProblem(503);
        carrier.MapPost("/waybills", PostWaybills).WithName("RegisterWaybills").WithSummary("Registers waybills that a core made")
            .WithDescription(Signed).Accepts<WaybillBatch>("application/json");
        carrier.MapPost("/routes", PostRoutes).WithName("RecordRoutes").WithSummary("Records what happened to parcels")
            .WithDescription(Signed).Accepts<RouteBatch>("application/json");
        carrier.MapPost("/orders", PostOrders).WithName("RecordOrderReports").WithSummary("Records what a core did with orders")
            .WithDescription(Signed + " Codes: accepted, deposited, pickup_failed, picked_up (with weightGrams and, of several parcels, waybill: the price is made anew by it), cancelled.").Accepts<OrderBatch>("application/json");
        carrier.MapPost("/deliveries", PostDeliveries).WithName("ShowDeliveryWishes").WithSummary("Where parcels may be left, for their couriers to see")
            .WithDescription(Signed + " The five ways of each parcel, its recipient's choice for this parcel first, then the consents for its address and size. Looking is not logged.")
            .Accepts<DeliveryBatch>("application/json");
        carrier.MapPost("/deposits", PostDeposits).WithName("CheckDeposits").WithSummary("Asks before parcels are left somewhere")
            .WithDescription(Signed + " What is not allowed must not be left there; each attempt is logged, a blocked one is told to the desk. The same id again is answered as before.")
            .Accepts<DepositBatch>("application/json");
    }

    private static Task<Results<Ok<OrderReportResult>, ProblemHttpResult>> PostOrders(
        HttpRequest request, CarrierOptions options, OrdersOptions orders, SettleWeight weights, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        Take<OrderReport, OrderReportResult>(request, "events", options, clock, (core, events, limit) => RecordOrderReports.Execute(db, keys, clock, orders, weights, core, events, limit), ct);

    private static Task<Results<Ok<BatchResult>, ProblemHttpResult>> PostWaybills(
        HttpRequest request, CarrierOptions options, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        Take<WaybillReport, BatchResult>(request, "waybills", options, clock, (core, waybills, limit) => RegisterWaybills.Execute(db, keys, clock, core, waybills, limit), ct);

    private static Task<Results<Ok<BatchResult>, ProblemHttpResult>> PostRoutes(
        HttpRequest request, CarrierOptions options, Db db, TimeProvider clock, CancellationToken ct) =>
        Take<RouteReport, BatchResult>(request, "events", options, clock, (core, events, limit) => RecordRoutes.Execute(db, clock, core, events, limit), ct);

    private static Task<Results<Ok<DeliveryWishesAnswer>, ProblemHttpResult>> PostDeliveries(
        HttpRequest request, CarrierOptions options, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        Take<DeliveryQuestion, DeliveryWishesAnswer>(request, "parcels", options, clock, (core, questions, limit) => ShowDeliveryWishes.Execute(db, keys, core, questions, limit), ct);

    private static Task<Results<Ok<DepositsAnswer>, ProblemHttpResult>> PostDeposits(
        HttpRequest request, CarrierOptions options, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        Take<DepositReport, DepositsAnswer>(request, "deposits", options, clock, (core, deposits, limit) => CheckDeposits.Execute(db, keys, clock, core, deposits, limit), ct);

    private static async Task<Results<Ok<TResult>, ProblemHttpResult>> Take<T, TResult>(
        HttpRequest request, string array, CarrierOptions options, TimeProvider clock, Func<string, IReadOnlyList<T?>, CancellationToken, Task<TResult>> record, CancellationToken ct)
        where T : class
    {
        try
        {
            if (await SignedRequest.Read(request, options, clock, ct).ConfigureAwait(false) is not { } signed)
                return Problems.Refusal(StatusCodes.Status401Unauthorized, "carrier.signature_invalid", Texts.CarrierRefused);
            var entries = Batch.Read<T>(signed.Body, array);
            return TypedResults.Ok(await InTime(options.Patience, limit => record(signed.Core.Name, entries, limit), ct).ConfigureAwait(false));
        }
        catch (BodyTooLarge)
        {
            return Problems.Refusal(StatusCodes.Status413PayloadTooLarge, "carrier.batch_too_large", Texts.BatchTooLarge);
        }
        catch (JsonException)
        {
            return Problems.Refusal(StatusCodes.Status400BadRequest, "request.json_invalid", Texts.BodyInvalid, array);
        }
    }

    // A core keeps what it could not post and comes again: it is told soon, not when a command on a database that is away has timed out.
    // What was begun may still be recorded; the repetition then counts as duplicates.
    private static async Task<TResult> InTime<TResult>(TimeSpan patience, Func<CancellationToken, Task<TResult>> record, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            return await record(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DatabaseTimeout();
        }
    }
}

/// <summary>A batch of waybills.</summary>
/// <param name="Waybills">At most 1000.</param>
internal sealed record WaybillBatch(IReadOnlyList<WaybillReport> Waybills);

/// <summary>A batch of route events.</summary>
/// <param name="Events">At most 1000.</param>
internal sealed record RouteBatch(IReadOnlyList<RouteReport> Events);

/// <summary>A batch of what was done with orders.</summary>
/// <param name="Events">At most 1000.</param>
internal sealed record OrderBatch(IReadOnlyList<OrderReport> Events);

/// <summary>A batch of parcels that are about to be delivered.</summary>
/// <param name="Parcels">At most 1000.</param>
internal sealed record DeliveryBatch(IReadOnlyList<DeliveryQuestion> Parcels);

/// <summary>A batch of deposits that are asked for.</summary>
/// <param name="Deposits">At most 1000.</param>
internal sealed record DepositBatch(IReadOnlyList<DepositReport> Deposits);
