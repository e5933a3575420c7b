using System.Data;
using System.Data.Common;
using Courier.Kernel.Events;

namespace Courier.Kernel.Data;

/// <summary>Transactions on MariaDB/MySQL: a connection each, tried again after a deadlock.</summary>
internal sealed class PooledTransactions(Dialect dialect, ConnectionPool pool, Outbox outbox) : ITransactionRunner
{
    private const int Attempts = 10;

    public async Task<T> Run<T>(Func<Tx, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await pool.Use(connection => Begin(connection, ct), (connection, transaction) => Once(connection, transaction, work), ct).ConfigureAwait(false);
            }
            catch (DbException e) when (dialect.MustRetry(e) && attempt < Attempts)
            {
                // The other side of the deadlock goes on; come back after it, at different times.
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * Random.Shared.Next(5, 40)), ct).ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Named, because MySql.Data otherwise asks for repeatable read, whatever the session is set to: after waiting for a lock a
    // check would look at the past, and after a unique violation the row of the other side could not be read.
    private Task<DbTransaction> Begin(DbConnection connection, CancellationToken ct) => dialect.Limited(
        connection, () => connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None).AsTask(), ct);

    private async Task<T> Once<T>(DbConnection connection, DbTransaction begun, Func<Tx, Task<T>> work)
    {
        await using var transaction = begun.ConfigureAwait(false);
        var tx = new Tx(dialect, connection, begun, outbox);
        T result;
        try
        {
            result = await work(tx).ConfigureAwait(false);
        }
        catch (Exception) when (connection.State == ConnectionState.Open)
        {
            await RollBack(begun).ConfigureAwait(false);
            throw;
        }
        await dialect.Limited(connection, async () =>
        {
            await begun.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }, CancellationToken.None).ConfigureAwait(false);
        foreach (var action in tx.AfterCommitActions) action();
        return result;
    }

    private static async Task RollBack(DbTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or NullReferenceException)
        {
            // The connection was killed (the driver then throws whatever it likes): the server has rolled back already,
            // and the first exception, which the caller sees, says why.
        }
    }
}
