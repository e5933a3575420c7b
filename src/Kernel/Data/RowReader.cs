using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;

namespace Courier.Kernel.Data;

/// <summary>Makes objects of rows: a single value of the first column, or a record whose properties or parameters are named
/// like the columns, or for <c>object</c> a dictionary of texts.</summary>
internal static class RowReader
{
    private static readonly ConcurrentDictionary<(string Sql, Type Type), Delegate> Known = new();

    /// <summary>The reader for the rows of a statement, kept for the next time.</summary>
    public static Func<IRow, T?> For<T>(string sql, DbDataReader rows) => (Func<IRow, T?>)Known.GetOrAdd(
        (sql, typeof(T)), static (_, r) => For<T>([.. Enumerable.Range(0, r.FieldCount).Select(r.GetName)]), rows);

    /// <summary>Compiles a reader for rows with these columns; made once a statement.</summary>
    public static Func<IRow, T?> For<T>(IReadOnlyList<string> columns)
    {
        if (Columns.IsKnown(typeof(T)))
        {
            var read = (Func<IRow, int, T>)Columns.ReaderOf(typeof(T));
            return row => row.IsNull(0) ? default : read(row, 0);
        }
        if (typeof(T) == typeof(object)) return row => (T)(object)columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => row.IsNull(c.i) ? null : (object?)row.Text(c.i));
        var row = Expression.Parameter(typeof(IRow));
        Expression body = typeof(T).GetConstructor(Type.EmptyTypes) is { } empty ? ByProperties(empty, columns, row) : ByConstructor(typeof(T), columns, row);
        return Expression.Lambda<Func<IRow, T>>(body, row).Compile();
    }

    private static MemberInitExpression ByProperties(ConstructorInfo empty, IReadOnlyList<string> columns, ParameterExpression row) =>
        Expression.MemberInit(Expression.New(empty), empty.DeclaringType!.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(p => p.CanWrite && PositionOf(p.Name, columns) >= 0)
            .Select(p => Expression.Bind(p, Read(p.PropertyType, PositionOf(p.Name, columns), row))));

    // The one that takes all columns: a record's other constructors copy.
    private static NewExpression ByConstructor(Type type, IReadOnlyList<string> columns, ParameterExpression row)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .FirstOrDefault(c => c.GetParameters().Length == columns.Count && c.GetParameters().All(p => PositionOf(p.Name!, columns) >= 0))
            ?? throw new InvalidOperationException($"{type} has no constructor for {string.Join(", ", columns)}");
        return Expression.New(constructor, constructor.GetParameters().Select(p => Read(p.ParameterType, PositionOf(p.Name!, columns), row)));
    }

    private static InvocationExpression Read(Type type, int column, ParameterExpression row) =>
        Expression.Invoke(Expression.Constant(Columns.ReaderOf(type)), row, Expression.Constant(column));

    private static int PositionOf(string name, IReadOnlyList<string> columns)
    {
        for (var i = 0; i < columns.Count; i++)
            if (string.Equals(columns[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
