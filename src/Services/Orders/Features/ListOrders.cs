using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>A customer's side of an order.</summary>
public enum OrderSide
{
    /// <summary>What the customer sends.</summary>
    Sender,

    /// <summary>What comes to the customer.</summary>
    Recipient,
}

/// <summary>
/// What a customer sends and receives, the newest first, two years back. Ids begin with their time (UUIDv7), so the page and the period are
/// both a stretch of the index, however many orders there are. Names lie encrypted: a search opens the customer's own orders, and no others.
/// </summary>
public static class ListOrders
{
    private const int Portion = 200, MostLooked = 2000;

    // Whoever has no number is found by none; the empty text would be that of orders whose person is erased.
    private const string NobodysPhone = "-";

    private const string Sent =
        """
        select id from (
          select id from (select id from orders_orders
            where customer_id = @customer and id < @before and id >= @since and status in @statuses order by id desc limit @rows) a
          union
          select id from (select id from orders_orders
            where sender_phone_hash in @phones and id < @before and id >= @since and status in @statuses order by id desc limit @rows) b) mine
        order by id desc
        limit @rows
        """;

    private const string Received =
        """
        select distinct s.order_id as id
        from orders_shipments s
        join orders_orders o on o.id = s.order_id
        where s.recipient_phone_hash in @phones and s.order_id < @before and s.order_id >= @since and o.status in @statuses
        order by s.order_id desc
        limit @rows
        """;

    /// <summary>A page of the list.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Opens what is searched and shown.</param>
    /// <param name="clock">Now.</param>
    /// <param name="options">How far back.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cursor">Where the page before ended; null for the first page.</param>
    /// <param name="limit">1 to 100 rows.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<OrdersPage> Execute(
        ISqlReader db, DataKeys keys, TimeProvider clock, OrdersOptions options, CustomerId customer, OrderFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        var phones = (await VerifiedPhones.Of(db, customer, ct).ConfigureAwait(false)).Select(p => p.Hash).ToHashSet(StringComparer.Ordinal);
        var earliest = ChinaTime.In(clock.GetUtcNow()).AddYears(-options.YearsShown);
        var since = filter.From is { } day && Begin(day) > earliest ? Begin(day) : earliest;
        var before = cursor ?? (filter.To is { } last ? Ids.FirstOf(Begin(last.AddDays(1))) : "g"); // "g" is beyond every hexadecimal id
        var search = OrderSearch.Of(filter.Query);
        var found = new List<ListedOrder>();
        for (var looked = 0; looked < MostLooked && found.Count <= limit;)
        {
            var rows = search is null ? limit + 1 : Portion;
            var ids = await db.Query<string>(filter.Side == OrderSide.Sender ? Sent : Received, new
            {
                customer, phones = phones.Count > 0 ? phones : [NobodysPhone], before, since = Ids.FirstOf(since), statuses = filter.Statuses.Select(EnumText<OrderStatus>.Of), rows,
            }, ct).ConfigureAwait(false);
            found.AddRange((await OrderReading.Of(db, keys, ids, ct).ConfigureAwait(false)).SelectMany(o => Rows(o, filter.Side, phones)).Where(r => search?.Fits(r) != false).Select(r => r.Row));
            if (ids.Count < rows) return Page(found, limit, null);
            (before, looked) = (ids[^1], looked + ids.Count);
            if (search is null) break;
        }
        return Page(found, limit, before);
    }

    // A recipient sees what comes to them and from whom, not what was paid and who else gets something.
    private static IEnumerable<(ListedOrder Row, ReadOrder Order, IReadOnlyList<ReadShipment> Shown)> Rows(ReadOrder order, OrderSide side, HashSet<string> phones)
    {
        IReadOnlyList<ReadShipment> shown = side == OrderSide.Sender ? order.Shipments : [.. order.Shipments.Where(s => phones.Contains(s.RecipientPhoneHash))];
        if (shown.Count == 0) yield break;
        var counterpart = side == OrderSide.Sender ? shown[0].Recipient : order.Sender;
        yield return (new ListedOrder(order.Id, order.Number, side, order.Kind, order.Status, OrderWords.Of(order.Status, order.Kind), OrderMachine.StateOf(order.Status), order.PlacedAt,
            side == OrderSide.Sender ? order.Slot : null, Masking.Name(counterpart.Name), order.Sender.City, shown[0].Recipient.City, shown.Count, shown[0].Waybill,
            side == OrderSide.Sender ? order.TotalFen : null), order, shown);
    }

    private static OrdersPage Page(List<ListedOrder> found, int limit, string? next) =>
        found.Count > limit ? new([.. found.Take(limit)], found[limit - 1].Id) : new(found, next);

    internal static DateTimeOffset Begin(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), ChinaTime.Offset);

    private sealed record OrderSearch(string Text, string Digits)
    {
        public static OrderSearch? Of(string? query) =>
            query?.Trim() is { Length: > 0 } text ? new(text.ToUpperInvariant(), string.Concat(text.Where(char.IsAsciiDigit))) : null;

        public bool Fits((ListedOrder Row, ReadOrder Order, IReadOnlyList<ReadShipment> Shown) r) =>
            r.Shown.Any(s => Names(s.Recipient) || s.Waybill.Contains(Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal))
            || (Digits.Length >= 4 && r.Order.Number.Text.Contains(Digits, StringComparison.Ordinal))
            || (r.Row.Side == OrderSide.Sender && Names(r.Order.Sender)); // who receives sees the sender masked: a search must not uncover it bit by bit

        private bool Names(OrderContact who) =>
            who.Name.Contains(Text, StringComparison.OrdinalIgnoreCase) || (Digits.Length >= 4 && who.Phone.Text.EndsWith(Digits, StringComparison.Ordinal));
    }
}

/// <summary>Which orders are listed.</summary>
/// <param name="Side">What is sent, or what is received.</param>
/// <param name="Statuses">Where they stand.</param>
/// <param name="From">Placed on this day or later, China; null for as far back as they are shown.</param>
/// <param name="To">Placed on this day or earlier; null for until now.</param>
/// <param name="Query">Part of a name, an order or waybill number, or the last four or more digits of a phone, of those who are shown in full; null for all.</param>
public sealed record OrderFilter(OrderSide Side, IReadOnlyCollection<OrderStatus> Statuses, DateOnly? From, DateOnly? To, string? Query);

/// <summary>A page of orders.</summary>
/// <param name="Orders">The rows.</param>
/// <param name="Next">Cursor of the next page; null when this was the last. A search may give a page that is not full, and a cursor to look further.</param>
public sealed record OrdersPage(IReadOnlyList<ListedOrder> Orders, string? Next);

/// <summary>An order in a list.</summary>
/// <param name="Id">Its id; a recipient cannot open it.</param>
/// <param name="Number">Its number.</param>
/// <param name="Side">The customer's side.</param>
/// <param name="Kind">How it is sent.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="State">Open or done.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Slot">When the courier comes; for the sender.</param>
/// <param name="Counterpart">The other side's name, masked.</param>
/// <param name="FromCity">The sender's city.</param>
/// <param name="ToCity">The first recipient's city.</param>
/// <param name="Shipments">How many parcels.</param>
/// <param name="Waybill">The first parcel's number.</param>
/// <param name="TotalFen">What is paid; for the sender.</param>
public sealed record ListedOrder(
    string Id, OrderNumber Number, OrderSide Side, OrderKind Kind, OrderStatus Status, string StatusText, OrderState State, DateTimeOffset PlacedAt, Slots.Slot? Slot,
    string Counterpart, string FromCity, string ToCity, int Shipments, string Waybill, long? TotalFen);
