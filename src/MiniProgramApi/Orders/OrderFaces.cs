using Courier.Http;
using Courier.Kernel.Data;
using Courier.MiniProgramApi.Network;
using Courier.MiniProgramApi.Rates;
using Courier.Services.Customers;
using Courier.Services.Lanes;
using Courier.Services.Network;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Courier.MiniProgramApi.Orders;

/// <summary>How orders and refusals are shown at this face.</summary>
internal sealed class OrderFaces(Db db, DataKeys keys, RateBook book, LaneStatistics lanes, RatesOptions rates, TimeProvider clock)
{
    public Db Db => db;

    /// <summary>The card in force.</summary>
    public ValueTask<RateCard> Card(CancellationToken ct) => book.Current(ct);

    /// <summary>A parcel of an order, the only one when none is named; null when it is none of this customer's.</summary>
    public async Task<ReadShipment?> Parcel(CustomerId customer, string id, string? waybill, CancellationToken ct) =>
        (await ShowOrder.Execute(db, keys, customer, id, ct).ConfigureAwait(false))?.Order.Shipments.FirstOrDefault(s => waybill is null || s.Waybill == waybill);

    /// <summary>The order for its owner; null when it is none of theirs.</summary>
    public async Task<OrderAnswer?> Show(CustomerId customer, string id, CancellationToken ct)
    {
        if (await ShowOrder.Execute(db, keys, customer, id, ct).ConfigureAwait(false) is not { } shown) return null;
        var answer = OrderAnswer.Of(shown);
        if (answer.State == OrderState.Done) return answer;
        if (answer.OutletCode is { } code) return await ListOutlets.Find(db, code, ct).ConfigureAwait(false) is { } outlet ? answer with { Outlet = OutletAnswer.Of(outlet, clock.GetUtcNow()) } : answer;
        if (shown.Order.CellHolder is not { } holder || await HeldCell.Of(db, keys, holder, ct).ConfigureAwait(false) is not { } cell) return answer;
        // Once the parcel lies in it, the code is the collecting courier's.
        return answer with { Cell = new CellAnswer(cell.LockerName, cell.Address, cell.Number, cell.State == CellState.Reserved ? cell.OpenCode : "", cell.Until) };
    }

    /// <summary>What stood against an order.</summary>
    public async Task<ProblemHttpResult> Refuse(CustomerId customer, Placing placing, CancellationToken ct) => placing switch
    {
        Placing.Invalid invalid => Problems.BadField(invalid.Fault.Field, invalid.Fault.Message, invalid.Fault.Code),
        Placing.NoSlot none => With(none.Why == SlotState.Closed
            ? Problems.Conflict("order.slot_closed", Texts.SlotClosed) : Problems.Conflict("order.slot_full", Texts.SlotFull), "next", none.Next),
        Placing.QuoteOver over => With(Problems.Conflict("order.quote_expired", Texts.QuoteExpired), "quote", await Renew(customer, over.Quote.Request, over.Quote.Request.At, ct).ConfigureAwait(false)),
        Placing.QuoteElsewhen other => With(Problems.Conflict("order.quote_mismatch", Texts.QuoteOtherTime), "quote", await Renew(customer, other.Quote.Request, other.At, ct).ConfigureAwait(false)),
        Placing.QuoteNeeded needed => With(Problems.Conflict("order.quote_needed", Texts.QuoteNeeded), "quote", await Renew(customer, needed.Request, needed.Request.At, ct).ConfigureAwait(false)),
        Placing.KeyReused => Problems.Refusal(StatusCodes.Status422UnprocessableEntity, "idempotency.key_reused", Texts.OrderKeyReused),
        _ => throw new ArgumentOutOfRangeException(nameof(placing)),
    };

    /// <summary>The same for an order that is not there and one of somebody else.</summary>
    public static ProblemHttpResult Unknown() => Problems.NotFound("order.unknown", Texts.OrderUnknown);

    // What was asked for once more, at today's prices and with today's tier.
    private async Task<QuoteAnswer> Renew(CustomerId customer, QuoteRequest asked, DateTimeOffset at, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var card = await book.Current(ct).ConfigureAwait(false);
        var request = await MemberDiscounts.Apply(db, keys, card, customer, asked with { At = at > now ? at : now }, ct).ConfigureAwait(false);
        var (renewed, unavailable) = await MakeQuote.Execute(db, book, lanes, clock, rates, request, ct).ConfigureAwait(false);
        return QuoteAnswer.Of(renewed, unavailable);
    }

    private static ProblemHttpResult With(ProblemHttpResult problem, string name, object? value)
    {
        problem.ProblemDetails.Extensions[name] = value;
        return problem;
    }
}
