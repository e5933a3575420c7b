namespace Courier.Services.Rates;

/// <summary>The price of one product, computed in lines; they sum to <see cref="TotalFen"/> to the fen.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Name">Its name.</param>
/// <param name="TotalFen">What is paid, fen.</param>
/// <param name="ListFen">The same without discounts, fen.</param>
/// <param name="Lines">How it is made up; discounts are negative.</param>
/// <param name="ChargeableGrams">The weight that is charged, grams: the greater of both, rounded up by the card's rule.</param>
/// <param name="VolumetricGrams">What the size counts as, grams; 0 when the size is not known or does not count.</param>
/// <param name="PromisedBy">By when it is promised to arrive.</param>
/// <param name="Cheaper">What would be cheaper, the greatest saving first.</param>
public sealed record QuoteOption(
    string Product, string Name, long TotalFen, long ListFen, IReadOnlyList<QuoteLine> Lines, long ChargeableGrams, long VolumetricGrams,
    DateTimeOffset PromisedBy, IReadOnlyList<CheaperWay> Cheaper);

/// <summary>One line of a price.</summary>
/// <param name="Code">What it is for: see <see cref="LineCodes"/>.</param>
/// <param name="Name">The same as people read it.</param>
/// <param name="Fen">The sum, fen; negative for a discount.</param>
/// <param name="Explanation">How each fen was computed.</param>
public sealed record QuoteLine(string Code, string Name, long Fen, string Explanation);

/// <summary>A way to pay less.</summary>
/// <param name="Kind">What to change.</param>
/// <param name="Product">The product that is then taken.</param>
/// <param name="TotalFen">The whole price then, fen.</param>
/// <param name="SavingFen">How much less that is, fen, at least 1.</param>
/// <param name="Why">What to do and why it is cheaper, as people read it.</param>
/// <param name="Request">What is then asked for: quoting it gives exactly <see cref="TotalFen"/>.</param>
public sealed record CheaperWay(CheaperKind Kind, string Product, long TotalFen, long SavingFen, string Why, QuoteRequest Request);

/// <summary>What would make a parcel cheaper.</summary>
public enum CheaperKind
{
    /// <summary>A smaller box, so that less volume is charged.</summary>
    SmallerBox,

    /// <summary>Another product.</summary>
    OtherProduct,

    /// <summary>Bringing it to an outlet.</summary>
    DropOff,

    /// <summary>Sending it tomorrow.</summary>
    Tomorrow,
}

/// <summary>The codes of <see cref="QuoteLine.Code"/>.</summary>
public static class LineCodes
{
    /// <summary>First weight (首重).</summary>
    public const string First = "first";

    /// <summary>Further weight (续重).</summary>
    public const string Further = "further";

    /// <summary>What is missing to the least price.</summary>
    public const string Minimum = "minimum";

    /// <summary>Remote place (偏远附加费).</summary>
    public const string Remote = "remote";

    /// <summary>Over-long parcel.</summary>
    public const string Overlong = "overlong";

    /// <summary>Overweight parcel.</summary>
    public const string Overweight = "overweight";

    /// <summary>Peak days.</summary>
    public const string Peak = "peak";

    /// <summary>Collected at night.</summary>
    public const string Night = "night";

    /// <summary>Insurance (保价).</summary>
    public const string Insurance = "insurance";

    /// <summary>Collection from the recipient (代收货款).</summary>
    public const string Cod = "cod";

    /// <summary>Packaging that is bought.</summary>
    public const string Packaging = "packaging";

    /// <summary>Discount for bringing it (negative).</summary>
    public const string DropOff = "drop_off";

    /// <summary>Member discount (negative).</summary>
    public const string Member = "member";
}
