namespace Courier.Services.Network;

/// <summary>How large a cell is; whatever fits a smaller one fits a larger one.</summary>
public enum CellSize
{
    /// <summary>S: about 34 × 8 × 45 cm.</summary>
    Small,

    /// <summary>M: about 34 × 19 × 45 cm.</summary>
    Medium,

    /// <summary>L: about 34 × 29 × 45 cm.</summary>
    Large,
}

/// <summary>Sizes as the API writes them: <c>S</c>, <c>M</c>, <c>L</c>.</summary>
public static class CellSizes
{
    /// <summary>Reads a letter.</summary>
    public static bool TryParse(string? letter, out CellSize size)
    {
        CellSize? read = letter switch { "S" => CellSize.Small, "M" => CellSize.Medium, "L" => CellSize.Large, _ => null };
        size = read.GetValueOrDefault();
        return read is not null;
    }

    /// <summary>The letter.</summary>
    public static string Letter(CellSize size) => size switch { CellSize.Small => "S", CellSize.Medium => "M", CellSize.Large => "L" };

    /// <summary>The smallest cell that goods of these sides go into, each way round; null when none does.</summary>
    /// <param name="lengthMm">A side in millimetres.</param>
    /// <param name="widthMm">A side in millimetres.</param>
    /// <param name="heightMm">A side in millimetres.</param>
    public static CellSize? Fitting(int lengthMm, int widthMm, int heightMm)
    {
        int[] sides = [lengthMm, widthMm, heightMm];
        Array.Sort(sides);
        return sides[2] > 450 || sides[1] > 340 ? null : sides[0] switch { <= 80 => CellSize.Small, <= 190 => CellSize.Medium, <= 290 => CellSize.Large, _ => null };
    }
}
