using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Parsing;
using Courier.Services.Calendars;
using Courier.Services.Orders;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>Orders as they were listed, in their order.</summary>
internal sealed record ListedOrders(IReadOnlyList<string> Ids);

/// <summary>An order that shall be called off once the customer says so again.</summary>
internal sealed record CancelWish(string OrderId, string Number);

/// <summary>Slots that were offered for an order.</summary>
internal sealed record OfferedSlots(string OrderId, string Number, IReadOnlyList<DateTimeOffset> Starts);

/// <summary>The customer's own orders in the chat: listed with numbers, called off after a second word, moved to another slot.</summary>
internal sealed class OrderAnswers(Db db, DataKeys keys, TimeProvider clock, OrdersOptions options, RateBook book, Divisions divisions, OpenQuestions questions, AppLinks links, AddressParser parser, Prices prices)
{
    private const int Most = 5, MostSlots = 6, LongestInLink = 100;

    private static readonly OrderStatus[] Open = [.. Enum.GetValues<OrderStatus>().Where(s => OrderMachine.StateOf(s) == OrderState.Open)];

    /// <summary>The latest open ones, and what can be done with them.</summary>
    public async Task<Reply> List(Ask ask, CancellationToken ct)
    {
        var page = await Page(ask, null, ct).ConfigureAwait(false);
        if (page.Orders.Count == 0) return new Reply(SendingTexts.NoOrders(links.Send(), links.Orders));
        await questions.Keep(ask, Topic.Orders, new ListedOrders([.. page.Orders.Select(o => o.Id)]), ct).ConfigureAwait(false);
        return new Reply(SendingTexts.Orders(page, links, clock.GetUtcNow()));
    }

    /// <summary>Is there an appointment that can be moved?</summary>
    public async Task<bool> HasAppointment(Ask ask, CancellationToken ct) =>
        (await Page(ask, null, ct).ConfigureAwait(false)).Orders.Any(o => OrderMachine.Open(o.Kind, o.Status, OrderActor.Customer).Contains(OrderAction.Reschedule));

    /// <summary>取消 1, 取消订单: asks once more before it is done.</summary>
    public async Task<Reply?> Cancel(Ask ask, string which, CancellationToken ct)
    {
        if (await Meant(ask, which, OrderAction.Cancel, ct).ConfigureAwait(false) is not { } found) return null;
        if (found.Order is not { } order) return found.Reply;
        await questions.Keep(ask, Topic.Cancel, new CancelWish(order.Id, order.Number.Spoken), ct).ConfigureAwait(false);
        return new Reply(SendingTexts.ReallyCancel(order, clock.GetUtcNow()));
    }

    /// <summary>拦截, of what was not collected yet: offers to call the order off, that of the parcel or whichever is open; null when there is none of this customer.</summary>
    public async Task<Reply?> CancelInstead(Ask ask, string? waybill, CancellationToken ct)
    {
        var possible = (await Page(ask, waybill, ct).ConfigureAwait(false)).Orders.Where(o => OrderMachine.Open(o.Kind, o.Status, OrderActor.Customer).Contains(OrderAction.Cancel)).ToList();
        var offered = possible.Count switch { 0 => null, 1 => await Cancel(ask, possible[0].Number.Text, ct).ConfigureAwait(false), _ => await List(ask, ct).ConfigureAwait(false) };
        return offered is null ? null : new Reply(SendingTexts.NotCollectedYet + offered.Text);
    }

    /// <summary>修改订单 1: the form for changing it, with the new price when another recipient was said with it.</summary>
    public async Task<Reply?> Change(Ask ask, string which, string said, CancellationToken ct)
    {
        if (await Meant(ask, which, OrderAction.Change, ct).ConfigureAwait(false) is not { } found) return null;
        return found.Order is { } order ? await Changing(ask, order, said, ct).ConfigureAwait(false) : found.Reply;
    }

    /// <summary>改地址, of what was not collected yet: the form for changing the order, that of the parcel or whichever is open; null when there is none of this customer.</summary>
    public async Task<Reply?> ChangeInstead(Ask ask, string? waybill, string said, CancellationToken ct)
    {
        var possible = (await Page(ask, waybill, ct).ConfigureAwait(false)).Orders.Where(o => OrderMachine.Open(o.Kind, o.Status, OrderActor.Customer).Contains(OrderAction.Change)).ToList();
        return possible.Count switch { 0 => null, 1 => await Change(ask, possible[0].Number.Text, said, ct).ConfigureAwait(false), _ => await List(ask, ct).ConfigureAwait(false) };
    }

    /// <summary>是, after the question whether it shall be called off.</summary>
    public async Task<Reply> Confirmed(Ask ask, CancelWish wish, CancellationToken ct)
    {
        try
        {
            var done = await CancelOrder.Execute(db, keys, clock, ask.Customer, wish.OrderId, SendingTexts.CancelReason, ct).ConfigureAwait(false);
            return new Reply(done ? SendingTexts.Cancelled(wish.Number, links.Send(copy: wish.OrderId)) : SendingTexts.OrderGone);
        }
        catch (RuleBroken refused)
        {
            return new Reply(SendingTexts.Refused(refused.Message));
        }
    }

    /// <summary>改时间 1: offers the next slots.</summary>
    public async Task<Reply?> Reschedule(Ask ask, string which, CancellationToken ct)
    {
        if (await Meant(ask, which, OrderAction.Reschedule, ct).ConfigureAwait(false) is not { } found) return null;
        if (found.Order is not { } order) return found.Reply;
        var slots = await Slots(order, ct).ConfigureAwait(false);
        if (slots.Count == 0) return new Reply(SendingTexts.NoSlots(links.Order(order.Id)));
        await questions.Keep(ask, Topic.Slots, new OfferedSlots(order.Id, order.Number.Spoken, [.. slots.Select(s => s.From)]), ct).ConfigureAwait(false);
        return new Reply(SendingTexts.WhichSlot(order, slots, clock.GetUtcNow()));
    }

    /// <summary>The slot that was chosen.</summary>
    public async Task<Reply?> Chosen(Ask ask, OfferedSlots offered, int number, CancellationToken ct)
    {
        if (number > offered.Starts.Count) return null;
        try
        {
            var placing = await RescheduleOrder.Execute(db, clock, options, book, ask.Customer, offered.OrderId, offered.Starts[number - 1], ct).ConfigureAwait(false);
            return placing switch
            {
                Placing.Placed => new Reply(SendingTexts.Rescheduled((await ShowOrder.Execute(db, keys, ask.Customer, offered.OrderId, ct).ConfigureAwait(false))!.Order, clock.GetUtcNow())),
                Placing.NoSlot none => new Reply(SendingTexts.SlotTaken(none.Next, clock.GetUtcNow())),
                Placing.Invalid invalid => new Reply(SendingTexts.Refused(invalid.Fault.Message)),
                _ => new Reply(SendingTexts.OrderGone),
            };
        }
        catch (RuleBroken refused)
        {
            return new Reply(SendingTexts.Refused(refused.Message));
        }
    }

    // A price that the customer agrees to is made by the page: here it is computed, so that the link is opened knowingly.
    private async Task<Reply> Changing(Ask ask, ReadOrder order, string said, CancellationToken ct)
    {
        var link = links.ChangeOrder(order.Id, said.Length is > 0 and <= LongestInLink ? said : null);
        if (order.Shipments.Count > 1 || parser.Parse(said).ToContact() is not { Address: var to } who) return new Reply(SendingTexts.ChangeOrder(order, links.ChangeOrder(order.Id, null)));
        var parcel = order.Shipments[0];
        var recipient = new OrderContact(who.Name, who.Phone, to.Province, to.City, to.District, to.Street + to.Detail, who.Extension);
        if (divisions.Locate(to.Province, to.City, to.District)?.Code == divisions.Locate(parcel.Recipient.Province, parcel.Recipient.City, parcel.Recipient.District)?.Code)
            return new Reply(SendingTexts.ChangeRecipient(order, recipient, link));
        if (QuoteForOrder.Of(divisions, order, parcel, recipient, parcel.Goods, clock.GetUtcNow()) is not { } request) return new Reply(SendingTexts.ChangeOrder(order, link));
        var (_, quotation) = await prices.Of(ask.Customer, request, ct).ConfigureAwait(false);
        var option = quotation.Options.FirstOrDefault(o => o.Product == parcel.Price.Product) ?? SendingTexts.Cheapest(quotation);
        return new Reply(option is null ? SendingTexts.NotThere(order, recipient, quotation) : SendingTexts.ChangeRegion(order, recipient, option, link, clock.GetUtcNow()));
    }

    // By its number in the list, by its own number, or because there is only one; otherwise the list is shown.
    private async Task<(ReadOrder? Order, Reply? Reply)?> Meant(Ask ask, string which, OrderAction action, CancellationToken ct)
    {
        if (OrderNumber.TryParse(which, null, out var number)) return await Named((await Page(ask, number.Text, ct).ConfigureAwait(false)).Orders.Select(o => o.Id)).ConfigureAwait(false);
        if (int.TryParse(which, out var position))
        {
            if (await questions.Find<ListedOrders>(ask, Topic.Orders, ct).ConfigureAwait(false) is not { } listed) return (null, await List(ask, ct).ConfigureAwait(false));
            return await Named(listed.Ids.Skip(position - 1).Take(1)).ConfigureAwait(false);
        }
        var possible = (await Page(ask, null, ct).ConfigureAwait(false)).Orders.Where(o => OrderMachine.Open(o.Kind, o.Status, OrderActor.Customer).Contains(action)).ToList();
        return possible.Count switch
        {
            0 => (null, new Reply(SendingTexts.NothingTo(action, links.Orders))),
            1 => await Named([possible[0].Id]).ConfigureAwait(false),
            _ => (null, await List(ask, ct).ConfigureAwait(false)),
        };

        async Task<(ReadOrder?, Reply?)?> Named(IEnumerable<string> ids)
        {
            if (ids.FirstOrDefault() is not { } id || await ShowOrder.Execute(db, keys, ask.Customer, id, ct).ConfigureAwait(false) is not { } shown)
                return (null, new Reply(SendingTexts.OrderGone));
            return OrderMachine.Open(shown.Order.Kind, shown.Order.Status, OrderActor.Customer).Contains(action)
                ? (shown.Order, null) : (null, new Reply(SendingTexts.TooLate(shown.Order, action)));
        }
    }

    private Task<OrdersPage> Page(Ask ask, string? query, CancellationToken ct) =>
        ListOrders.Execute(db, keys, clock, options, ask.Customer, new OrderFilter(OrderSide.Sender, Open, null, null, query), null, Most, ct);

    // Those of today and of the next day that has one.
    private async Task<IReadOnlyList<ListedSlot>> Slots(ReadOrder order, CancellationToken ct)
    {
        if (divisions.Locate(order.Sender.Province, order.Sender.City, order.Sender.District) is not { } place) return [];
        var today = ChinaTime.Day(clock.GetUtcNow());
        var first = await ListSlots.Execute(db, clock, options, place, today, ct).ConfigureAwait(false);
        var later = await ListSlots.Execute(db, clock, options, place, today.AddDays(1), ct).ConfigureAwait(false);
        return [.. first.Slots.Concat(later.Slots).Where(s => s.State == SlotState.Open && s.From != order.Slot?.From).Take(MostSlots)];
    }
}
