using System.Text;

namespace Courier.Kernel;

/// <summary>Reads and writes CSV (RFC 4180): quoted fields may hold commas, quotes and line breaks.</summary>
public static class Csv
{
    /// <summary>Longest line, and longest record, that <see cref="Records"/> reads unless told otherwise, in characters.</summary>
    public const int LongestRecord = 1 << 16;

    /// <summary>The rows below a header line, as column name → value; empty lines are passed over.</summary>
    /// <exception cref="FormatException">A row has another number of fields than the header, or its quotes do not match.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(TextReader reader)
    {
        using var rows = Records(reader).Where(r => r.Fields is not [""]).GetEnumerator();
        if (!rows.MoveNext()) yield break;
        var header = rows.Current.Fields;
        for (var line = 2; rows.MoveNext(); line++)
        {
            if (!rows.Current.IsWhole) throw new FormatException($"the quotes of row {line} do not match");
            if (rows.Current.Fields.Count != header.Count) throw new FormatException($"row {line} has {rows.Current.Fields.Count} fields instead of {header.Count}");
            yield return header.Zip(rows.Current.Fields).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        }
    }

    /// <summary>
    /// All records as they stand, the header and empty lines too: a record's number is the row that a spreadsheet shows it in. One at a
    /// time, so a file may be larger than the memory. A line whose quotes do not match is a record that is not whole; the reading goes on
    /// with the line below it.
    /// </summary>
    /// <param name="reader">The text.</param>
    /// <param name="longest">A line or record with more characters is not whole; the rest of such a line is passed over.</param>
    public static IEnumerable<CsvRecord> Records(TextReader reader, int longest = LongestRecord)
    {
        var lines = new Lines(reader, longest);
        for (var number = 1; lines.Take() is { } line; number++)
            yield return new Cutter(lines, longest).Cut(number, number == 1 ? line.TrimStart('\uFEFF') : line);
    }

    /// <summary>Cuts one record into its fields; a quoted field may go on in the lines below.</summary>
    private sealed class Cutter(Lines lines, int longest)
    {
        private readonly List<string> _fields = [];
        private readonly List<string> _below = [];
        private string _text = "";
        private int _at;

        public CsvRecord Cut(int number, string line)
        {
            _text = line;
            var isWhole = line.Length <= longest;
            while (isWhole)
            {
                isWhole = _at < _text.Length && _text[_at] == '"' ? Quoted() : Plain();
                if (_at == _text.Length) break;
                _at++; // the comma
            }
            if (!isWhole) lines.PutBack(_below);
            return new CsvRecord(number, _fields, isWhole);
        }

        private bool Plain()
        {
            var end = _text.IndexOf(',', _at);
            if (end < 0) end = _text.Length;
            _fields.Add(_text[_at..end]);
            _at = end;
            return true;
        }

        // After the closing quote comes a comma or the end; anything else means that a quote is missing somewhere.
        private bool Quoted()
        {
            var field = new StringBuilder();
            for (_at++; ; _at++)
            {
                if (_at == _text.Length && !GoOn()) return Broken(field);
                if (_text[_at] != '"') field.Append(_text[_at]);
                else if (_at + 1 < _text.Length && _text[_at + 1] == '"') field.Append(_text[_at++]);
                else break;
            }
            _at++;
            if (_at < _text.Length && _text[_at] != ',') return Broken(field);
            _fields.Add(field.ToString());
            return true;
        }

        private bool GoOn()
        {
            if (_text.Length > longest || lines.Take() is not { } more) return false;
            _below.Add(more);
            _text += "\n" + more;
            return true;
        }

        // What stands in the first line only: the others are read again.
        private bool Broken(StringBuilder field)
        {
            var text = field.ToString();
            _fields.Add(text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[..end] : text);
            _at = _text.Length;
            return false;
        }
    }

    /// <summary>Lines one by one; some may be put back.</summary>
    private sealed class Lines(TextReader reader, int longest)
    {
        private readonly Stack<string> _again = new();
        private readonly StringBuilder _text = new();

        public string? Take()
        {
            if (_again.TryPop(out var line)) return line;
            for (int next; (next = reader.Read()) >= 0;)
            {
                if (next == '\n') return Taken();
                if (_text.Length <= longest) _text.Append((char)next);
            }
            return _text.Length > 0 ? Taken() : null;
        }

        public void PutBack(List<string> lines)
        {
            for (var i = lines.Count - 1; i >= 0; i--) _again.Push(lines[i]);
        }

        private string Taken()
        {
            if (_text.Length > 0 && _text[^1] == '\r') _text.Length--;
            var line = _text.ToString();
            _text.Clear();
            return line;
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
/// <param name="Fields">Its fields; an empty line has one, which is empty. Of a record that is not whole: those up to the place where it breaks.</param>
/// <param name="IsWhole">False when its quotes do not match, or it is too long.</param>
public sealed record CsvRecord(int Number, IReadOnlyList<string> Fields, bool IsWhole);
