using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
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
    private static readonly ConcurrentDictionary<Type, ArgumentShape> Shapes = new();
    private static readonly ConcurrentDictionary<(string Sql, long Sizes), string> Texts = new(new ByTextAndSizes());
    private const int MostTexts = 2000, MostLists = 10, BitsOfASize = 6;

    private readonly object?[] _values;

    private Arguments(ArgumentShape shape, object?[] values, string text)
    {
        Shape = shape;
        _values = values;
        Text = text;
    }

    /// <summary>Which names there are; the same object for all arguments of one type.</summary>
    public ArgumentShape Shape { get; }

    /// <summary>The SQL with its lists written out.</summary>
    public string Text { get; }

    /// <summary>Takes the properties of an object, or the entries of a dictionary; null for none.</summary>
    public static Arguments Of(string sql, object? args)
    {
        if (args is null) return new Arguments(ArgumentShape.Empty, [], sql);
        var shape = args is IDictionary<string, object> named ? ArgumentShape.Of(named) : Shapes.GetOrAdd(args.GetType(), static t => ArgumentShape.Of(t));
        var values = shape.Values(args);
        var hasLists = false;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not IEnumerable list || values[i] is string or byte[]) continue;
            values[i] = Filled(list);
            hasLists = true;
        }
        return new Arguments(shape, values, hasLists ? WithLists(sql, shape.Names, values) : sql);
    }

    /// <summary>The value of a parameter as it is stored.</summary>
    /// <param name="parameter">Name without <c>@</c>; the N-th value of a list is <c>name_N</c>.</param>
    public object? this[string parameter] => this[Shape.PlaceOf(parameter)];

    /// <summary>The value at a place as it is stored.</summary>
    public object? this[ArgumentPlace place] => Columns.Stored(
        place.Item < 0 ? _values[place.Name]
        : _values[place.Name] is object?[] list && place.Item < list.Length ? list[place.Item]
        : throw ArgumentShape.Missing($"{Shape.Names[place.Name]}_{place.Item}"));

    /// <summary>The names of the parameters in a text, each once.</summary>
    public static string[] NamesIn(string text) => [.. Parameter().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    private static object?[] Filled(IEnumerable values)
    {
        var given = values as ICollection ?? values.Cast<object?>().ToList();
        if (given.Count == 0) return [];
        var filled = new object?[(int)BitOperations.RoundUpToPowerOf2((uint)given.Count)];
        given.CopyTo(filled, 0);
        filled.AsSpan(given.Count).Fill(filled[given.Count - 1]);
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

/// <summary>Where a parameter's value stands.</summary>
/// <param name="Name">Which name.</param>
/// <param name="Item">Which value of a list; -1 for what is no list.</param>
internal readonly record struct ArgumentPlace(int Name, int Item);

/// <summary>The names of some arguments, and how their values are read. Made once a type; reading by reflection would cost as much as SQLite's search for a row.</summary>
/// <param name="names">The names.</param>
/// <param name="values">Reads the values, in the order of the names.</param>
internal sealed class ArgumentShape(string[] names, Func<object, object?[]> values)
{
    public static ArgumentShape Empty { get; } = new([], static _ => []);

    public string[] Names { get; } = names;

    public Func<object, object?[]> Values { get; } = values;

    /// <summary>The properties of a type.</summary>
    public static ArgumentShape Of(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var args = Expression.Parameter(typeof(object));
        var typed = Expression.Convert(args, type);
        var values = Expression.NewArrayInit(typeof(object), properties.Select(p => Expression.Convert(Expression.Property(typed, p), typeof(object))));
        return new([.. properties.Select(p => p.Name)], Expression.Lambda<Func<object, object?[]>>(values, args).Compile());
    }

    /// <summary>The entries of a dictionary.</summary>
    public static ArgumentShape Of(IDictionary<string, object> entries) => new([.. entries.Keys], args => [.. ((IDictionary<string, object>)args).Values]);

    /// <summary>Where a parameter's value stands.</summary>
    /// <param name="parameter">Name without <c>@</c>; the N-th value of a list is <c>name_N</c>.</param>
    /// <exception cref="ArgumentException">It has none.</exception>
    public ArgumentPlace PlaceOf(string parameter)
    {
        for (var i = 0; i < Names.Length; i++)
            if (parameter.Equals(Names[i], StringComparison.OrdinalIgnoreCase)) return new(i, -1);
        for (var i = 0; i < Names.Length; i++)
        {
            if (!parameter.StartsWith(Names[i], StringComparison.OrdinalIgnoreCase) || parameter[Names[i].Length] != '_') continue;
            if (int.TryParse(parameter.AsSpan(Names[i].Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return new(i, at);
        }
        throw Missing(parameter);
    }

    public static ArgumentException Missing(string parameter) => new($"the statement's parameter @{parameter} has no value");
}
