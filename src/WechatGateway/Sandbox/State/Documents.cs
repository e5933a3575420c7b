using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Courier.Wechat.Sandbox.State;

internal interface IDocuments
{
    string Kind { get; }
    int Count { get; }
    IEnumerable<(string Key, string Json)> All();
}

/// <summary>Immutable records by key, kept in memory and in the state file. Used under the state's lock only.</summary>
internal sealed class Documents<T> : IDocuments where T : class
{
    readonly StateFile file;
    readonly Dictionary<string, T> byKey = new(StringComparer.Ordinal);

    public Documents(StateFile file, string kind)
    {
        this.file = file;
        Kind = kind;
        foreach (var (key, json) in file.Join(this))
            byKey[key] = JsonSerializer.Deserialize<T>(json, JsonFields.Wire) ?? throw new InvalidDataException($"{kind} {key} is empty");
    }

    public string Kind { get; }
    public int Count => byKey.Count;
    public IEnumerable<T> Values => byKey.Values;
    public IEnumerable<KeyValuePair<string, T>> Entries => byKey;
    public T? this[string key] => byKey.GetValueOrDefault(key);
    public bool TryGet(string key, [NotNullWhen(true)] out T? value) => byKey.TryGetValue(key, out value);

    public T Put(string key, T value)
    {
        byKey[key] = value;
        file.Append(Kind, key, JsonSerializer.Serialize(value, JsonFields.Wire));
        return value;
    }

    public void Remove(string key)
    {
        if (byKey.Remove(key)) file.Append(Kind, key, "");
    }

    IEnumerable<(string Key, string Json)> IDocuments.All() =>
        byKey.Select(entry => (entry.Key, JsonSerializer.Serialize(entry.Value, JsonFields.Wire)));
}
