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
                return await pool.Use(session => Begin((MySqlSession)session, ct), (_, begun) => Once(begun, work), ct).ConfigureAwait(false);
            }
            catch (DbException e) when (dialect.MustRetry(e) && attempt < Attempts)
            {
                // The other side of the deadlock goes on; come back after it, at different times.
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * Random.Shared.Next(5, 40)), ct).ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<MySqlSession> Begin(MySqlSession session, CancellationToken ct)
    {
        await session.Begin(ct).ConfigureAwait(false);
        return session;
    }

    private async Task<T> Once<T>(MySqlSession session, Func<Tx, Task<T>> work)
    {
        var tx = new Tx(dialect, session, outbox);
        T result;
        try
        {
            try
            {
                result = await work(tx).ConfigureAwait(false);
            }
            catch (Exception) when (session.IsOpen)
            {
                await session.RollBack().ConfigureAwait(false);
                throw;
            }
            await session.Commit().ConfigureAwait(false);
        }
        finally
        {
            await session.End().ConfigureAwait(false);
        }
        foreach (var action in tx.AfterCommitActions) action();
        return result;
    }
}
