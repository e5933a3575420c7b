using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Courier.Kernel.Data;

/// <summary>A prepared statement of SQLite, used again and again.</summary>
internal sealed class SqliteStatement : IRow, IDisposable
{
    private const uint Persistent = 1; // SQLITE_PREPARE_PERSISTENT: it is kept for long

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _owner;
    private readonly nint _statement; // what the owner holds: the session uses neither after it has disposed of this
    private readonly string[] _parameters;
    private Delegate? _reader;
    private ArgumentShape? _shape;
    private ArgumentPlace[] _places = [];

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, Persistent, out _owner, out var rest));
        _statement = _owner.DangerousGetHandle();
        if (!string.IsNullOrWhiteSpace(rest.TrimEnd(';', ' ', '\n', '\r')))
        {
            _owner.Dispose(); // one that the collector ended later would keep the file open until then
            throw new InvalidOperationException("one statement at a time");
        }
        _parameters = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(_owner))
            .Select(i => raw.sqlite3_bind_parameter_name(_owner, i).utf8_to_string()?[1..] ?? "")];
    }

    /// <summary>How many rows it changed.</summary>
    public int Changes => raw.sqlite3_stmt_readonly(_owner) == 0 ? raw.sqlite3_changes(_database) : 0;

    /// <summary>Gives the named parameters their values.</summary>
    public void Bind(Arguments arguments)
    {
        if (_shape != arguments.Shape) (_shape, _places) = (arguments.Shape, Array.ConvertAll(_parameters, arguments.Shape.PlaceOf));
        for (var i = 0; i < _places.Length; i++) Bind(i + 1, arguments[_places[i]]);
    }

    /// <summary>Gives the parameters their values in their order.</summary>
    public void Bind(object?[] values)
    {
        for (var i = 0; i < values.Length; i++) Bind(i + 1, Columns.Stored(values[i]));
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = SqliteNative.Step(_statement);
        if (code is raw.SQLITE_ROW) return true;
        if (code is not raw.SQLITE_DONE) Check(code);
        return false;
    }

    /// <summary>The row as an object.</summary>
    public T? Read<T>()
    {
        if (_reader is not Func<IRow, T?> reader) _reader = reader = RowReader.For<T>(Names());
        return reader(this);
    }

    /// <summary>Ends the run; the statement can be run again.</summary>
    public void Reset()
    {
        SqliteNative.Reset(_statement); // its code repeats what the step said
        SqliteNative.ClearBindings(_statement);
    }

    public void Dispose() => _owner.Dispose();

    public bool IsNull(int column) => SqliteNative.ColumnType(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => SqliteNative.ColumnNumber(_statement, column);

    public double Real(int column) => SqliteNative.ColumnReal(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public byte[] Bytes(int column) => Utf8(column).ToArray();

    public unsafe ReadOnlySpan<byte> Utf8(int column)
    {
        var bytes = SqliteNative.ColumnBytes(_statement, column); // first: it may convert, and so change the length
        return new ReadOnlySpan<byte>(bytes, SqliteNative.ColumnLength(_statement, column));
    }

    private string[] Names() => [.. Enumerable.Range(0, raw.sqlite3_column_count(_owner)).Select(i => raw.sqlite3_column_name(_owner, i).utf8_to_string())];

    private void Bind(int parameter, object? value) => Check(value switch
    {
        null => SqliteNative.BindNull(_statement, parameter),
        long number => SqliteNative.BindNumber(_statement, parameter, number),
        string text => Bind(parameter, text),
        double real => SqliteNative.BindReal(_statement, parameter, real),
        byte[] { Length: 0 } => SqliteNative.BindNoBytes(_statement, parameter, 0), // a pointer to nothing would be a null
        _ => Bind(parameter, (byte[])value),
    });

    [SkipLocalsInit]
    private unsafe int Bind(int parameter, string text)
    {
        Span<byte> utf8 = text.Length <= 256 ? stackalloc byte[769] : new byte[Encoding.UTF8.GetByteCount(text) + 1]; // one more: an empty text is no null
        var length = Encoding.UTF8.GetBytes(text, utf8);
        fixed (byte* bytes = utf8) return SqliteNative.BindText(_statement, parameter, bytes, length, SqliteNative.Transient);
    }

    private unsafe int Bind(int parameter, byte[] value)
    {
        fixed (byte* bytes = value) return SqliteNative.BindBytes(_statement, parameter, bytes, value.Length, SqliteNative.Transient);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _database);
    }
}
