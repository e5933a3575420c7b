using System.Data.Common;
using System.Text;
using Courier.Kernel.Events;
using Dapper;

namespace Courier.Kernel.Data;

/// <summary>
/// An open transaction. What runs in it may run again (a deadlock, a group that was undone), so it has no effect but
/// through this object, and it never waits for HTTP or SIP.
/// </summary>
public sealed class Tx : ISqlReader
{
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly Outbox _outbox;
    private readonly List<Action> _afterCommit = [];

    internal Tx(Dialect dialect, DbConnection connection, DbTransaction? transaction, Outbox outbox)
    {
        Dialect = dialect;
        _connection = connection;
        _transaction = transaction;
        _outbox = outbox;
    }

    /// <inheritdoc />
    public Dialect Dialect { get; }

    internal IReadOnlyList<Action> AfterCommitActions => _afterCommit;

    /// <inheritdoc />
    public Task<IReadOnlyList<T>> Query<T>(string sql, object? args = null, CancellationToken ct = default) =>
        Dialect.Limited(_connection, async () => (IReadOnlyList<T>)(await _connection.QueryAsync<T>(sql, args, _transaction).ConfigureAwait(false)).AsList(), ct);

    /// <inheritdoc />
    public Task<T?> First<T>(string sql, object? args = null, CancellationToken ct = default) =>
        Dialect.Limited(_connection, () => _connection.QueryFirstOrDefaultAsync<T>(sql, args, _transaction), ct);

    /// <summary>Runs one statement that changes rows.</summary>
    /// <returns>How many rows it matched.</returns>
    /// <exception cref="DatabaseTimeout">The command ran too long.</exception>
    public Task<int> Execute(string sql, object? args = null, CancellationToken ct = default) =>
        Dialect.Limited(_connection, () => _connection.ExecuteAsync(sql, args, _transaction), ct);

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
        WriteRows(ifAbsent ? Dialect.InsertIfAbsentInto : "insert into", table, columns, rows, "", ct);

    /// <summary>Inserts many rows with as few statements as possible; where the key is taken, the row takes the new values of the named columns.</summary>
    /// <param name="table">Table name, a constant.</param>
    /// <param name="columns">Column names, constants; all that have no default.</param>
    /// <param name="rows">Values in the order of the columns; value types are stored by their type handlers.</param>
    /// <param name="key">The columns of the unique key, separated by commas.</param>
    /// <param name="updated">The columns that take the new values.</param>
    /// <param name="ct">Ends the command on the server too.</param>
    public Task UpsertRows(string table, string[] columns, IEnumerable<object?[]> rows, string key, string[] updated, CancellationToken ct = default) =>
        WriteRows("insert into", table, columns, rows, Dialect.OnConflictUpdate(key, updated), ct);

    private async Task<int> WriteRows(string verb, string table, string[] columns, IEnumerable<object?[]> rows, string ending, CancellationToken ct)
    {
        var inserted = 0;
        foreach (var chunk in rows.Chunk(Math.Max(1, 2000 / columns.Length)))
        {
            var sql = new StringBuilder(verb)
                .Append(' ').Append(table).Append(" (").AppendJoin(", ", columns).Append(") values ");
            var args = new DynamicParameters();
            for (var r = 0; r < chunk.Length; r++)
            {
                sql.Append(r == 0 ? "(" : ", (");
                for (var c = 0; c < columns.Length; c++)
                {
                    var name = FormattableString.Invariant($"p{r}_{c}");
                    sql.Append(c == 0 ? "@" : ", @").Append(name);
                    args.Add(name, chunk[r][c]);
                }
                sql.Append(')');
            }
            if (ending.Length > 0) sql.Append(' ').Append(ending);
            inserted += await Execute(sql.ToString(), args, ct).ConfigureAwait(false);
        }
        return inserted;
    }

    /// <summary>Tells the others what happened, once this transaction is committed.</summary>
    public Task Publish(IEvent what, CancellationToken ct = default) => _outbox.Add(this, [what], ct);

    /// <summary>Tells the others what happened, once this transaction is committed.</summary>
    public Task Publish(IReadOnlyList<IEvent> what, CancellationToken ct = default) => _outbox.Add(this, what, ct);

    /// <summary>Does something in this process after the commit, such as waking a loop; not when the transaction is undone.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);
}
