using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Courier.Kernel.Data;

/// <summary>
/// A connection to the embedded database. It speaks to SQLite itself and keeps its statements prepared: the driver would parse each
/// text anew and look every parameter up by name, which costs more than the reading. SQLite works on its caller's thread; that a
/// statement runs too long, or that nobody waits for it any more, is seen by itself between two steps of its machine.
/// </summary>
internal sealed class SqliteSession : Session
{
    private const int Interrupted = 9, MostStatements = 300, StepsBetweenLooks = 20_000, RowsTogether = 16;

    private readonly sqlite3 _database;
    private readonly Action? _leaveMap;
    private readonly TimeSpan _limit;
    private readonly Dictionary<string, SqliteStatement> _statements = new(SqlTexts.Comparer);

    private long _until;
    private CancellationToken _ct;

    /// <summary>Opens the file without SQLite's lock around each step of a connection: this one is used by one thread at a time, its statements are disposed of by it alone.</summary>
    /// <param name="file">The file; it is made when it is not there.</param>
    /// <param name="limit">The longest that a statement may run, or wait for a lock.</param>
    /// <param name="setup">Statements that are run at once.</param>
    /// <param name="map">Gives the connection its place in the mapped file, before it reads; what it returns is run when the connection is closed.</param>
    public SqliteSession(string file, TimeSpan limit, string setup, Func<sqlite3, Action?> map)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_PRIVATECACHE; // a shared cache's locks pass the busy time-out by
        var code = raw.sqlite3_open_v2(file, out _database, Flags, null);
        _limit = limit;
        try
        {
            SqliteException.ThrowExceptionForRC(code, _database);
            _leaveMap = map(_database);
            SetUp(setup);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public override bool IsOpen => !_database.IsClosed;

    /// <summary>Is a transaction open? What goes badly wrong ends it by itself.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    private bool IsOver => Environment.TickCount64 > _until || _ct.IsCancellationRequested;

    public override Task<IReadOnlyList<T>> Query<T>(string sql, object? args, CancellationToken ct) => Run(sql, args, static statement =>
    {
        var rows = new List<T>();
        while (statement.Step()) rows.Add(statement.Read<T>()!);
        return (IReadOnlyList<T>)rows;
    }, ct);

    public override Task<T?> First<T>(string sql, object? args, CancellationToken ct) where T : default =>
        Run(sql, args, static statement => statement.Step() ? statement.Read<T>() : default, ct);

    public override Task<int> Execute(string sql, object? args, CancellationToken ct) => Run(sql, args, ToEnd, ct);

    public override Task<int> Write(string verb, string table, string[] columns, IEnumerable<object?[]> rows, string ending, CancellationToken ct)
    {
        // SQLite makes the words that a check allows ready anew for each statement, which costs as much as an index. Two texts are enough: of some rows, and of one.
        var (written, ofSome, ofOne) = (0, (string?)null, (string?)null);
        foreach (var some in rows.Chunk(RowsTogether))
        {
            if (some.Length == RowsTogether) written += Insert(ofSome ??= Text(RowsTogether), [.. some.SelectMany(r => r)]);
            else foreach (var row in some) written += Insert(ofOne ??= Text(1), row);
        }
        return Task.FromResult(written);

        string Text(int number)
        {
            var row = $"({string.Join(", ", columns.Select(_ => "?"))})";
            return $"{verb} {table} ({string.Join(", ", columns)}) values {string.Join(", ", Enumerable.Repeat(row, number))} {ending}";
        }

        int Insert(string text, object?[] values)
        {
            var statement = Prepared(text);
            statement.Bind(values);
            return Limited(statement, ToEnd, ct);
        }
    }

    public override ValueTask DisposeAsync()
    {
        Forget();
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        if (_database.IsClosed) return;
        _database.Dispose();
        _leaveMap?.Invoke();
    }

    private static int ToEnd(SqliteStatement statement)
    {
        while (statement.Step()) { }
        return statement.Changes;
    }

    private void SetUp(string statements)
    {
        raw.sqlite3_busy_timeout(_database, (int)_limit.TotalMilliseconds);
        raw.sqlite3_progress_handler(_database, StepsBetweenLooks, static session => ((SqliteSession)session).IsOver ? 1 : 0, this);
        _until = long.MaxValue;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_database, statements), _database);
    }

    private Task<T> Run<T>(string sql, object? args, Func<SqliteStatement, T> work, CancellationToken ct)
    {
        var arguments = Arguments.Of(sql, args);
        var statement = Prepared(arguments.Text);
        statement.Bind(arguments);
        return Task.FromResult(Limited(statement, work, ct));
    }

    private T Limited<T>(SqliteStatement statement, Func<SqliteStatement, T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _ct = ct;
        _until = Environment.TickCount64 + (long)_limit.TotalMilliseconds;
        try
        {
            return work(statement);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Interrupted)
        {
            ct.ThrowIfCancellationRequested();
            throw new DatabaseTimeout(e);
        }
        finally
        {
            statement.Reset();
            _ct = CancellationToken.None;
        }
    }

    private SqliteStatement Prepared(string text)
    {
        if (_statements.TryGetValue(text, out var known)) return known;
        if (_statements.Count >= MostStatements) Forget();
        return _statements[text] = new SqliteStatement(_database, text);
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
    }
}
