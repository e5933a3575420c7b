using System.Text.Json;

namespace Courier.Simulator.State;

/// <summary>One thing as it is now; null means that it is gone.</summary>
internal sealed record StateEntry(string Kind, string Key, JsonElement? Value);

/// <summary>
/// The simulator's memory: a file of lines, each the newest state of one thing, forced to disk before anybody is told.
/// A line torn by a crash is the last one and was never acknowledged, so it is left out. Opening rewrites the file
/// without outdated lines, beside the old one and then in its place.
/// </summary>
internal sealed class StateFile : IDisposable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly Lock _gate = new();
    readonly string _path;
    readonly Dictionary<(string Kind, string Key), JsonElement> _newest = [];
    FileStream _file;
    int _lines;

    public StateFile(string directory)
    {
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, "simulator.jsonl");
        Load();
        _file = Rewrite();
    }

    public IReadOnlyList<T> All<T>(string kind)
    {
        lock (_gate) return [.. _newest.Where(entry => entry.Key.Kind == kind).Select(entry => entry.Value.Deserialize<T>(Json)!)];
    }

    public static StateEntry Entry<T>(string kind, string key, T value) => new(kind, key, JsonSerializer.SerializeToElement(value, Json));

    public static StateEntry Gone(string kind, string key) => new(kind, key, null);

    /// <summary>Writes all of them down in order; when this returns they survive a crash of the machine.</summary>
    public void Save(IReadOnlyCollection<StateEntry> entries)
    {
        if (entries.Count == 0) return;
        lock (_gate)
        {
            Append(_file, entries);
            foreach (var entry in entries) Take(entry);
            if ((_lines += entries.Count) <= 4 * _newest.Count + 2000) return;
            _file.Dispose();
            _file = Rewrite();
        }
    }

    public void Dispose() { lock (_gate) _file.Dispose(); }

    void Load()
    {
        if (!File.Exists(_path)) return;
        foreach (var line in File.ReadLines(_path))
            if (Read(line) is { } entry) Take(entry);
    }

    static StateEntry? Read(string line)
    {
        try { return JsonSerializer.Deserialize<StateEntry>(line, Json); }
        catch (JsonException) { return null; }
    }

    void Take(StateEntry entry)
    {
        if (entry.Value is { } value) _newest[(entry.Kind, entry.Key)] = value;
        else _newest.Remove((entry.Kind, entry.Key));
    }

    FileStream Rewrite()
    {
        using (var fresh = new FileStream(_path + ".new", FileMode.Create, FileAccess.Write))
            Append(fresh, [.. _newest.Select(pair => new StateEntry(pair.Key.Kind, pair.Key.Key, pair.Value))]);
        File.Move(_path + ".new", _path, overwrite: true);
        _lines = _newest.Count;
        return new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    static void Append(FileStream file, IReadOnlyCollection<StateEntry> entries)
    {
        var lines = new MemoryStream();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(lines, entry, Json);
            lines.WriteByte((byte)'\n');
        }
        file.Write(lines.GetBuffer(), 0, (int)lines.Length);
        file.Flush(flushToDisk: true);
    }
}
