namespace Courier.Services.Editions;

/// <summary>What became of a line.</summary>
public enum LineChange
{
    /// <summary>It stands in both.</summary>
    Same,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,
}

/// <summary>A line of a comparison.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Text">The line.</param>
public sealed record ComparedLine(LineChange Change, string Text);

/// <summary>Compares two texts line by line: the longest common subsequence stays, the rest is removed or added.</summary>
public static class LineDiff
{
    /// <summary>The lines of both, in order.</summary>
    public static IReadOnlyList<ComparedLine> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var common = Lengths(before, after);
        var lines = new List<ComparedLine>();
        var (b, a) = (0, 0);
        while (b < before.Count || a < after.Count)
        {
            if (b < before.Count && a < after.Count && before[b] == after[a])
            {
                lines.Add(new(LineChange.Same, before[b]));
                (b, a) = (b + 1, a + 1);
            }
            else if (a == after.Count || (b < before.Count && common[b + 1, a] >= common[b, a + 1])) lines.Add(new(LineChange.Removed, before[b++]));
            else lines.Add(new(LineChange.Added, after[a++]));
        }
        return lines;
    }

    // common[b, a]: lines that the rest of both have in common.
    private static int[,] Lengths(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var common = new int[before.Count + 1, after.Count + 1];
        for (var b = before.Count - 1; b >= 0; b--)
            for (var a = after.Count - 1; a >= 0; a--)
                common[b, a] = before[b] == after[a] ? common[b + 1, a + 1] + 1 : Math.Max(common[b + 1, a], common[b, a + 1]);
        return common;
    }
}
