using System.Data.Common;
using System.Text;
using Dapper;
#if MYSQLCONNECTOR
using MySqlConnector;
#else
using MySql.Data.MySqlClient;
#endif

namespace Courier.Kernel.Data;

/// <summary>MariaDB 10.11 (tested) and MySQL 8 (same texts, untested here).</summary>
internal sealed class MySqlDialect(DatabaseOptions options) : Dialect
{
    private const int DuplicateKey = 1062, LockWaitTimeout = 1205, Deadlock = 1213, ConnectionKilled = 1927, StatementTimeout = 1969, QueryKilled = 1317, MySqlExecutionTime = 3024;

    internal static readonly DbProviderFactory Factory =
#if MYSQLCONNECTOR
        MySqlConnectorFactory.Instance;
#else
        MySqlClientFactory.Instance;
#endif

    private readonly string _connectionString = Complete(options.ConnectionString, pooling: false); // Db keeps its own connections

    public override DatabaseProvider Provider => DatabaseProvider.MySql;

    public override string InsertIfAbsentInto => "insert ignore into";

    public override string SkipLocked => "for update skip locked";

    public override string ForUpdate => "for update";

    internal override string Suffix => "mysql";

    internal override bool AnswersAtOnce => false;

    internal override string? ClockQuery => "select cast(unix_timestamp(now(3)) * 1000 as signed)";

    public override string OnConflictUpdate(string key, params string[] columns) =>
        $"on duplicate key update {string.Join(", ", columns.Select(c => $"{c} = values({c})"))}";

    public override bool IsUniqueViolation(Exception error) => Number(error) == DuplicateKey;

    public override bool MustRetry(Exception error) => Number(error) is Deadlock or LockWaitTimeout;

    // 1040 too many connections, 1042 no host, 1053 shutting down, 1129 host blocked, 2002/2003/2006/2013 connection lost; 0 is the driver's word for a broken stream.
    public override bool IsUnavailable(Exception error) =>
        error is DatabaseTimeout || Number(error) is 0 or 1040 or 1042 or 1053 or 1129 or 1290 or 2002 or 2003 or 2006 or 2013
        || error is System.Net.Sockets.SocketException or EndOfStreamException;

    internal override bool IsLost(Exception error) =>
        Number(error) is 0 or ConnectionKilled or 2006 or 2013 || error is IOException or System.Net.Sockets.SocketException;

    internal override async Task<DbConnection> Open(bool forWriting, CancellationToken ct)
    {
        var connection = Factory.CreateConnection()!;
        connection.ConnectionString = _connectionString;
        try
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);
            await connection.ExecuteAsync("set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', names utf8mb4 collate utf8mb4_bin").ConfigureAwait(false);
            await connection.ExecuteAsync("set session transaction isolation level read committed").ConfigureAwait(false);
            await SetTimeLimit(connection, options.CommandTimeout).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override async Task<Session> OpenSession(bool forWriting, CancellationToken ct) => new MySqlSession(this, await Open(forWriting, ct).ConfigureAwait(false));

    /// <summary>
    /// The server ends a statement by itself (max_statement_time); should it not answer at all, or should the caller give up,
    /// the connection is killed from a second one: the driver leaves an asynchronous command that timed out waiting for ever.
    /// </summary>
    internal async Task<T> Limited<T>(DbConnection connection, Func<Task<T>> command, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var running = command();
        try
        {
            return running.IsCompletedSuccessfully
                ? running.Result
                : await running.WaitAsync(options.CommandTimeout + TimeSpan.FromSeconds(2), ct).ConfigureAwait(false);
        }
        catch (DbException e) when (Number(e) is StatementTimeout or MySqlExecutionTime or QueryKilled)
        {
            throw new DatabaseTimeout(e);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !running.IsCompleted)
        {
            _ = running.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await Kill(connection).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
            throw new DatabaseTimeout(e);
        }
    }

    /// <summary>Splits at semicolons that end a line: migrations hold no stored programs.</summary>
    internal override IEnumerable<string> Statements(string script)
    {
        var statement = new StringBuilder();
        foreach (var line in script.Split('\n'))
        {
            statement.Append(line).Append('\n');
            if (!line.TrimEnd().EndsWith(';')) continue;
            yield return statement.ToString();
            statement.Clear();
        }
        if (statement.ToString().Trim().Length > 0) yield return statement.ToString();
    }

    internal override async Task<IAsyncDisposable> MigrationLock(CancellationToken ct)
    {
        var connection = await Open(true, ct).ConfigureAwait(false);
        await LiftTimeLimit(connection).ConfigureAwait(false);
        var got = await connection.ExecuteScalarAsync<long?>("select get_lock(concat('courier-migrations-', database()), 120)").ConfigureAwait(false);
        if (got == 1) return connection;
        await connection.DisposeAsync().ConfigureAwait(false);
        throw new DatabaseTimeout();
    }

    internal override Task LiftTimeLimit(DbConnection connection) => SetTimeLimit(connection, TimeSpan.Zero); // 0 is none

    private static int? Number(Exception error) => error is MySqlException e ? (int)e.Number : null;

    private static async Task SetTimeLimit(DbConnection connection, TimeSpan limit)
    {
        var isMariaDb = connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase)
            || (await connection.ExecuteScalarAsync<string>("select version()").ConfigureAwait(false))!.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        await connection.ExecuteAsync(isMariaDb
            ? FormattableString.Invariant($"set session max_statement_time = {limit.TotalSeconds}")
            : FormattableString.Invariant($"set session max_execution_time = {(long)limit.TotalMilliseconds}")).ConfigureAwait(false);
    }

    private async Task Kill(DbConnection connection)
    {
        var id = ((MySqlConnection)connection).ServerThread;
        await using var second = Factory.CreateConnection()!;
        second.ConnectionString = _connectionString;
        try
        {
            await second.OpenAsync().WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            await second.ExecuteAsync(FormattableString.Invariant($"kill connection {id}")).WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            // The server cannot be reached: its side of the connection ends with the socket, which the caller now drops.
        }
    }

    // Default Command Timeout 0: the driver's own time-out never completes an asynchronous command (see Limited).
    internal static string Complete(string connectionString, bool pooling)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = connectionString };
        settings["Pooling"] = pooling ? "true" : "false";
        settings["Default Command Timeout"] = "0";
        settings["CharSet"] = "utf8mb4";
        settings["UseAffectedRows"] = "false"; // "rows found", as SQLite counts them
        return settings.ConnectionString;
    }
}
