using System.Globalization;
using Courier.Kernel;
using Courier.Services.Calendars;

namespace Courier.Services.Customers.Imports;

/// <summary>Something that is wrong in a row: in which column, and what.</summary>
internal sealed record RowFault(string Column, string What);

/// <summary>One row of a file: whom it is about, what it says, since when, or what is wrong with it.</summary>
/// <param name="Number">The row that a spreadsheet shows it in.</param>
/// <param name="ExternalId">The other system's key.</param>
/// <param name="At">When the other system last changed it; null when it does not say.</param>
/// <param name="Told">What it says; an empty cell says nothing.</param>
/// <param name="Faults">What is wrong; then nothing of it is taken.</param>
internal sealed record ImportRow(int Number, string ExternalId, DateTimeOffset? At, IReadOnlyList<ToldField> Told, IReadOnlyList<RowFault> Faults)
{
    private const int LongestId = 64;

    private static readonly string[] Times = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d"];

    /// <summary>Is there anything in it? Spreadsheets leave rows of commas behind.</summary>
    public static bool IsEmpty(CsvRecord record) => record.IsWhole && record.Fields.All(string.IsNullOrWhiteSpace);

    /// <summary>Reads a row; all that is wrong is found at once.</summary>
    public static ImportRow Read(CsvRecord record, ImportHeader header, ImportSource source, DateTimeOffset now)
    {
        if (!record.IsWhole) return Broken(record, header.Names.ElementAtOrDefault(record.Fields.Count - 1) ?? "", Texts.ImportQuotes);
        if (record.Fields.Count != header.Names.Count) return Broken(record, "", Texts.ImportFieldCount(record.Fields.Count, header.Names.Count));
        var faults = new List<RowFault>();
        var id = Cell(record, header, header.IdColumn, source, faults);
        if (id.Length is 0 or > LongestId || id.Any(char.IsControl)) faults.Add(new(header.Names[header.IdColumn], Texts.ImportIdWrong(LongestId)));
        var at = header.UpdatedColumn < 0 ? null : Time(record, header, source, now, faults);
        var told = new List<ToldField>();
        foreach (var (field, column) in header.Fields)
        {
            if (Cell(record, header, column, source, faults) is not { Length: > 0 } text) continue;
            var (value, problem) = FieldRules.Read(field, text);
            if (value is not null) told.Add(new(field, header.Names[column], value));
            else faults.Add(new(header.Names[column], problem));
        }
        return new ImportRow(record.Number, id.Length <= LongestId ? id : "", at, told, faults);
    }

    private static ImportRow Broken(CsvRecord record, string column, string what) => new(record.Number, "", null, [], [new(column, what)]);

    private static string Cell(CsvRecord record, ImportHeader header, int column, ImportSource source, List<RowFault> faults)
    {
        var text = record.Fields[column].Trim();
        if (text.Length > 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text[^1] == '"' && !text.AsSpan(2, text.Length - 3).Contains('"')) return text[2..^1]; // how spreadsheets keep leading zeros
        if (text.Length > source.LongestField) faults.Add(new(header.Names[column], Texts.FieldTooLong(source.LongestField)));
        else if (IsFormula(text)) faults.Add(new(header.Names[column], Texts.ImportFormula));
        else return text;
        return "";
    }

    // A plus or minus begins a number too: +86 138 0000 0000.
    private static bool IsFormula(string text) => text.Length > 0 && (text[0] is '=' or '@' || (text[0] is '+' or '-' && text.AsSpan(1).ContainsAnyExcept("0123456789 -.()")));

    private static DateTimeOffset? Time(CsvRecord record, ImportHeader header, ImportSource source, DateTimeOffset now, List<RowFault> faults)
    {
        var text = Cell(record, header, header.UpdatedColumn, source, faults);
        if (text.Length == 0) return null;
        DateTimeOffset? at = DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(local, ChinaTime.Offset)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
        // A day of grace for clocks; what claims to be newer would win against everybody.
        if (at is { } said && said <= now.AddDays(1) && said.Year > 1970) return said < now ? said : now;
        faults.Add(new(header.Names[header.UpdatedColumn], Texts.ImportTimeWrong));
        return null;
    }
}

/// <summary>What a row says about a field.</summary>
/// <param name="Field">Which.</param>
/// <param name="Column">Its heading in the file.</param>
/// <param name="Value">The value as it would be kept.</param>
internal sealed record ToldField(CustomerField Field, string Column, string Value)
{
    public override string ToString() => Column;
}
