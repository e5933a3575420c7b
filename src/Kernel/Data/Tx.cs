using System.Data.Common;
using Courier.Kernel.Events;

namespace Courier.Kernel.Data;

/// <summary>
/// An open transaction. What runs in it may run again (a deadlock, a group that was undone), so it has no effect but
/// through this object, and it never waits for HTTP or SIP.
/// </summary>
public sealed class Tx : ISqlReader
{
    private readonly Session _session;
    private readonly Outbox _outbox;
    private readonly List<Action> _afterCommit = [];

    internal Tx(Dialect dialect, Session session, Outbox outbox)
    {
        Dialect = dialect;
        _session = session;
        _outbox = outbox;
    }

    /// <inheritdoc />
    public Dialect Dialect { get; }

    internal IReadOnlyList<Action> AfterCommitActions => _afterCommit;

    /// <inheritdoc />
    public Task<IReadOnlyList<T>> Query<T>(string sql, object? args = null, CancellationToken ct = default) =>
        _session.Query<T>(sql, args, ct);

    /// <inheritdoc />
    public Task<T?> First<T>(string sql, object? args = null, CancellationToken ct = default) =>
        _session.First<T>(sql, args, ct);

    /// <summary>Runs one statement that changes rows.</summary>
    /// <returns>How many rows it matched.</returns>
    /// <exception cref="DatabaseTimeout">The command ran too long.</exception>
    public Task<int> Execute(string sql, object? args = null, CancellationToken ct = default) =>
        _session.Execute(sql, args, ct);

    /// <summary>Inserts a row unless its unique key is taken; the transaction goes on in both cases.</summary>
    /// <returns>False when there is such a row already.</returns>
    public async Task<bool> TryInsert(string sql, object args, CancellationToken ct = default)
    {
        try
        {
            await Execute(sql, args, ct).ConfigureAwait(false);
            return true;
        }
        catch (DbException e) when (Dialect.IsUniqueViolation(e))
        {
            return false;
        }
    }

    /// <summary>Inserts many rows with as few statements as possible.</summary>
    /// <param name="table">Table name, a constant.</param>
    /// <param name="columns">Column names, constants.</param>
    /// <param name="rows">Values in the order of the columns; value types are stored by their type handlers.</param>
    /// <param name="ifAbsent">Leave rows alone whose key is taken (see <see cref="Dialect.InsertIfAbsentInto"/>).</param>
    /// <param name="ct">Ends the command on the server too.</param>
    /// <returns>How many rows were inserted.</returns>
    public Task<int> InsertRows(string table, string[] columns, IEnumerable<object?[]> rows, bool ifAbsent = false, CancellationToken ct = default) =>
        _session.Write(ifAbsent ? Dialect.InsertIfAbsentInto : "insert into", table, columns, rows, "", ct);

    /// <summary>Inserts many rows with as few statements as possible; where the key is taken, the row takes the new values of the named columns.</summary>
    /// <param name="table">Table name, a constant.</param>
    /// <param name="columns">Column names, constants; all that have no default.</param>
    /// <param name="rows">Values in the order of the columns; value types are stored by their type handlers.</param>
    /// <param name="key">The columns of the unique key, separated by commas.</param>
    /// <param name="updated">The columns that take the new values.</param>
    /// <param name="ct">Ends the command on the server too.</param>
    public Task UpsertRows(string table, string[] columns, IEnumerable<object?[]> rows, string key, string[] updated, CancellationToken ct = default) =>
        _session.Write("insert into", table, columns, rows, Dialect.OnConflictUpdate(key, updated), ct);

    /// <summary>Tells the others what happened, once this transaction is committed.</summary>
    public Task Publish(IEvent what, CancellationToken ct = default) => _outbox.Add(this, [what], ct);

    /// <summary>Tells the others what happened, once this transaction is committed.</summary>
    public Task Publish(IReadOnlyList<IEvent> what, CancellationToken ct = default) => _outbox.Add(this, what, ct);

    /// <summary>Does something in this process after the commit, such as waking a loop; not when the transaction is undone.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);
}
