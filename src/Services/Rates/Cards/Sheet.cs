using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>A file of a card, cut into rows; its columns may stand in any order.</summary>
internal sealed class Sheet
{
    private const int MostRows = 20_000, LongestFile = 1024 * 1024;

    private Sheet(string file, IReadOnlyList<SheetRow> rows) => (File, Rows) = (file, rows);

    public string File { get; }

    public IReadOnlyList<SheetRow> Rows { get; }

    /// <summary>Reads a file; one that cannot be read is without rows, and the reason is among the faults.</summary>
    public static Sheet Read(string file, string? text, FaultList faults)
    {
        if (text is null) return Nothing(file, CardTexts.NoFile, faults);
        if (text.Length > LongestFile) return Nothing(file, CardTexts.FileTooLarge, faults);
        using var reader = new StringReader(text);
        var records = Csv.Records(reader).Take(MostRows + 2).ToList();
        if (records.Count > MostRows + 1) return Nothing(file, CardTexts.TooManyRows, faults);
        if (records.Count == 0) return Nothing(file, CardTexts.NoHeader, faults);
        if (Header(file, records[0].Fields, faults) is not { } columns) return new Sheet(file, []);
        var rows = new List<SheetRow>(records.Count);
        foreach (var (number, fields, isWhole) in records.Skip(1))
        {
            if (!isWhole) faults.Add(file, number, "", -1, CardTexts.Quote);
            else if (fields.All(string.IsNullOrWhiteSpace)) continue; // spreadsheets leave rows of commas behind
            else if (fields.Count != columns.Count) faults.Add(file, number, "", -1, CardTexts.FieldCount(fields.Count, columns.Count));
            else rows.Add(new SheetRow(file, number, columns, fields, faults));
        }
        return new Sheet(file, rows);
    }

    private static Sheet Nothing(string file, string why, FaultList faults)
    {
        faults.Add(file, why);
        return new Sheet(file, []);
    }

    private static Dictionary<string, int>? Header(string file, IReadOnlyList<string> names, FaultList faults)
    {
        var wanted = CardLayout.Columns(file);
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Trim().ToLowerInvariant();
            if (!wanted.Contains(name) || !columns.TryAdd(name, i)) faults.Add(file, 1, name, i, CardTexts.ColumnUnknown(names[i].Trim()));
        }
        foreach (var missing in wanted.Except(columns.Keys)) faults.Add(file, 1, missing, -1, CardTexts.ColumnMissing(missing));
        return columns.Count == wanted.Length && names.Count == wanted.Length ? columns : null;
    }
}
