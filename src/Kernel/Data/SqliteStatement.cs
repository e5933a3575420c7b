using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Courier.Kernel.Data;

/// <summary>A prepared statement of SQLite, used again and again.</summary>
internal sealed class SqliteStatement : IRow, IDisposable
{
    private const uint Persistent = 1; // SQLITE_PREPARE_PERSISTENT: it is kept for long

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly string[] _parameters;
    private Delegate? _reader;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, Persistent, out _statement, out var rest));
        if (!string.IsNullOrWhiteSpace(rest.TrimEnd(';', ' ', '\n', '\r'))) throw new InvalidOperationException("one statement at a time");
        _parameters = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(_statement))
            .Select(i => raw.sqlite3_bind_parameter_name(_statement, i).utf8_to_string()?[1..] ?? "")];
    }

    /// <summary>How many rows it changed.</summary>
    public int Changes => raw.sqlite3_stmt_readonly(_statement) == 0 ? raw.sqlite3_changes(_database) : 0;

    /// <summary>Gives the named parameters their values.</summary>
    public void Bind(Arguments arguments)
    {
        for (var i = 0; i < _parameters.Length; i++) Bind(i + 1, arguments[_parameters[i]]);
    }

    /// <summary>Gives the parameters their values in their order.</summary>
    public void Bind(object?[] values)
    {
        for (var i = 0; i < values.Length; i++) Bind(i + 1, Columns.Stored(values[i]));
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
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
        raw.sqlite3_reset(_statement); // its code repeats what the step said
        raw.sqlite3_clear_bindings(_statement);
    }

    public void Dispose() => _statement.Dispose();

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Real(int column) => raw.sqlite3_column_double(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    private string[] Names() => [.. Enumerable.Range(0, raw.sqlite3_column_count(_statement)).Select(i => raw.sqlite3_column_name(_statement, i).utf8_to_string())];

    private void Bind(int parameter, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(_statement, parameter),
        long number => raw.sqlite3_bind_int64(_statement, parameter, number),
        string text => Bind(parameter, text),
        double real => raw.sqlite3_bind_double(_statement, parameter, real),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, parameter, 0),
        _ => raw.sqlite3_bind_blob(_statement, parameter, (byte[])value),
    });

    private int Bind(int parameter, string text)
    {
        if (text.Length == 0) return raw.sqlite3_bind_text(_statement, parameter, ""); // an empty span would be a null
        Span<byte> utf8 = text.Length <= 256 ? stackalloc byte[768] : new byte[Encoding.UTF8.GetByteCount(text)];
        return raw.sqlite3_bind_text(_statement, parameter, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _database);
    }
}
