namespace Courier.Simulator.Tests.Seed;

/// <summary>A file of sql/seed, read as rows keyed by column name (RFC 4180 quoting, no line breaks inside fields).</summary>
static class SeedFile
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder(), name));
        var header = Fields(lines[0]);
        return lines.Skip(1).Select(line => Row(header, Fields(line), line)).ToList();
    }

    public static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Courier.sln"))) at = at.Parent;
        return Path.Combine(at.ShouldNotBeNull("the repository's root").FullName, "sql", "seed");
    }

    static IReadOnlyDictionary<string, string> Row(List<string> header, List<string> fields, string line)
    {
        fields.Count.ShouldBe(header.Count, line);
        return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"') { field.Append('"'); i++; }
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) { fields.Add(field.ToString()); field.Clear(); }
            else field.Append(c);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
