using System.Globalization;
using Courier.CallCenter.Voice;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Calendars;
using Courier.Services.Orders;
using Courier.Services.Rates;

namespace Courier.CallCenter.Ivr;

/// <summary>To whom: the caller's usual address sends, and the book's entries that are used most receive.</summary>
internal sealed class OfferRecipients(Db db, DataKeys keys) : Deed("pickup.recipients", NodeType.Lookup, "预约取件：列出收件人",
    [new("some", "有可选的收件人"), new("none", "没有常用地址"), new("unknown", "不认识来电人")], new NamedThing("recipients", "可选的收件人"))
{
    private const int Most = 5;

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (call.Customer is not { } customer) return "unknown";
        if (await AddressBook.Default(db, keys, customer, asSender: true, ct).ConfigureAwait(false) is not { } from) return "none";
        var book = await AddressBook.List(db, keys, customer, "", null, Most + 1, ct).ConfigureAwait(false);
        var others = book.Addresses.Where(a => a.Id != from.Id).Take(Most).ToList();
        call.Pickup = new() { From = from, Recipients = others };
        call.Keep("recipients", string.Concat(others.Select((a, i) => $"寄给{a.Contact.Address.City}{a.Contact.Name}，请按{Spoken.Number(i + 1)}。")));
        return others.Count > 0 ? "some" : "none";
    }
}

/// <summary>When: the next slots at the sender's place, for the recipient who was chosen.</summary>
internal sealed class OfferSlots(Db db, OrdersOptions orders, Divisions divisions, TimeProvider clock) : Deed("pickup.slots", NodeType.Lookup, "预约取件：选收件人（数字在 choice），列出时段",
    [new("some", "有时段"), new("none", "没有时段"), new("wrong", "没有这个选项")], new NamedThing("slots", "可选的时段"))
{
    private const int Most = 3;

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (Choice.Of(call, call.Pickup.Recipients) is not { } to || call.Pickup.From is not { Contact.Address: var a }) return "wrong";
        var now = clock.GetUtcNow();
        var slots = divisions.Locate(a.Province, a.City, a.District) is { } place ? await Next(place, now, ct).ConfigureAwait(false) : [];
        call.Pickup = call.Pickup with { To = to, Slots = slots };
        call.Keep("slots", string.Concat(slots.Select((s, i) => $"{Spoken.Slot(s.From, s.Until, now)}，请按{Spoken.Number(i + 1)}。")));
        return slots.Count > 0 ? "some" : "none";
    }

    private async Task<IReadOnlyList<ListedSlot>> Next(Division place, DateTimeOffset now, CancellationToken ct)
    {
        var today = ChinaTime.Day(now);
        var days = await ListSlots.Execute(db, clock, orders, place, today, ct).ConfigureAwait(false);
        var open = days.Slots.Where(s => s.State == SlotState.Open).ToList();
        if (open.Count < Most && days.Next is { } next && ChinaTime.Day(next.From) is var then)
            open.AddRange((await ListSlots.Execute(db, clock, orders, place, then > today ? then : today.AddDays(1), ct).ConfigureAwait(false)).Slots.Where(s => s.State == SlotState.Open));
        return [.. open.DistinctBy(s => s.From).OrderBy(s => s.From).Take(Most)];
    }
}

/// <summary>For how much: the cheapest product for the slot and weight that were chosen, kept so that it can be ordered.</summary>
internal sealed class OfferPickup(CallPrices prices, Divisions divisions, TimeProvider clock) : Deed("pickup.offer", NodeType.Lookup, "预约取件：选时段（数字在 choice）、重量（kilograms），报价",
    [new("offered", "可以预约"), new("wrong", "没有这个选项"), new("too_heavy", "重量不对")], new NamedThing("pickup", "预约的内容"))
{
    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (CallPrices.Grams(call.Of("kilograms")) is not { } grams) return "too_heavy";
        if (Choice.Of(call, call.Pickup.Slots) is not { } slot || call.Pickup is not { From: { } from, To: { } to }) return "wrong";
        if (Place(from) is not { } origin || Place(to) is not { } destination) return "wrong";
        var quote = await prices.Keep(call, origin, destination, grams, slot.From, ct).ConfigureAwait(false);
        var option = quote.Options.MinBy(o => o.TotalFen)!;
        call.Pickup = call.Pickup with { Slot = slot, Quote = quote, Option = option };
        call.Keep("pickup", $"{Spoken.Slot(slot.From, slot.Until, clock.GetUtcNow())}上门取件，寄给{to.Contact.Address.City}{to.Contact.Name}，{Spoken.Weight(grams)}，{option.Name}，{Spoken.Money(option.TotalFen)}。");
        return "offered";
    }

    private QuotePlace? Place(SavedAddress address) =>
        address.Contact.Address is var a ? QuotePlaces.Locate(divisions, a.Province, a.City, a.District, out _) : null;
}

/// <summary>Orders what was offered: once a call, however often it is asked for.</summary>
internal sealed class BookPickup(Db db, DataKeys keys, PlaceOrder place, TimeProvider clock) : Deed("pickup.book", NodeType.Lookup, "预约取件：下单",
    [new("booked", "已预约"), new("refused", "不能预约")], new("order_number", "订单号"), new("refusal", "不能办理的原因"))
{
    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (call is not { Customer: { } customer, Pickup: { From: { } from, To: { } to, Slot: { } slot, Quote: { } quote, Option: { } option } }) return "refused";
        switch (await place.Execute(customer, "call:" + call.Facts.CallId, Wish(from, to, slot, quote, option), ct).ConfigureAwait(false))
        {
            case Placing.Placed placed:
                var order = await OrderReading.Of(db, keys, placed.OrderId, ct).ConfigureAwait(false);
                call.Keep("order_number", Spoken.Digits(order!.Number.Text));
                call.Result = Texts.PickupRead(order.Number.Text, slot, option, clock.GetUtcNow());
                return "booked";
            case Placing.Invalid invalid:
                call.Keep("refusal", Spoken.Text(invalid.Fault.Message));
                return "refused";
            default: return "refused";
        }
    }

    private static OrderWish Wish(SavedAddress from, SavedAddress to, ListedSlot slot, StoredQuote quote, QuoteOption option) => new()
    {
        Kind = OrderKind.Door, Sender = Contact(from), Slot = slot.From,
        Shipments =
        [
            new ShipmentWish
            {
                Recipient = Contact(to), QuoteId = quote.Id.Text, Product = option.Product,
                Goods = new GoodsWish { Kind = quote.Request.Goods.Kind, WeightGrams = quote.Request.Goods.WeightGrams },
            },
        ],
    };

    private static ContactWish Contact(SavedAddress a) => new()
    {
        Name = a.Contact.Name, Phone = a.Contact.Phone.Text, Extension = a.Contact.Extension, Province = a.Contact.Address.Province, City = a.Contact.Address.City,
        District = a.Contact.Address.District, Detail = a.Contact.Address.Street + a.Contact.Address.Detail,
    };
}

/// <summary>What a key chooses of a list that was read out.</summary>
internal static class Choice
{
    /// <summary>The chosen one; null when the key is none of them.</summary>
    public static T? Of<T>(FlowCall call, IReadOnlyList<T> offered) where T : class =>
        int.TryParse(call.Of("choice"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= offered.Count ? offered[number - 1] : null;
}
