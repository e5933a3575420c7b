using System.Text;

namespace Courier.Kernel;

/// <summary>Reads and writes CSV (RFC 4180): quoted fields may hold commas, quotes and line breaks.</summary>
public static class Csv
{
    /// <summary>The rows below a header line, as column name → value; empty lines are passed over.</summary>
    /// <exception cref="FormatException">A row has another number of fields than the header.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(TextReader reader)
    {
        using var rows = Records(reader).Where(r => r.Fields is not [""]).Select(r => r.Fields).GetEnumerator();
        if (!rows.MoveNext()) yield break;
        var header = rows.Current;
        for (var line = 2; rows.MoveNext(); line++)
        {
            if (rows.Current.Count != header.Count) throw new FormatException($"row {line} has {rows.Current.Count} fields instead of {header.Count}");
            yield return header.Zip(rows.Current).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        }
    }

    /// <summary>All records as they stand, the header and empty lines too: a record's number is the row that a spreadsheet shows it in.</summary>
    /// <param name="reader">The text.</param>
    public static IEnumerable<CsvRecord> Records(TextReader reader)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        var (quoted, number) = (false, 1);
        for (int next; (next = reader.Read()) >= 0;)
        {
            var c = (char)next;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (reader.Peek() == '"') field.Append((char)reader.Read());
                else quoted = false;
            }
            else if (c == '"') quoted = true;
            else if (c == ',') Flush();
            else if (c == '\n')
            {
                Flush();
                yield return new CsvRecord(number++, row, IsWhole: true);
                row = [];
            }
            else if (c is not ('\r' or '\uFEFF')) field.Append(c);
        }
        if (field.Length > 0 || row.Count > 0)
        {
            Flush();
            yield return new CsvRecord(number, row, !quoted);
        }

        void Flush()
        {
            row.Add(field.ToString());
            field.Clear();
        }
    }

    /// <summary>Writes a record. What a spreadsheet would take for a formula gets an apostrophe before it, so that it is only read.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="fields">Its fields.</param>
    public static void Write(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(',', fields.Select(Field)));
        writer.Write("\r\n");
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExcept("0123456789.") < 0;

    private static string Field(string text)
    {
        if (text.Length > 0 && (text[0] is '=' or '@' or '\t' or '\r' || (text[0] is '+' or '-' && !IsNumber(text.AsSpan(1))))) text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>A record of a CSV text.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Fields">Its fields; an empty line has one, which is empty.</param>
/// <param name="IsWhole">False when the text ends inside a quoted field.</param>
public sealed record CsvRecord(int Number, IReadOnlyList<string> Fields, bool IsWhole);
