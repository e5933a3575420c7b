using System.Text.Json;
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

    // Grouped and not distinct: MariaDB reads all that ever came before it makes them distinct, but ends a grouping at the limit.
    private const string Received =
        """
        select s.order_id as id
        from orders_shipments s
        join orders_orders o on o.id = s.order_id
        where s.recipient_phone_hash in @phones and s.order_id < @before and s.order_id >= @since and o.status in @statuses
        group by s.order_id
        order by s.order_id desc
        limit @rows
        """;

    private const string Orders =
        """
        select id as Id, number as Number, kind as Kind, status as Status, sender_cipher as SenderCipher, sender_city as SenderCity, slot_from as SlotFrom, slot_until as SlotUntil,
          total_fen as TotalFen, placed_at as PlacedAt
        from orders_orders
        where id in @ids
        order by id desc
        """;

    private static string FirstParcels(string shown) =>
        $"""
        select s.order_id as OrderId, s.waybill as Waybill, s.recipient_cipher as RecipientCipher, s.recipient_city as RecipientCity, f.parcels as Parcels
        from (select order_id, min(position) as position, count(*) as parcels from orders_shipments where order_id in @ids {shown} group by order_id) f
        join orders_shipments s on s.order_id = f.order_id and s.position = f.position
        """;

    private static string AllParcels(string shown) =>
        $"""
        select order_id as OrderId, waybill as Waybill, recipient_cipher as RecipientCipher, recipient_city as RecipientCity, 1 as Parcels
        from orders_shipments
        where order_id in @ids {shown}
        order by order_id, position
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
            var page = await Rows(db, keys, ids, filter.Side, phones, all: search is not null, ct).ConfigureAwait(false);
            found.AddRange(page.Where(r => search?.Fits(r) != false).Select(r => r.Show()));
            if (ids.Count < rows) return Page(found, limit, null);
            (before, looked) = (ids[^1], looked + ids.Count);
            if (search is null) break;
        }
        return Page(found, limit, before);
    }

    // Of each order only what its row shows; of its parcels all but the first are opened for a search alone.
    private static async Task<IReadOnlyList<ListedRow>> Rows(ISqlReader db, DataKeys keys, IReadOnlyList<string> ids, OrderSide side, IReadOnlyCollection<string> phones, bool all, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var orders = await db.Query<OrderRow>(Orders, new { ids }, ct).ConfigureAwait(false);
        var shown = side == OrderSide.Sender ? "" : "and recipient_phone_hash in @phones";
        var parcels = (await db.Query<ParcelRow>(all ? AllParcels(shown) : FirstParcels(shown), new { ids, phones }, ct).ConfigureAwait(false)).ToLookup(p => p.OrderId);
        return [.. orders.Where(o => parcels[o.Id].Any()).Select(o => new ListedRow(keys, side, o, [.. parcels[o.Id]]))];
    }

    private static OrdersPage Page(List<ListedOrder> found, int limit, string? next) =>
        found.Count > limit ? new([.. found.Take(limit)], found[limit - 1].Id) : new(found, next);

    internal static DateTimeOffset Begin(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), ChinaTime.Offset);

    private sealed record OrderSearch(string Text, string Digits)
    {
        public static OrderSearch? Of(string? query) =>
            query?.Trim() is { Length: > 0 } text ? new(text.ToUpperInvariant(), string.Concat(text.Where(char.IsAsciiDigit))) : null;

        public bool Fits(ListedRow row) =>
            row.Waybills.Any(w => w.Contains(Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal))
            || (Digits.Length >= 4 && row.Number.Contains(Digits, StringComparison.Ordinal))
            || row.Searched.Any(Names);

        private bool Names(SealedContact who) =>
            who.Name.Contains(Text, StringComparison.OrdinalIgnoreCase) || (Digits.Length >= 4 && who.Phone.EndsWith(Digits, StringComparison.Ordinal));
    }

    private sealed record ListedRow(DataKeys Keys, OrderSide Side, OrderRow Order, IReadOnlyList<ParcelRow> Parcels)
    {
        public string Number => Order.Number.Text;

        public IEnumerable<string> Waybills => Parcels.Select(p => p.Waybill);

        // Who receives sees the sender masked: a search must not uncover it bit by bit.
        public IEnumerable<SealedContact> Searched =>
            Parcels.Select(p => p.RecipientCipher).Concat(Side == OrderSide.Sender ? [Order.SenderCipher] : []).Select(Open).OfType<SealedContact>();

        // A recipient sees what comes to them and from whom, not what was paid and who else gets something.
        public ListedOrder Show()
        {
            var (o, first) = (Order, Parcels[0]);
            var isSender = Side == OrderSide.Sender;
            return new ListedOrder(o.Id, o.Number, Side, o.Kind, o.Status, OrderWords.Of(o.Status, o.Kind), OrderMachine.StateOf(o.Status), o.PlacedAt,
                isSender && o.SlotFrom is { } from && o.SlotUntil is { } until ? new Slots.Slot(from, until) : null,
                Masking.Name(Open(isSender ? first.RecipientCipher : o.SenderCipher)?.Name ?? ""), o.SenderCity, first.RecipientCity, (int)Parcels.Sum(p => p.Parcels), first.Waybill,
                isSender ? o.TotalFen : null);
        }

        // Empty once its person has asked for erasure.
        private SealedContact? Open(string cipher) => cipher.Length == 0 ? null : JsonSerializer.Deserialize<SealedContact>(Keys.Decrypt(cipher));
    }

    private sealed record OrderRow
    {
        public required string Id { get; init; }
        public required OrderNumber Number { get; init; }
        public required OrderKind Kind { get; init; }
        public required OrderStatus Status { get; init; }
        public required string SenderCipher { get; init; }
        public required string SenderCity { get; init; }
        public required DateTimeOffset? SlotFrom { get; init; }
        public required DateTimeOffset? SlotUntil { get; init; }
        public required long TotalFen { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
    }

    private sealed record ParcelRow
    {
        public required string OrderId { get; init; }
        public required string Waybill { get; init; }
        public required string RecipientCipher { get; init; }
        public required string RecipientCity { get; init; }
        public required long Parcels { get; init; }
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
