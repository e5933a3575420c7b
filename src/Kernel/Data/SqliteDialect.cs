using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Courier.Kernel.Data;

/// <summary>The embedded database: one file in WAL mode, many readers, one writer.</summary>
internal sealed class SqliteDialect(DatabaseOptions options, string dataDirectory) : Dialect
{
    private const int Busy = 5, Locked = 6, ReadOnlyFile = 8, IoError = 10, Full = 13, CannotOpen = 14, ConstraintPrimaryKey = 1555, ConstraintUnique = 2067;

    // Synchronous NORMAL in WAL survives a crash of the process at any line, and a power cut without corruption, but a
    // power cut may lose the last commits; what WeChat and the carrier core were told is accepted must not be lost: FULL.
    // Pages are read where the system keeps the file in memory (see SqliteMap): a cache of each connection's own would be thrown away at every commit.
    private const string Setup =
        """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma journal_size_limit = 67108864;
        pragma temp_store = memory;
        pragma cache_size = -8000;
        pragma mmap_size = 2147418112;
        """;

    private const string ReadOnly = "\npragma query_only = on;";

    private readonly Lock _mapping = new();
    private SqliteMap? _map;

    // Nobody reads how much memory SQLite uses, so it need not count it. Has something else opened SQLite in this process before (a test), it does.
    static SqliteDialect()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public string File { get; } = options.ConnectionString.Length > 0
        ? new SqliteConnectionStringBuilder(options.ConnectionString).DataSource
        : Path.Combine(dataDirectory, "courier.db");

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override string InsertIfAbsentInto => "insert or ignore into";

    public override string SkipLocked => "";

    public override string ForUpdate => "";

    internal override string Suffix => "sqlite";

    internal override bool AnswersAtOnce => true;

    internal override bool IsLost(Exception error) => false; // there is no server

    internal override string? ClockQuery => null; // it runs in this process

    public override string OnConflictUpdate(string key, params string[] columns) =>
        $"on conflict ({key}) do update set {string.Join(", ", columns.Select(c => $"{c} = excluded.{c}"))}";

    public override bool IsUniqueViolation(Exception error) =>
        error is SqliteException { SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique };

    public override bool MustRetry(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    public override bool IsUnavailable(Exception error) => error is SqliteException { SqliteErrorCode: ReadOnlyFile or IoError or Full or CannotOpen or Busy };

    internal override async Task<DbConnection> Open(bool forWriting, CancellationToken ct)
    {
        MakeFolder();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = File,
            Pooling = false,                     // Db keeps its own connections
            Cache = SqliteCacheMode.Private,     // lock errors of a shared cache pass the busy time-out by
            DefaultTimeout = Math.Max(1, (int)options.CommandTimeout.TotalSeconds),
        }.ToString());
        try
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);
            await connection.ExecuteAsync(Setup).ConfigureAwait(false);
            if (!forWriting) await connection.ExecuteAsync(ReadOnly).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override Task<Session> OpenSession(bool forWriting, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        MakeFolder();
        return Task.FromResult<Session>(new SqliteSession(File, options.CommandTimeout, forWriting ? Setup : Setup + ReadOnly, JoinMap));
    }

    internal override IEnumerable<string> Statements(string script) => [script];

    internal override Task LiftTimeLimit(DbConnection connection) => Task.CompletedTask; // only sessions set one

    internal override Task<IAsyncDisposable> MigrationLock(CancellationToken ct) =>
        Task.FromResult<IAsyncDisposable>(new NoLock()); // the immediate transaction of each migration is lock enough

    private void MakeFolder() => Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);

    private Action? JoinMap(sqlite3 connection)
    {
        lock (_mapping)
        {
            var map = _map ??= SqliteMap.Of(connection);
            return map is not null && map.TryJoin(connection) ? () => LeaveMap(map) : null;
        }
    }

    private void LeaveMap(SqliteMap map)
    {
        lock (_mapping)
        {
            if (map.Leave() && _map == map) _map = null;
        }
    }

    private sealed class NoLock : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
