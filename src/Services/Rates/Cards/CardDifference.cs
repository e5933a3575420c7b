using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>A row that a new card has otherwise than the live one.</summary>
/// <param name="File">The file: <c>rates_prices.csv</c>.</param>
/// <param name="Row">What the row is about: the values of the columns that name it, joined by blanks.</param>
/// <param name="Kind">Added, removed, changed.</param>
/// <param name="Cells">The cells that changed; for a whole row the values that it has or had.</param>
public sealed record CardChange(string File, string Row, CardChangeKind Kind, IReadOnlyList<ChangedCell> Cells);

/// <summary>A cell that changed.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Before">Its value; empty for a new row.</param>
/// <param name="After">Its new value; empty for a removed row.</param>
public sealed record ChangedCell(string Column, string Before, string After);

/// <summary>How a row differs.</summary>
public enum CardChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>Some of its cells are others.</summary>
    Changed,
}

/// <summary>Compares the files of two cards, row by row; rows are the same when the columns that name them are.</summary>
internal static class CardDifference
{
    private const int MostChanges = 1000;

    public static IReadOnlyList<CardChange> Of(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [.. CardLayout.Files.SelectMany(f => Of(f, before[f], after[f])).Take(MostChanges)];

    private static IEnumerable<CardChange> Of(string file, string before, string after)
    {
        if (before == after) yield break;
        var (old, now) = (Rows(file, before), Rows(file, after));
        foreach (var (key, row) in now)
        {
            if (!old.TryGetValue(key, out var was)) yield return Change(file, key, CardChangeKind.Added, row.Select(c => new ChangedCell(c.Key, "", c.Value)));
            else if (row.Where(c => was.GetValueOrDefault(c.Key, "") != c.Value).Select(c => new ChangedCell(c.Key, was.GetValueOrDefault(c.Key, ""), c.Value)).ToList() is { Count: > 0 } cells)
                yield return Change(file, key, CardChangeKind.Changed, cells);
        }
        foreach (var (key, row) in old.Where(r => !now.ContainsKey(r.Key)))
            yield return Change(file, key, CardChangeKind.Removed, row.Select(c => new ChangedCell(c.Key, c.Value, "")));
    }

    private static CardChange Change(string file, string key, CardChangeKind kind, IEnumerable<ChangedCell> cells) =>
        new(CardLayout.FileName(file), key, kind, [.. cells.Where(c => c.Before.Length + c.After.Length > 0)]);

    // Rows with the same name are told apart by their order.
    private static Dictionary<string, IReadOnlyDictionary<string, string>> Rows(string file, string text)
    {
        var rows = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        using var reader = new StringReader(text);
        foreach (var row in Csv.Read(reader).Where(r => r.Values.Any(v => v.Length > 0)))
        {
            var key = string.Join(' ', CardLayout.Names(file).Select(c => row[c].Trim()).Where(v => v.Length > 0));
            var unique = key;
            for (var i = 2; !rows.TryAdd(unique, row.ToDictionary(c => c.Key.Trim(), c => c.Value.Trim())); i++) unique = $"{key} ({i})";
        }
        return rows;
    }
}
