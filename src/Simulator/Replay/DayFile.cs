using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Simulator.Replay;

/// <summary>Reads and writes days.</summary>
internal static class DayFile
{
    /// <summary>The name of the day that comes with the program.</summary>
    public const string DemoDay = "demo-day";

    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The day in a file, or the one that comes with the program.</summary>
    /// <exception cref="InvalidDataException">There is no such file, or a line of it cannot be read; the message says which.</exception>
    public static Day Open(string file)
    {
        if (file == DemoDay) return Parse(Embedded());
        return File.Exists(file) ? Parse(File.ReadAllText(file)) : throw new InvalidDataException(Texts.NoDayFile(file));
    }

    /// <summary>A day from its text; lines are put into the order of time, those of one moment stay as they stand.</summary>
    public static Day Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Line).ToList();
        if (lines.FirstOrDefault() is not DayHead head) throw new InvalidDataException(Texts.NoDayHead);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        return new(head, hash, [.. lines.Skip(1).OrderBy(line => line.At)]);
    }

    public static string Write(DayHead head, IEnumerable<DayLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.OrderBy(line => line.At).Prepend(head))
            text.Append(JsonSerializer.Serialize(line, json)).Append('\n');
        return text.ToString();
    }

    static DayLine Line(string text, int index)
    {
        try
        {
            return JsonSerializer.Deserialize<DayLine>(text, json) ?? throw new InvalidDataException(Texts.BadDayLine(index + 1));
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            throw new InvalidDataException(Texts.BadDayLine(index + 1), unreadable);
        }
    }

    static string Embedded()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("demo-day.jsonl")!);
        return reader.ReadToEnd();
    }
}
