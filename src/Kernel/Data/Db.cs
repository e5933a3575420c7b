using System.Data.Common;
using Courier.Kernel.Events;

namespace Courier.Kernel.Data;

/// <summary>
/// The database. Reads run by themselves, outside of transactions; whatever changes rows runs in <see cref="InTransaction{T}"/>.
/// Connections are held open and shared, a command that is stuck is ended on the server too.
/// </summary>
public sealed class Db : ISqlReader, IAsyncDisposable
{
    private static readonly AsyncLocal<bool> Inside = new();

    // A read of SQLite keeps a core busy: more readers than this only cost memory. Sixteen at least: a thread that loses its core while it reads keeps its
    // connection, and whoever finds none goes the long way of waiting; the last used are used first, so the others cost next to nothing.
    private static readonly int ReadersOfAFile = Math.Max(16, 2 * Environment.ProcessorCount);

    private readonly ConnectionPool _readers;
    private readonly ITransactionRunner _runner;

    internal Db(Dialect dialect, DatabaseOptions options, Outbox outbox)
    {
        Dialect = dialect;
        _readers = dialect.Provider == DatabaseProvider.Sqlite
            ? new ConnectionPool(dialect, forWriting: false, Math.Min(options.MaxConnections, ReadersOfAFile))
            : new ConnectionPool(dialect, forWriting: true, options.MaxConnections);
        _runner = dialect.Provider == DatabaseProvider.Sqlite
            ? new SqliteWriter(dialect, outbox)
            : new PooledTransactions(dialect, _readers, outbox);
    }

    /// <inheritdoc />
    public Dialect Dialect { get; }

    /// <summary>Does the current flow run inside a transaction? HTTP and SIP must not be waited for there.</summary>
    public static bool IsInsideTransaction => Inside.Value;

    /// <summary>Is the database away, or too slow to be of use, by this error? Then the same work may succeed later.</summary>
    public bool IsAway(Exception error) => error is DatabaseTimeout || Dialect.IsUnavailable(error);

    /// <summary>Is it the database's error, whatever it is? A loop that has its work still to do logs it and goes on with the next turn.</summary>
    public bool IsTroubled(Exception error) => error is DbException or IOException or UnauthorizedAccessException || IsAway(error);

    /// <summary>Opens the database that the options name.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="dataDirectory">Where the SQLite file lies unless the connection string says otherwise.</param>
    /// <param name="outbox">Where published events go.</param>
    public static Db Open(DatabaseOptions options, string dataDirectory, Outbox outbox)
    {
        Dialect dialect = options.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDialect(options, dataDirectory),
            DatabaseProvider.MySql => new MySqlDialect(options),
        };
        return new Db(dialect, options, outbox);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<T>> Query<T>(string sql, object? args = null, CancellationToken ct = default) =>
        _readers.Use(session => session.Query<T>(sql, args, ct), ct);

    /// <inheritdoc />
    public Task<T?> First<T>(string sql, object? args = null, CancellationToken ct = default) =>
        _readers.Use(session => session.First<T>(sql, args, ct), ct);

    /// <summary>Runs one statement that changes rows, in a transaction of its own.</summary>
    /// <returns>How many rows it matched.</returns>
    public Task<int> Execute(string sql, object? args = null, CancellationToken ct = default) =>
        InTransaction(tx => tx.Execute(sql, args, ct), ct);

    /// <summary>
    /// Runs the work in one transaction and commits it; any exception undoes it. The work may run more than once
    /// (deadlock, group undone), so it has no effect but through its <see cref="Tx"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">A transaction is open in this flow already: somebody else's transaction is never written in.</exception>
    public Task<T> InTransaction<T>(Func<Tx, Task<T>> work, CancellationToken ct = default)
    {
        if (Inside.Value) throw new InvalidOperationException("a transaction is open already: pass its Tx on, or publish an event");
        return _runner.Run(async tx =>
        {
            Inside.Value = true;
            return await work(tx).ConfigureAwait(false);
        }, ct);
    }

    /// <inheritdoc cref="InTransaction{T}"/>
    public Task InTransaction(Func<Tx, Task> work, CancellationToken ct = default) =>
        InTransaction<bool>(async tx =>
        {
            await work(tx).ConfigureAwait(false);
            return true;
        }, ct);

    /// <summary>
    /// How far the database's clock is ahead of ours (negative: behind). All processes and the database are to share one time
    /// source (NTP); SQLite has no clock of its own, so the offset is zero.
    /// </summary>
    public async Task<TimeSpan> ClockOffset(TimeProvider clock, CancellationToken ct = default)
    {
        if (Dialect.ClockQuery is not { } query) return TimeSpan.Zero;
        var theirs = await First<long>(query, null, ct).ConfigureAwait(false);
        return DateTimeOffset.FromUnixTimeMilliseconds(theirs) - clock.GetUtcNow();
    }

    /// <summary>Closes all connections; what is queued for writing is written first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync().ConfigureAwait(false);
        await _readers.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>How transactions are run; the two databases differ: one writer with group commit, or any connection.</summary>
internal interface ITransactionRunner : IAsyncDisposable
{
    Task<T> Run<T>(Func<Tx, Task<T>> work, CancellationToken ct);
}
