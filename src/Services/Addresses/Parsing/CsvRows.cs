using System.Text;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Rows of CSV as people save it: commas, semicolons or tabs, quoted fields, rows of different lengths, one column of free text.</summary>
internal static class CsvRows
{
    public static IEnumerable<SheetRow> Read(string text)
    {
        var between = Separator(text);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (quoted, number, line) = (false, 1, 1);
        for (var at = 0; at <= text.Length; at++)
        {
            var c = at < text.Length ? text[at] : '\n';
            if (quoted && at < text.Length)
            {
                if (c == '\n') line++;
                if (c != '"') cell.Append(c);
                else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[at++]);
                else quoted = false;
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(cell.ToString())) quoted = true;
            else if (c == between) Flush();
            else if (c == '\n')
            {
                Flush();
                if (cells.Exists(f => f.Length > 0)) yield return new SheetRow(number, cells);
                (cells, number) = ([], ++line);
            }
            else if (c != '\r') cell.Append(c);
            if (cell.Length > 4 * AddressSheet.MostCellCharacters) throw new SheetRefused("file.damaged", Texts.FileDamaged);
        }

        void Flush()
        {
            if (cells.Count < AddressSheet.MostColumns) cells.Add(AddressSheet.Plain(cell.ToString()));
            cell.Clear();
        }
    }

    // A tab or a semicolon in the first line when it has no comma; a file of free text has none that counts.
    private static char Separator(string text)
    {
        var first = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end ? end : text.Length);
        return first.Contains('\t') ? '\t' : first.Contains(',') || !first.Contains(';') ? ',' : ';';
    }
}
