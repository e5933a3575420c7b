using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Courier.Kernel.Data;

/// <summary>The row that a reader stands on; columns by their position.</summary>
internal interface IRow
{
    bool IsNull(int column);

    long Number(int column);

    double Real(int column);

    string Text(int column);

    /// <summary>The text's bytes, to be used at once: they are gone with the next row or the end of the run.</summary>
    ReadOnlySpan<byte> Utf8(int column);

    byte[] Bytes(int column);
}

/// <summary>How one type lies in a column.</summary>
/// <param name="Read">Reads a column that is not null.</param>
/// <param name="Store">The text, number or bytes that are stored.</param>
internal sealed record ColumnType<T>(Func<IRow, int, T> Read, Func<T, object> Store);

/// <summary>The types that columns are read into and parameters come from.</summary>
internal static class Columns
{
    private static readonly ConcurrentDictionary<Type, Delegate> Readers = new();
    private static readonly ConcurrentDictionary<Type, Func<object, object>> Stores = new();

    static Columns()
    {
        Readers[typeof(string)] = (IRow row, int i) => row.IsNull(i) ? null : row.Text(i);
        Readers[typeof(byte[])] = (IRow row, int i) => row.IsNull(i) ? null : row.Bytes(i);
        Add(new ColumnType<long>((row, i) => row.Number(i), v => v));
        Add(new ColumnType<int>((row, i) => checked((int)row.Number(i)), v => (long)v));
        Add(new ColumnType<bool>((row, i) => row.Number(i) != 0, v => v ? 1L : 0L));
        Add(new ColumnType<double>((row, i) => row.Real(i), v => v));
        Add(new ColumnType<DateTimeOffset>((row, i) => DateTimeOffset.FromUnixTimeMilliseconds(row.Number(i)), v => v.ToUnixTimeMilliseconds()));
        Add(new ColumnType<Money>((row, i) => new Money(row.Number(i)), v => v.Fen));
    }

    /// <summary>Makes a type known, and its nullable twin.</summary>
    public static void Add<T>(ColumnType<T> type) where T : struct
    {
        Readers[typeof(T)] = (IRow row, int i) => row.IsNull(i) ? default : type.Read(row, i);
        Readers[typeof(T?)] = (IRow row, int i) => row.IsNull(i) ? (T?)null : type.Read(row, i);
        Stores[typeof(T)] = value => type.Store((T)value);
    }

    public static bool IsKnown(Type type) => Readers.ContainsKey(type);

    /// <summary>Reads a column into this type: a <c>Func&lt;IRow, int, T&gt;</c>.</summary>
    public static Delegate ReaderOf(Type type) =>
        Readers.GetValueOrDefault(type) ?? throw new InvalidOperationException($"{type} cannot be read from a column: register it by TypeHandlers");

    /// <summary>What is stored for a value: null, a string, a long, a double or bytes.</summary>
    public static object? Stored(object? value) => value switch
    {
        null or string or long or double or byte[] => value,
        _ => Stores.TryGetValue(value.GetType(), out var store)
            ? store(value)
            : throw new InvalidOperationException($"{value.GetType()} cannot be stored in a column: register it by TypeHandlers"),
    };

    /// <summary>A row of a driver that hides how it keeps numbers: a sum may come as a decimal.</summary>
    public sealed class DriverRow(System.Data.Common.DbDataReader reader) : IRow
    {
        public bool IsNull(int column) => reader.IsDBNull(column);

        public long Number(int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

        public double Real(int column) => Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture);

        public string Text(int column) => reader.GetValue(column) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!;

        public ReadOnlySpan<byte> Utf8(int column) => reader.GetValue(column) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(Text(column));

        public byte[] Bytes(int column) => (byte[])reader.GetValue(column);
    }
}
