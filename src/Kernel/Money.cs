using System.Globalization;

namespace Courier.Kernel;

/// <summary>An amount of money in fen (1/100 yuan). One rounding rule everywhere: half away from zero, one line at a time.</summary>
/// <param name="Fen">The amount in fen; negative for what is given back.</param>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>Nothing.</summary>
    public static readonly Money Zero = new(0);

    /// <summary>Reads an amount in yuan, as bills and courier quotes print it ("12.5").</summary>
    public static Money FromYuan(decimal yuan) => new((long)Math.Round(yuan * 100m, 0, MidpointRounding.AwayFromZero));

    /// <summary>A share of the amount; <paramref name="tenThousandths"/> is the rate in 1/10,000 (0.5 % = 50).</summary>
    public Money Share(long tenThousandths) => new((long)Math.Round(Fen * (decimal)tenThousandths / 10_000m, 0, MidpointRounding.AwayFromZero));

    /// <summary>The sum of two amounts; overflow throws.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    /// <summary>The difference of two amounts; overflow throws.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    /// <summary>The amount several times; overflow throws.</summary>
    public static Money operator *(Money amount, long times) => new(checked(amount.Fen * times));

    /// <inheritdoc />
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>Is the left amount smaller?</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>Is the left amount larger?</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>Is the left amount not larger?</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>Is the left amount not smaller?</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    /// <summary>As people read it: <c>12.50元</c>.</summary>
    public override string ToString() => (Fen / 100m).ToString("0.00", CultureInfo.InvariantCulture) + "元";
}
