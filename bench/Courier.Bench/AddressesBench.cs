using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Courier.Bench.Kit;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Parsing;

namespace Courier.Bench;

/// <summary>
/// Pasted addresses a second and core, one thread, beside three npm parsers on the same rows in turns; and how many of each field are
/// right. The rows are our own cases, or those of <c>--rows FILE</c> (a JSON object a line: raw, expect).
/// </summary>
internal static class AddressesBench
{
    private static readonly string[] Packages = ["address-parse@1.2.19", "zh-address-parse@1.3.16", "address-smart-parse@2.0.17"];

    public static async Task Run(BenchOptions options)
    {
        var rows = AddressRow.Read(options.Rows ?? Path.Combine(AppContext.BaseDirectory, "cases.jsonl"));
        var parser = new AddressParser();
        var ours = rows.ConvertAll(r => AddressFields.Of(parser.Parse(r.Raw)));
        using var folder = new Scratch();
        var theirs = options.Quick ? null : await NpmParsers.Install(folder.Path, Packages);
        if (theirs is null) Console.WriteLine(options.Quick ? "  a quick look does not ask npm for the others" : "  npm or node is not reachable: ours only");
        var (mine, others) = (new Figures(), new Dictionary<string, Figures>(StringComparer.Ordinal));
        IReadOnlyList<NpmRun> runs = [];
        Measure(parser, rows, options.Quick ? 0.2 : 3); // compiled for good
        for (var round = 0; round < options.Rounds; round++)
        {
            mine.Add(Measure(parser, rows, options.Quick ? 0.3 : 2));
            if (theirs is null) continue;
            runs = await theirs.Run(rows);
            foreach (var run in runs) Of(others, run.Parser).Add(run.PerSecond);
        }
        Print(rows, ours, mine, others, runs);
        var right = rows.Zip(ours).Count(p => p.First.Wrong(p.Second).Count == 0);
        BenchFailed.Unless(options.Rows is not null || right >= rows.Count * 0.97, $"only {right} of {rows.Count} of our own cases are right");
    }

    private static Figures Of(Dictionary<string, Figures> all, string name) => all.TryGetValue(name, out var figures) ? figures : all[name] = new Figures();

    // Time of the processor, not of the clock: others may be busy on the same core.
    private static double Measure(AddressParser parser, List<AddressRow> rows, double seconds)
    {
        var (started, used, count) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime, 0);
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            foreach (var row in rows) parser.Parse(row.Raw);
            count += rows.Count;
        }
        return count / (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds;
    }

    private static void Print(List<AddressRow> rows, List<AddressFields> ours, Figures mine, Dictionary<string, Figures> others, IReadOnlyList<NpmRun> runs)
    {
        mine.Print("ours, a second and core", "parses");
        foreach (var (name, figures) in others)
        {
            figures.Print(name, "parses");
            Figures.PrintRatio($"ours ÷ {name}", mine, figures, "≥ 6");
        }
        Console.WriteLine($"  right of {rows.Count} rows, %     name  phone  province  city  district  detail  all");
        Accuracy("ours", rows, ours);
        foreach (var run in runs) Accuracy(run.Parser, rows, run.Results);
    }

    private static void Accuracy(string name, List<AddressRow> rows, IReadOnlyList<AddressFields> read)
    {
        var wrong = rows.Zip(read).Select(p => p.First.Wrong(p.Second)).ToList();
        string Share(Func<HashSet<string>, bool> right) => (100.0 * wrong.Count(right) / rows.Count).ToString("0.0", CultureInfo.InvariantCulture);
        var fields = AddressRow.Fields.Select(f => Share(w => !w.Contains(f)).PadLeft(7));
        Console.WriteLine($"  {name,-28}{string.Concat(fields)}{Share(w => w.Count == 0),7}");
    }
}

/// <summary>What a parser read.</summary>
internal sealed record AddressFields(string Name, string Phone, string Province, string City, string District, string Detail)
{
    public static AddressFields Of(ParsedAddress a) => new(a.Name, a.Phone?.Text ?? "", a.Province, a.City, a.District, a.Detail);

    public string Of(string field) => field switch
    {
        "name" => Name, "phone" => Phone, "province" => Province, "city" => City, "district" => District, _ => Detail,
    };
}

/// <summary>A pasted text with what it says.</summary>
internal sealed record AddressRow(string Raw, IReadOnlyDictionary<string, string[]> Expected)
{
    public static readonly string[] Fields = ["name", "phone", "province", "city", "district", "detail"];

    private const string Ignored = " \t\r\n　，,。.;；、:：|/";

    public static List<AddressRow> Read(string path)
    {
        BenchFailed.Unless(File.Exists(path), $"there is no file {path}");
        return [.. File.ReadLines(path).Where(l => l.Length > 0).Select(l => Of(JsonDocument.Parse(l).RootElement))];
    }

    /// <summary>The fields that are wrong. A province may lack its last word, a phone its country code and blanks, a municipality may be called 市辖区.</summary>
    public HashSet<string> Wrong(AddressFields read) =>
        [.. Expected.Where(e => !e.Value.Any(wanted => Folded(e.Key, wanted) == Folded(e.Key, read.Of(e.Key)) || IsSameCity(e.Key, wanted, read))).Select(e => e.Key)];

    private static bool IsSameCity(string field, string wanted, AddressFields read) =>
        field == "city" && (read.City is "市辖区" or "县" && Folded("province", wanted) == Folded("province", read.Province) || read.City.Contains("直辖", StringComparison.Ordinal) && wanted == read.District);

    private static string Folded(string field, string value) => field switch
    {
        "detail" => new([.. value.Where(c => !Ignored.Contains(c, StringComparison.Ordinal))]),
        "province" => value.EndsWith('省') || value.EndsWith('市') ? value[..^1] : value,
        "phone" => value.Replace("+86", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal),
        _ => value.Trim(),
    };

    private static AddressRow Of(JsonElement row)
    {
        var expected = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var field in Fields)
        {
            if (!row.GetProperty("expect").TryGetProperty(field, out var wanted) || wanted.GetString() is not { } text) continue;
            expected[field] = row.TryGetProperty(field + "_alt", out var others) ? [text, .. others.EnumerateArray().Select(o => o.GetString()!)] : [text];
        }
        return new AddressRow(row.GetProperty("raw").GetString()!, expected);
    }
}
