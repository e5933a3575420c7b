using System.Text;

namespace Courier.Kernel;

/// <summary>Reads CSV (RFC 4180) with a header line: quoted fields may hold commas, quotes and line breaks.</summary>
public static class Csv
{
    /// <summary>The rows as column name → value.</summary>
    /// <exception cref="FormatException">A row has another number of fields than the header.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(TextReader reader)
    {
        using var rows = Rows(reader).GetEnumerator();
        if (!rows.MoveNext()) yield break;
        var header = rows.Current;
        for (var line = 2; rows.MoveNext(); line++)
        {
            if (rows.Current.Count != header.Count) throw new FormatException($"row {line} has {rows.Current.Count} fields instead of {header.Count}");
            yield return header.Zip(rows.Current).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        }
    }

    private static IEnumerable<List<string>> Rows(TextReader reader)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
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
                if (row.Count > 1 || row[0].Length > 0) yield return row;
                row = [];
            }
            else if (c is not ('\r' or '﻿')) field.Append(c);
        }
        if (field.Length > 0 || row.Count > 0)
        {
            Flush();
            yield return row;
        }

        void Flush()
        {
            row.Add(field.ToString());
            field.Clear();
        }
    }
}
