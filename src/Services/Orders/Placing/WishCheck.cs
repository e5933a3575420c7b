using System.Text;
using Courier.Kernel;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Network;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>Reads unchecked wishes; the first thing that is wrong is told with its field. No I/O.</summary>
internal sealed class WishCheck
{
    private const int MostShipments = 50, NameLength = 50, DetailLength = 200, WordLength = 40, RemarkLength = 200, TokenLength = 128, ExtensionLength = 8;
    private const long HeaviestGrams = 1_000_000, LongestMm = 10_000, DearestFen = 30_000_000;
    private static readonly string[] Ways = ["to_door", "locker", "station", "front_door", "neighbour"];

    private WishFault? _fault;

    /// <summary>The wish in its checked form, or what is wrong with it.</summary>
    public static (CheckedWish? Wish, WishFault? Fault) Read(OrderWish wish, Divisions divisions)
    {
        var check = new WishCheck();
        var checkedWish = check.Whole(wish, divisions);
        return check._fault is null ? (checkedWish, null) : (null, check._fault);
    }

    /// <summary>One side by itself, for changes.</summary>
    public static (OrderContact? Contact, Division? Place, WishFault? Fault) ReadContact(ContactWish wish, string field, Divisions divisions)
    {
        var check = new WishCheck();
        var contact = check.Contact(wish, field, divisions, out var place);
        return check._fault is null ? (contact, place, null) : (null, null, check._fault);
    }

    /// <summary>Goods by themselves, for changes.</summary>
    public static (OrderGoods? Goods, WishFault? Fault) ReadGoods(GoodsWish wish, string field)
    {
        var check = new WishCheck();
        var goods = check.Goods(wish, field);
        return check._fault is null ? (goods, null) : (null, check._fault);
    }

    /// <summary>Words as people wrote them, without control characters and halves of characters, cut to what is kept.</summary>
    public static string Plain(string? text, int most)
    {
        var clean = Clean(text);
        return clean.Length <= most ? clean : clean[..(char.IsHighSurrogate(clean[most - 1]) ? most - 1 : most)];
    }

    private CheckedWish Whole(OrderWish wish, Divisions divisions)
    {
        var sender = Contact(wish.Sender, "sender", divisions, out var area);
        if (wish.Shipments is not { Count: >= 1 and <= MostShipments } shipments) return Wrong<CheckedWish>("shipments", Texts.ShipmentsMissing);
        var one = shipments.Count == 1;
        var parcels = shipments.Select((s, i) => Shipment(s, one ? "" : FormattableString.Invariant($"shipments[{i}]."), divisions)).ToList();
        if (wish.Kind == OrderKind.Door && wish.Slot is null) Wrong<object>("slot", Texts.SlotMissing);
        if (wish.Kind == OrderKind.Locker && Word(wish.LockerCode) is not { Length: > 0 }) Wrong<object>("lockerCode", Texts.LockerUnknown);
        var cellSize = wish.Kind == OrderKind.Locker ? CellSizeFor(wish.CellSize, parcels) : null;
        if (wish.Kind == OrderKind.Outlet && Word(wish.OutletCode) is not { Length: > 0 }) Wrong<object>("outletCode", Texts.OutletUnknown);
        if (wish.RealNameToken is { Length: > TokenLength }) Wrong<object>("realNameToken", Texts.TextTooLong);
        if (Clean(wish.Remark) is { Length: > RemarkLength }) Wrong<object>("remark", Texts.TextTooLong);
        if (wish.Consents?.Any(c => !Ways.Contains(c)) == true) Wrong<object>("consents", Texts.ConsentUnknown);
        return _fault is not null ? null! : new CheckedWish(
            wish.Kind, sender!, area!, parcels!, wish.Kind == OrderKind.Door ? wish.Slot : null, wish.Kind == OrderKind.Locker ? Word(wish.LockerCode) : null, cellSize,
            wish.Kind == OrderKind.Outlet ? Word(wish.OutletCode) : null, wish.Payment, wish.RealNameToken ?? "", [.. (wish.Consents ?? []).Distinct()], wish.GoodsStanding, Clean(wish.Remark));
    }

    // A cell takes one parcel: the smallest in which it fits, unless a larger one is wished for.
    private CellSize? CellSizeFor(string? wished, List<CheckedShipment?> parcels)
    {
        if (parcels.Count > 1) Wrong<object>("shipments", Texts.OneParcelACell);
        var size = CellSize.Small;
        if (wished is not null && !CellSizes.TryParse(wished, out size)) Wrong<object>("cellSize", Texts.CellSizeWrong);
        if (parcels[0]?.Goods is not { LengthMm: { } length, WidthMm: { } width, HeightMm: { } height }) return size;
        if (CellSizes.Fitting((int)length, (int)width, (int)height) is not { } fitting) Wrong<object>("goods.lengthMm", Texts.LargerThanCells);
        else if (wished is null) size = fitting;
        else if (size < fitting) Wrong<object>("cellSize", Texts.CellTooSmall);
        return size;
    }

    private CheckedShipment? Shipment(ShipmentWish? wish, string at, Divisions divisions)
    {
        if (wish is null) return Wrong<CheckedShipment>(at + "recipient", Texts.ShipmentsMissing);
        var recipient = Contact(wish.Recipient, at + "recipient", divisions, out var place);
        var goods = Goods(wish.Goods, at + "goods");
        if (wish.DeclaredFen is < 0 or > DearestFen) Wrong<object>(at + "declaredFen", Texts.MoneyWrong);
        if (Clean(wish.Packaging).Length > WordLength) Wrong<object>(at + "packaging", Texts.TextTooLong);
        if (wish.QuoteId is not { Length: >= 1 and <= 64 } || wish.Product is not { Length: >= 1 and <= WordLength }) Wrong<object>(at + "quoteId", Texts.QuoteMissing);
        return _fault is not null ? null : new CheckedShipment(recipient!, place!, goods!, wish.DeclaredFen, Clean(wish.Packaging), wish.QuoteId!, wish.Product!);
    }

    private OrderContact? Contact(ContactWish? wish, string field, Divisions divisions, out Division? place)
    {
        place = null;
        if (Clean(wish?.Name) is not { Length: >= 1 and <= NameLength } name) return Wrong<OrderContact>(field + ".name", Texts.NameWrong);
        if (name.Contains('*', StringComparison.Ordinal)) return Wrong<OrderContact>(field + ".name", Texts.Masked);
        if (wish!.Phone?.Contains('*', StringComparison.Ordinal) == true) return Wrong<OrderContact>(field + ".phone", Texts.Masked);
        if (!Phone.TryParse(wish.Phone, out var phone)) return Wrong<OrderContact>(field + ".phone", Texts.PhoneWrong);
        var extension = Clean(wish.Extension);
        if (extension.Length > ExtensionLength || !extension.All(char.IsAsciiDigit)) return Wrong<OrderContact>(field + ".extension", Texts.ExtensionWrong);
        if (Clean(wish.Detail) is not { Length: >= 1 and <= DetailLength } detail) return Wrong<OrderContact>(field + ".detail", Texts.AddressWrong);
        if (detail.Contains("**", StringComparison.Ordinal)) return Wrong<OrderContact>(field + ".detail", Texts.Masked);
        var (province, city, district) = (Clean(wish.Province), Clean(wish.City), Clean(wish.District));
        if (province.Length is < 1 or > WordLength || city.Length > WordLength || district.Length > WordLength) return Wrong<OrderContact>(field + ".province", Texts.AddressWrong);
        place = divisions.Locate(province, city, district);
        if (place is null || place.Level == DivisionLevel.Province && !IsWhole(place)) return Wrong<OrderContact>(field + ".city", Texts.PlaceUnknown);
        // Down to the district, where there are any: slots and surcharges are kept by it, and a wrong one would go on the label.
        // The label gets the names that the divisions have, not what was typed.
        var region = KnownRegion.Of(divisions, province, city, district) ?? (IsWhole(place) ? new KnownRegion(place.Name, city, district) : null);
        return region is null ? Wrong<OrderContact>(field + ".district", Texts.PlaceUnknown)
            : new OrderContact(name, phone, region.Province, region.City, region.District, detail, extension.Length == 0 ? null : extension);
    }

    // Hong Kong, Macau and Taiwan are named by themselves.
    private static bool IsWhole(Division place) => place.Code is "71" or "81" or "82";

    private OrderGoods? Goods(GoodsWish? wish, string field)
    {
        if (Clean(wish?.Kind) is not { Length: >= 1 and <= WordLength } kind || !GoodsKinds.IsKnown(kind)) return Wrong<OrderGoods>(field + ".kind", Texts.GoodsKindWrong);
        if (wish!.WeightGrams is < 1 or > HeaviestGrams) return Wrong<OrderGoods>(field + ".weightGrams", Texts.WeightWrong);
        if (Clean(wish.Name).Length > 100) return Wrong<OrderGoods>(field + ".name", Texts.TextTooLong);
        long?[] sides = [wish.LengthMm, wish.WidthMm, wish.HeightMm];
        return sides.Any(s => s is < 1 or > LongestMm)
            ? Wrong<OrderGoods>(field + ".lengthMm", Texts.SizeWrong)
            : new OrderGoods(kind, Clean(wish.Name), wish.WeightGrams, wish.LengthMm, wish.WidthMm, wish.HeightMm);
    }

    private T Wrong<T>(string field, string message) where T : class
    {
        _fault ??= new WishFault(field, message);
        return null!;
    }

    private static string? Word(string? text) => Clean(text) is { Length: >= 1 and <= 32 } word ? word : null;

    private static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar && !HiddenMarks.IsOne(rune)) clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return clean.ToString().Trim();
    }
}

/// <summary>A wish in which nothing is wrong by itself.</summary>
internal sealed record CheckedWish(
    OrderKind Kind, OrderContact Sender, Division Area, IReadOnlyList<CheckedShipment> Shipments, DateTimeOffset? SlotFrom, string? LockerCode, CellSize? CellSize,
    string? OutletCode, OrderPayment Payment, string RealNameToken, IReadOnlyList<string> Consents, GoodsStanding GoodsStanding, string Remark);

/// <summary>A checked parcel of a wish.</summary>
internal sealed record CheckedShipment(
    OrderContact Recipient, Division Place, OrderGoods Goods, long? DeclaredFen, string Packaging, string QuoteId, string Product)
{
    /// <summary>What the courier collects from the recipient, as it was quoted.</summary>
    public long CodFen { get; init; }
}
