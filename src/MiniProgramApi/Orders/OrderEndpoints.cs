using System.Globalization;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Network;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Orders;

/// <summary>Sending parcels: placing orders and what their owners do with them. Other people's orders are answered like none.</summary>
internal static class OrderEndpoints
{
    private const string WithRefusals =
        "With order.slot_full and order.slot_closed comes `next`, the first slot that can be booked; with order.quote_expired a whole new `quote`, and so with order.quote_mismatch when the slot costs something else than the time that was quoted; with order.area_not_served (no courier "
        + "collects there) the title says what is possible; after order.goods_conditional send goodsConfirmed; order.goods_not_by_air: the product does not carry "
        + "what the goods are by their name; order.place_elsewhere: outlet or locker stand in another city than the sender.";

    private static readonly string[] NotPlaced =
    [
        "order.slot_full", "order.slot_closed", "order.quote_unknown", "order.quote_mismatch", "order.quote_expired", "order.area_not_served", "order.goods_forbidden",
        "order.goods_conditional", "order.goods_not_by_air", "order.place_elsewhere", "order.outlet_closed", "order.outlet_refuses", "locker.full", "locker.closed", "locker.holder_elsewhere",
    ];

    public static void MapOrders(this RouteGroupBuilder orders)
    {
        // The use case keeps the key for ever, in the order's own row: nothing need be kept beside it.
        orders.MapPost("", Place).ForCustomers().Refuses(400, "idempotency.key_missing", "locker.unknown").Refuses(409, NotPlaced).Refuses(422, "idempotency.key_reused").WithName("PlaceOrder").WithSummary("Places an order for one parcel")
            .WithDescription("Customers. Header Idempotency-Key, without which nothing is ordered: the same key gives the same order, however often and whenever. " + WithRefusals);
        orders.MapPost("/batch", PlaceMany).ForCustomers().Refuses(400, "idempotency.key_missing", "locker.unknown").Refuses(409, NotPlaced).Refuses(422, "idempotency.key_reused").WithName("PlaceOrderForMany")
            .WithSummary("Places an order for one pickup and up to 50 recipients")
            .WithDescription("Customers. As for one parcel, with `shipments` instead of recipient, goods and quote. " + WithRefusals);
        orders.MapGet("", List).ForCustomers().WithName("ListOrders").WithSummary("Lists what the customer sends or receives, the newest first")
            .WithDescription("Query: role=sender|recipient, state=open|done or a status, from and to (yyyy-MM-dd, China), q (part of a name, a number, the last digits of a phone), cursor, "
                + "limit (1 to 100). Two years back.");
        orders.MapGet("/{id}", Show).ForCustomers().Refuses(404, "order.unknown").WithName("ShowOrder").WithSummary("Shows an order with its price and what happened");
        orders.MapPost("/{id}/cancel", Cancel).ForCustomers().TakesIdempotencyKey().Refuses(404, "order.unknown").Refuses(409, "order.action_not_allowed", "order.changed_meanwhile").WithName("CancelOrder")
            .WithSummary("Calls an order off").WithDescription("Before the pickup.");
        orders.MapPost("/{id}/reschedule", Reschedule).ForCustomers().TakesIdempotencyKey().Refuses(404, "order.unknown").Refuses(409, "order.action_not_allowed", "order.slot_full", "order.slot_closed", "order.slot_changes_price", "order.changed_meanwhile").WithName("RescheduleOrder")
            .WithSummary("Moves the appointment to another slot")
            .WithDescription("Before the pickup. With order.slot_full and order.slot_closed comes `next`; order.slot_changes_price: at that time it costs something else, call off and order anew.");
        orders.MapPost("/{id}/change", Change).ForCustomers().TakesIdempotencyKey().Refuses(404, "order.unknown")
            .Refuses(409, "order.action_not_allowed", "order.nothing_to_change", "order.quote_needed", "order.quote_unknown", "order.quote_mismatch", "order.quote_expired", "order.sender_elsewhere",
                "order.changed_meanwhile", "order.goods_forbidden", "order.goods_conditional", "order.goods_not_by_air", "order.area_not_served", "order.outlet_closed", "order.outlet_refuses", "order.place_elsewhere").WithName("ChangeOrder")
            .WithSummary("Changes the parties, the goods or the remark")
            .WithDescription("Before the pickup; what is left out stays, also of a sender or recipient; goods are given whole. With order.quote_needed (the place or the goods change the price) and order.quote_expired comes a new `quote`: once the customer has agreed, send the same again with its quoteId and a product.");
        orders.MapPost("/{id}/cell", KeepCell).ForCustomers().TakesIdempotencyKey().Refuses(400, "locker.unknown").Refuses(404, "order.unknown").Refuses(409, "order.action_not_allowed", "order.place_elsewhere", "locker.full", "locker.closed")
            .WithName("KeepCell").WithSummary("Keeps a cell for the order once more").WithDescription("While the parcel has not come; lockerCode for another locker (locker.unknown when there is none with this code).");
        orders.MapGet("/{id}/prefill", Prefill).ForCustomers().Refuses(404, "order.unknown").WithName("PrefillOrder").WithSummary("A body for sending the same again, without quotes and slot");
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> Change(
        string id, OrderChangeWish body, CurrentCustomer me, ChangeOrder change, KnowledgeIndex knowledge, OrderFaces faces, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        GoodsStanding? named = null;
        if (body.Shipment is { } wish && (wish.Goods is not null || wish.Product is not null))
        {
            var now = await faces.Parcel(customer, id, wish.Waybill, ct).ConfigureAwait(false);
            var parcel = new OrderedGoods(wish.Goods?.Kind ?? now?.Goods.Kind, wish.Goods is null ? now?.Goods.Name : wish.Goods.Name, wish.Product ?? now?.Price.Product);
            var (standing, refusal) = await OrderGoodsCheck.Of(faces, knowledge, [parcel], wish.Goods is null || body.GoodsConfirmed == true, ct).ConfigureAwait(false);
            if (refusal is not null) return refusal;
            if (wish.Goods is not null) named = standing;
        }
        return await change.Execute(customer, id, body, named, ct).ConfigureAwait(false) switch
        {
            null => OrderFaces.Unknown(),
            Placing.Placed => TypedResults.Ok(await faces.Show(customer, id, ct).ConfigureAwait(false)),
            var refused => await faces.Refuse(CustomerId.Parse(me.Id), refused, ct).ConfigureAwait(false),
        };
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> KeepCell(string id, KeepCellBody? body, CurrentCustomer me, KeepCellAgain keep, OrderFaces faces, CancellationToken ct)
    {
        LockerCode? elsewhere = null;
        if (body?.LockerCode is { Length: > 0 } code) elsewhere = LockerCode.TryParse(code, null, out var read) ? read : throw new BadInput("lockerCode", Texts.LockerUnknown, "locker.unknown");
        var customer = CustomerId.Parse(me.Id);
        return await keep.Execute(customer, id, elsewhere, ct).ConfigureAwait(false) switch
        {
            null => OrderFaces.Unknown(),
            Placing.Placed => TypedResults.Ok(await faces.Show(customer, id, ct).ConfigureAwait(false)),
            var refused => await faces.Refuse(customer, refused, ct).ConfigureAwait(false),
        };
    }

    private static async Task<Results<Ok<PrefillAnswer>, ProblemHttpResult>> Prefill(string id, CurrentCustomer me, Db db, DataKeys keys, CancellationToken ct) =>
        await ShowOrder.Execute(db, keys, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false) is { } shown ? TypedResults.Ok(PrefillAnswer.Of(shown.Order)) : OrderFaces.Unknown();

    private static Task<Results<Created<OrderAnswer>, Ok<OrderAnswer>, ProblemHttpResult>> Place(
        OrderBody body, CurrentCustomer me, IdempotencyKey key, PlaceOrder place, KnowledgeIndex knowledge, OrderFaces faces, CancellationToken ct) =>
        Take(body, me, key, place, knowledge, faces, ct);

    private static Task<Results<Created<OrderAnswer>, Ok<OrderAnswer>, ProblemHttpResult>> PlaceMany(
        BatchOrderBody body, CurrentCustomer me, IdempotencyKey key, PlaceOrder place, KnowledgeIndex knowledge, OrderFaces faces, CancellationToken ct) =>
        Take(body, me, key, place, knowledge, faces, ct);

    private static async Task<Results<Created<OrderAnswer>, Ok<OrderAnswer>, ProblemHttpResult>> Take(
        OrderBody body, CurrentCustomer me, IdempotencyKey key, PlaceOrder place, KnowledgeIndex knowledge, OrderFaces faces, CancellationToken ct)
    {
        if (!key.IsGiven) throw new BadInput(IdempotencyKey.Header, Texts.OrderKeyMissing, "idempotency.key_missing");
        if (body.Kind is null) throw new BadInput("kind", Texts.OrderKindMissing);
        var customer = CustomerId.Parse(me.Id);
        var shipments = body.Parcels();
        var parcels = shipments.Select(s => new OrderedGoods(s?.Goods?.Kind, s?.Goods?.Name, s?.Product));
        var (goods, refusal) = await OrderGoodsCheck.Of(faces, knowledge, parcels, body.GoodsConfirmed == true, ct).ConfigureAwait(false);
        if (refusal is not null) return refusal;
        var placing = await place.Execute(customer, key.Text, body.Wish(shipments, goods), ct).ConfigureAwait(false);
        if (placing is not Placing.Placed placed) return await faces.Refuse(CustomerId.Parse(me.Id), placing, ct).ConfigureAwait(false);
        var answer = (await faces.Show(customer, placed.OrderId, ct).ConfigureAwait(false))!;
        return placed.IsNew ? TypedResults.Created($"/api/customer/v1/orders/{placed.OrderId}", answer) : TypedResults.Ok(answer);
    }

    private static async Task<Ok<Page<OrderRow>>> List(
        string? role, string? state, string? from, string? to, string? q, PageRequest page, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, OrdersOptions options,
        CancellationToken ct)
    {
        if (q?.Length > 50) throw new BadInput("q", Texts.OrderQueryWrong);
        var side = string.IsNullOrEmpty(role) ? OrderSide.Sender : EnumText<OrderSide>.TryParse(role, out var given) ? given : throw new BadInput("role", Texts.RoleWrong);
        var filter = new OrderFilter(side, Statuses(state), Day(from, "from"), Day(to, "to"), string.IsNullOrWhiteSpace(q) ? null : q);
        var found = await ListOrders.Execute(db, keys, clock, options, CustomerId.Parse(me.Id), filter, page.After, page.Limit, ct).ConfigureAwait(false);
        return TypedResults.Ok(Page<OrderRow>.Of([.. found.Orders.Select(OrderRow.Of)], found.Next));
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> Show(string id, CurrentCustomer me, OrderFaces faces, CancellationToken ct) =>
        await faces.Show(CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false) is { } answer ? TypedResults.Ok(answer) : OrderFaces.Unknown();

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> Cancel(
        string id, CancelBody? body, CurrentCustomer me, OrderFaces faces, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        if (body?.Reason?.Length > 200) throw new BadInput("reason", Texts.ReasonTooLong);
        var customer = CustomerId.Parse(me.Id);
        return await CancelOrder.Execute(faces.Db, keys, clock, customer, id, body?.Reason, ct).ConfigureAwait(false)
            ? TypedResults.Ok(await faces.Show(customer, id, ct).ConfigureAwait(false)) : OrderFaces.Unknown();
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> Reschedule(
        string id, RescheduleBody body, CurrentCustomer me, OrderFaces faces, TimeProvider clock, OrdersOptions options, RateBook book, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        var from = body.Slot ?? throw new BadInput("slot", Texts.SlotMissing);
        return await RescheduleOrder.Execute(faces.Db, clock, options, book, customer, id, from, ct).ConfigureAwait(false) switch
        {
            null => OrderFaces.Unknown(),
            Placing.Placed => TypedResults.Ok(await faces.Show(customer, id, ct).ConfigureAwait(false)),
            var refused => await faces.Refuse(CustomerId.Parse(me.Id), refused, ct).ConfigureAwait(false),
        };
    }

    private static IReadOnlyCollection<OrderStatus> Statuses(string? state)
    {
        if (string.IsNullOrEmpty(state)) return Enum.GetValues<OrderStatus>();
        if (EnumText<OrderState>.TryParse(state, out var wanted)) return [.. Enum.GetValues<OrderStatus>().Where(s => OrderMachine.StateOf(s) == wanted)];
        return EnumText<OrderStatus>.TryParse(state, out var one) ? [one] : throw new BadInput("state", Texts.OrderStateWrong);
    }

    private static DateOnly? Day(string? text, string field) => string.IsNullOrEmpty(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200
            ? day : throw new BadInput(field, Texts.DateWrong);
}
