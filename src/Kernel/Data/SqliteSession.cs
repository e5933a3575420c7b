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
    private const int Interrupted = 9, MostStatements = 300, StepsBetweenLooks = 20_000;

    private readonly sqlite3 _database;
    private readonly TimeSpan _limit;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private long _until;
    private CancellationToken _ct;

    public SqliteSession(SqliteConnection connection, TimeSpan limit) : base(connection)
    {
        _database = connection.Handle!;
        _limit = limit;
        raw.sqlite3_busy_timeout(_database, (int)limit.TotalMilliseconds);
        raw.sqlite3_progress_handler(_database, StepsBetweenLooks, static session => ((SqliteSession)session).IsOver ? 1 : 0, this);
    }

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

    public override Task<int> Execute(string sql, object? args, CancellationToken ct) => Run(sql, args, static statement =>
    {
        while (statement.Step()) { }
        return statement.Changes;
    }, ct);

    public override Task<int> Write(string verb, string table, string[] columns, IEnumerable<object?[]> rows, string ending, CancellationToken ct)
    {
        var text = $"{verb} {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(_ => "?"))}) {ending}";
        var written = 0;
        var statement = Prepared(text);
        foreach (var row in rows)
        {
            statement.Bind(row);
            written += Limited(statement, static s =>
            {
                while (s.Step()) { }
                return s.Changes;
            }, ct);
        }
        return Task.FromResult(written);
    }

    public override async ValueTask DisposeAsync()
    {
        Forget();
        await base.DisposeAsync().ConfigureAwait(false);
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
