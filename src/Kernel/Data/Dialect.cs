using System.Data.Common;

namespace Courier.Kernel.Data;

/// <summary>What SQLite and MariaDB/MySQL say differently. Everything else is one SQL text for both.</summary>
public abstract class Dialect
{
    /// <summary>Which database this is.</summary>
    public abstract DatabaseProvider Provider { get; }

    /// <summary>
    /// Starts an insert that leaves a row with the same key alone: "insert or ignore into" / "insert ignore into".
    /// MariaDB turns data errors into warnings here, so only for rows whose values were checked before.
    /// </summary>
    public abstract string InsertIfAbsentInto { get; }

    /// <summary>Ends an insert so that a row with the same key takes the new values of the named columns: SQLite knows only <c>on conflict</c>, MariaDB only <c>on duplicate key</c>.</summary>
    /// <param name="key">The columns of the unique key, separated by commas.</param>
    /// <param name="columns">The columns that take the new values.</param>
    public abstract string OnConflictUpdate(string key, params string[] columns);

    /// <summary>Is this a second row with the same unique key? The drivers number their errors differently.</summary>
    public abstract bool IsUniqueViolation(Exception error);

    /// <summary>Did the database ask for the transaction to be tried again (deadlock, lock wait)?</summary>
    public abstract bool MustRetry(Exception error);

    /// <summary>Is the database itself away: not reachable, shutting down, disk full?</summary>
    public abstract bool IsUnavailable(Exception error);

    /// <summary>Rows that a claim reads are locked, and locked ones are passed over; SQLite has one writer and needs nothing.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Rows that a decision is made on stay locked until the end of the transaction; SQLite has one writer and needs nothing.</summary>
    public abstract string ForUpdate { get; }

    internal abstract string Suffix { get; }

    /// <summary>Does it work on its caller's thread, so that a call has answered when it returns?</summary>
    internal abstract bool AnswersAtOnce { get; }

    /// <summary>Had the server ended the connection before it was asked for anything?</summary>
    internal abstract bool IsLost(Exception error);

    /// <summary>Asks the database for its time in Unix milliseconds; null where it has no clock of its own.</summary>
    internal abstract string? ClockQuery { get; }

    internal abstract Task<DbConnection> Open(bool forWriting, CancellationToken ct);

    /// <summary>Opens a connection that ends commands that run too long.</summary>
    internal abstract Task<Session> OpenSession(bool forWriting, CancellationToken ct);

    /// <summary>Statements of a script, one by one; MariaDB commits each DDL statement by itself.</summary>
    internal abstract IEnumerable<string> Statements(string script);

    /// <summary>Lets commands on this connection take as long as they need: a migration may rebuild a large table.</summary>
    internal abstract Task LiftTimeLimit(DbConnection connection);

    /// <summary>Holds the lock under which only one process migrates.</summary>
    internal abstract Task<IAsyncDisposable> MigrationLock(CancellationToken ct);
}
