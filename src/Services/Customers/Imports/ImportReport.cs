using System.Globalization;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers.Imports;

/// <summary>A run's report as CSV: row, column, what, old, new, outcome. Values have their middle hidden; row and column lead to them.</summary>
public static class ImportReport
{
    private const int AtOnce = 1000;

    /// <summary>The columns.</summary>
    internal static readonly string[] Heading = Texts.ReportHeading.Split(',');

    /// <summary>The report as bytes of UTF-8 with a mark, so that spreadsheets know the encoding.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the values.</param>
    /// <param name="run">The run.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<byte[]> Bytes(ISqlReader db, DataKeys keys, ImportRun run, CancellationToken ct)
    {
        using var writer = new StringWriter();
        writer.Write('\uFEFF');
        Csv.Write(writer, Heading);
        foreach (var row in await Rows(db, keys, run, ct).ConfigureAwait(false)) Csv.Write(writer, row);
        return Encoding.UTF8.GetBytes(writer.ToString());
    }

    internal static async Task<IReadOnlyList<IReadOnlyList<string>>> Rows(ISqlReader db, DataKeys keys, ImportRun run, CancellationToken ct)
    {
        var rows = new List<IReadOnlyList<string>>();
        if (run.Failure.Length > 0) rows.Add(["", "", run.Failure, "", "", Texts.ImportRunFailed]);
        (long, long)? after = null;
        while (await ImportRuns.Lines(db, keys, run.Id, null, after, AtOnce, ct).ConfigureAwait(false) is { Count: > 0 } lines)
        {
            rows.AddRange(lines.Select(l => (string[])[l.Row.ToString(CultureInfo.InvariantCulture), l.Column, l.What, l.Old, l.New, Texts.OutcomeWord(l.Outcome)]));
            after = (lines[^1].Row, lines[^1].Part);
        }
        return rows;
    }
}
