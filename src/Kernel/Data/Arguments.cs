using System.Collections;
using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Courier.Kernel.Data;

/// <summary>
/// The parameters of a statement, by name: the properties of an object. A list stands for its values in parentheses
/// (<c>in @ids</c>); lists are filled up to the next power of two by repeating their last value, so that there are few texts.
/// </summary>
internal sealed partial class Arguments
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Shapes = new();
    private static readonly ConcurrentDictionary<(string Sql, long Sizes), string> Texts = new(new ByTextAndSizes());
    private const int MostTexts = 2000, MostLists = 10, BitsOfASize = 6;

    private readonly string[] _names;
    private readonly object?[] _values;

    private Arguments(string[] names, object?[] values, string text)
    {
        _names = names;
        _values = values;
        Text = text;
    }

    /// <summary>The SQL with its lists written out.</summary>
    public string Text { get; }

    /// <summary>Takes the properties of an object, or the entries of a dictionary; null for none.</summary>
    public static Arguments Of(string sql, object? args)
    {
        if (args is null) return new Arguments([], [], sql);
        var (names, values) = args is IDictionary<string, object> named ? ([.. named.Keys], [.. named.Values]) : PropertiesOf(args);
        var hasLists = false;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not IEnumerable list || values[i] is string or byte[]) continue;
            values[i] = Filled(list);
            hasLists = true;
        }
        return new Arguments(names, values, hasLists ? WithLists(sql, names, values) : sql);
    }

    /// <summary>The value of a parameter as it is stored.</summary>
    /// <param name="parameter">Name without <c>@</c>; the N-th value of a list is <c>name_N</c>.</param>
    public object? this[string parameter]
    {
        get
        {
            for (var i = 0; i < _names.Length; i++)
            {
                if (!parameter.StartsWith(_names[i], StringComparison.OrdinalIgnoreCase)) continue;
                if (parameter.Length == _names[i].Length) return Columns.Stored(_values[i]);
                if (_values[i] is object?[] list && parameter[_names[i].Length] == '_' && int.TryParse(parameter.AsSpan(_names[i].Length + 1), out var at))
                    return Columns.Stored(list[at]);
            }
            throw new ArgumentException($"the statement's parameter @{parameter} has no value");
        }
    }

    /// <summary>The names of the parameters in a text, each once.</summary>
    public static string[] NamesIn(string text) => [.. Parameter().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    private static (string[] Names, object?[] Values) PropertiesOf(object args)
    {
        var shape = Shapes.GetOrAdd(args.GetType(), static t => t.GetProperties());
        var names = new string[shape.Length];
        var values = new object?[shape.Length];
        for (var i = 0; i < shape.Length; i++) (names[i], values[i]) = (shape[i].Name, shape[i].GetValue(args));
        return (names, values);
    }

    private static object?[] Filled(IEnumerable values)
    {
        object?[] list = [.. values.Cast<object?>()];
        if (BitOperations.IsPow2(list.Length) || list.Length == 0) return list;
        var filled = new object?[(int)BitOperations.RoundUpToPowerOf2((uint)list.Length)];
        list.CopyTo(filled, 0);
        filled.AsSpan(list.Length).Fill(list[^1]);
        return filled;
    }

    private static string WithLists(string sql, string[] names, object?[] values)
    {
        var key = (sql, Sizes(values));
        if (Texts.TryGetValue(key, out var known)) return known;
        var lists = names.Zip(values).Where(p => p.Second is object?[]).ToDictionary(p => p.First, p => ((object?[])p.Second!).Length, StringComparer.OrdinalIgnoreCase);
        var text = Parameter().Replace(sql, m => lists.TryGetValue(m.Groups[1].Value, out var size) ? Written(m.Groups[1].Value, size) : m.Value);
        if (Texts.Count < MostTexts) Texts[key] = text;
        return text;
    }

    // Each length is a power of two, or none: six bits say which.
    private static long Sizes(object?[] values)
    {
        var (sizes, lists) = (0L, 0);
        foreach (var value in values)
        {
            if (value is not object?[] list) continue;
            if (++lists > MostLists) throw new ArgumentException($"a statement takes {MostLists} lists at most", nameof(values));
            sizes = sizes << BitsOfASize | (list.Length == 0 ? 0L : BitOperations.Log2((uint)list.Length) + 1);
        }
        return sizes;
    }

    private static string Written(string name, int size) =>
        size == 0 ? "(select null where 1 = 0)" : $"({string.Join(", ", Enumerable.Range(0, size).Select(i => $"@{name}_{i}"))})";

    [GeneratedRegex("@([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Parameter();

    private sealed class ByTextAndSizes : IEqualityComparer<(string Sql, long Sizes)>
    {
        public bool Equals((string Sql, long Sizes) one, (string Sql, long Sizes) other) => one.Sizes == other.Sizes && one.Sql == other.Sql;

        public int GetHashCode((string Sql, long Sizes) key) => HashCode.Combine(SqlTexts.Comparer.GetHashCode(key.Sql), key.Sizes);
    }
}
