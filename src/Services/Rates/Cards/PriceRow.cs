namespace Courier.Services.Rates;

/// <summary>The price and the time of a product in a zone.</summary>
internal sealed record PriceRow(
    string Zone, long FirstGrams, long FirstFen, long StepGrams, long StepFen, long MinimumFen, long Divisor, Rounding Rounding, int Days, TimeOnly By)
{
    /// <summary>What a size counts as, grams: cubic centimetres by the divisor are kilograms, so cubic millimetres are grams. Half a gram counts as one.</summary>
    public long VolumetricGrams(long volumeMm3) => Divisor == 0 ? 0 : (volumeMm3 + Divisor / 2) / Divisor;
}

/// <summary>How a weight is rounded up: in steps that depend on how heavy it is.</summary>
/// <param name="Bands">Up to which weight (grams, included) which step (grams); the last band has no end.</param>
internal sealed record Rounding(IReadOnlyList<(long UpTo, long Step)> Bands)
{
    public long Up(long grams)
    {
        foreach (var (upTo, step) in Bands)
            if (grams <= upTo) return (grams + step - 1) / step * step;
        return grams; // not reached: the last band has no end
    }
}

/// <summary>A surcharge; of each kind the first row that fits counts.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Product">Only for this product; empty for all.</param>
/// <param name="Region">Only where an end lies in it; null for everywhere.</param>
/// <param name="Over">Only above: millimetres (over-long) or grams (overweight).</param>
/// <param name="Days">Only on these days; null for all.</param>
/// <param name="Hours">Only at these hours; null for all.</param>
/// <param name="Fen">A fixed sum, fen; 0 when it is a share.</param>
/// <param name="Share">A share of the freight in 1/10,000; 0 when it is a fixed sum.</param>
internal sealed record Surcharge(
    SurchargeKind Kind, string Name, string Product, Region? Region, long Over, (DateOnly From, DateOnly Until)? Days, (TimeOnly From, TimeOnly Until)? Hours, long Fen, long Share);

/// <summary>What a surcharge is for.</summary>
internal enum SurchargeKind
{
    Remote,
    Overlong,
    Overweight,
    Peak,
    Night,
}

/// <summary>What insurance costs up to a value: a fixed sum, or a share of the value with a least sum.</summary>
internal sealed record InsuranceBand(long UpToFen, long Fen, long Share, long LeastFen);

/// <summary>What collecting from the recipient costs: a share with a least and a greatest sum.</summary>
internal sealed record CodFee(long Share, long LeastFen, long MostFen);

/// <summary>A discount for bringing the parcel: a fixed sum and a share of the freight.</summary>
internal sealed record PickupDiscount(long Fen, long Share);

/// <summary>A tier's discount on the freight in 1/10,000.</summary>
internal sealed record TierDiscount(string Code, string Name, long Share);

/// <summary>Packaging that is sold.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name: 4号纸箱.</param>
/// <param name="Kind">What it is.</param>
/// <param name="LengthMm">Outer length, millimetres.</param>
/// <param name="WidthMm">Outer width, millimetres.</param>
/// <param name="HeightMm">Outer height, millimetres.</param>
/// <param name="HoldsGrams">What it holds, grams.</param>
/// <param name="OwnGrams">Its own weight, grams.</param>
/// <param name="Fen">Its price, fen.</param>
public sealed record PackagingItem(string Code, string Name, PackagingKind Kind, long LengthMm, long WidthMm, long HeightMm, long HoldsGrams, long OwnGrams, long Fen)
{
    /// <summary>Outer volume, cubic millimetres.</summary>
    public long VolumeMm3 => LengthMm * WidthMm * HeightMm;
}

/// <summary>What packaging is.</summary>
public enum PackagingKind
{
    /// <summary>A bag.</summary>
    Bag,

    /// <summary>A cardboard box.</summary>
    Box,

    /// <summary>A box with foam: keeps cool, or bottles from breaking.</summary>
    Foam,

    /// <summary>A wooden crate or frame.</summary>
    Crate,
}
