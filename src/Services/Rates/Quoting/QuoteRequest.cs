namespace Courier.Services.Rates;

/// <summary>What a price is asked for. Holds no personal data: places down to districts, goods, sums. All names are the full ones of the divisions.</summary>
public sealed record QuoteRequest
{
    /// <summary>Where it is sent from.</summary>
    public required QuotePlace From { get; init; }

    /// <summary>Where it goes.</summary>
    public required QuotePlace To { get; init; }

    /// <summary>What is sent.</summary>
    public required QuoteGoods Goods { get; init; }

    /// <summary>Declared value to be insured (保价), fen; 0 for none.</summary>
    public long InsuredFen { get; init; }

    /// <summary>To be collected from the recipient (代收货款), fen; 0 for none.</summary>
    public long CodFen { get; init; }

    /// <summary>How the parcel comes to us.</summary>
    public PickupWay Pickup { get; init; }

    /// <summary>The customer's tier, a code of the card; empty for none. It decides the member discount alone.</summary>
    public string Tier { get; init; } = "";

    /// <summary>Whose member discount it is: a keyed hash, which names nobody; empty when the price is for all.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Code of the packaging item that is bought; empty for none.</summary>
    public string Packaging { get; init; } = "";

    /// <summary>When the parcel is handed over: decides peak days, the night surcharge and the promise.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A place as prices see it, by the full names of the divisions.</summary>
/// <param name="Province">浙江省; for a municipality 上海市.</param>
/// <param name="City">杭州市; for a municipality 上海市 again, for a county under its province its own name; empty when only the province is known.</param>
/// <param name="District">西湖区; may be empty.</param>
public sealed record QuotePlace(string Province, string City, string District)
{
    /// <summary>As people read it: <c>浙江省杭州市</c>, a municipality once.</summary>
    public string CityName => City == Province ? Province : Province + City;
}

/// <summary>The goods that are sent.</summary>
/// <param name="Kind">What it is, a code of <see cref="GoodsKinds"/>.</param>
/// <param name="WeightGrams">Weight, grams, at least 1.</param>
/// <param name="LengthMm">Length in millimetres; 0 when the size is not known.</param>
/// <param name="WidthMm">Width in millimetres; 0 when the size is not known.</param>
/// <param name="HeightMm">Height in millimetres; 0 when the size is not known.</param>
/// <param name="NamedKind">What the rules say that it is by its name, whatever it is filed under: products that exclude it do not carry it. Empty for nothing.</param>
public sealed record QuoteGoods(string Kind, long WeightGrams, long LengthMm = 0, long WidthMm = 0, long HeightMm = 0, string NamedKind = "")
{
    /// <summary>Is the size known? A side of 0 means it is not.</summary>
    public bool HasSize => LengthMm > 0 && WidthMm > 0 && HeightMm > 0;

    /// <summary>The longest side, millimetres; 0 when the size is not known.</summary>
    public long LongestMm => HasSize ? Math.Max(LengthMm, Math.Max(WidthMm, HeightMm)) : 0;

    /// <summary>The three sides added up, millimetres; 0 when the size is not known.</summary>
    public long SidesMm => HasSize ? LengthMm + WidthMm + HeightMm : 0;

    /// <summary>The volume, cubic millimetres; 0 when the size is not known.</summary>
    public long VolumeMm3 => HasSize ? LengthMm * WidthMm * HeightMm : 0;
}

/// <summary>How a parcel comes to us.</summary>
public enum PickupWay
{
    /// <summary>A courier collects it at the sender's door (上门取件).</summary>
    Door,

    /// <summary>The sender puts it into a locker.</summary>
    Locker,

    /// <summary>The sender brings it to an outlet.</summary>
    Outlet,
}
