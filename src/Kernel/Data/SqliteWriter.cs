using System.Data.Common;
using System.Threading.Channels;
using Courier.Kernel.Events;

namespace Courier.Kernel.Data;

/// <summary>
/// The one writer of a SQLite file. Transactions that wait together are committed together (one fsync for the group), each
/// behind a savepoint, so that one that fails undoes only itself. Nobody gets an answer before the group's commit.
/// </summary>
internal sealed class SqliteWriter : ITransactionRunner
{
    private const int GroupSize = 64;

    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Dialect _dialect;
    private readonly Outbox _outbox;
    private readonly Task _loop;

    public SqliteWriter(Dialect dialect, Outbox outbox)
    {
        _dialect = dialect;
        _outbox = outbox;
        _loop = Task.Run(Loop);
    }

    public async Task<T> Run<T>(Func<Tx, Task<T>> work, CancellationToken ct)
    {
        var item = new Work<T>(work, ct);
        await _queue.Writer.WriteAsync(item, ct).ConfigureAwait(false);
        return await item.Done.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task Loop()
    {
        SqliteSession? session = null;
        var hold = new ReadHold(_dialect);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await hold.LetGo().ConfigureAwait(false);
            var group = new List<Work>();
            while (group.Count < GroupSize && _queue.Reader.TryRead(out var item)) group.Add(item);
            // A command that was cut off inside the group undoes the whole group: the others then run again.
            for (var left = group; left.Count > 0;)
            {
                try
                {
                    session ??= (SqliteSession)await _dialect.OpenSession(true, CancellationToken.None).ConfigureAwait(false);
                    left = await RunGroup(session, left).ConfigureAwait(false);
                }
                catch (Exception e) when (e is DbException or InvalidOperationException or IOException or UnauthorizedAccessException)
                {
                    // The file itself is the trouble (disk full, I/O error, its folder forbidden, locked by another process): nothing of the group is committed.
                    foreach (var item in left) item.Fail(e);
                    left = [];
                    if (session is not null) await session.DisposeAsync().ConfigureAwait(false);
                    session = null;
                }
            }
            if (session is not null) await hold.Take().ConfigureAwait(false);
        }
        await hold.Close().ConfigureAwait(false);
        if (session is not null) await session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Runs a group; what it returns was undone through no fault of its own and must run again.</summary>
    private async Task<List<Work>> RunGroup(SqliteSession session, List<Work> group)
    {
        var ran = new List<(Work Work, Tx Tx)>();
        await Run(session, "begin immediate").ConfigureAwait(false);
        for (var i = 0; i < group.Count; i++)
        {
            var tx = new Tx(_dialect, session, _outbox);
            await Run(session, "savepoint work").ConfigureAwait(false);
            if (await group[i].Try(tx).ConfigureAwait(false))
            {
                await Run(session, "release work").ConfigureAwait(false);
                ran.Add((group[i], tx));
            }
            else if (!session.IsInTransaction)
            {
                return [.. ran.Select(r => r.Work), .. group.Skip(i + 1)];
            }
            else
            {
                await Run(session, "rollback to work").ConfigureAwait(false);
                await Run(session, "release work").ConfigureAwait(false);
            }
        }
        await Commit(session).ConfigureAwait(false);
        foreach (var (work, tx) in ran) work.Succeed(tx.AfterCommitActions);
        return [];
    }

    private static Task Run(SqliteSession session, string sql) => session.Execute(sql, null, CancellationToken.None);

    private static async Task Commit(SqliteSession session)
    {
        try
        {
            await Run(session, "commit").ConfigureAwait(false);
        }
        catch (DbException)
        {
            if (session.IsInTransaction) await Run(session, "rollback").ConfigureAwait(false);
            throw;
        }
    }

    private abstract class Work
    {
        /// <summary>Runs the work; false when it failed, which its caller then knows already.</summary>
        public abstract Task<bool> Try(Tx tx);

        public abstract void Succeed(IReadOnlyList<Action> afterCommit);

        public abstract void Fail(Exception error);
    }

    private sealed class Work<T>(Func<Tx, Task<T>> work, CancellationToken ct) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private T? _result;

        public Task<T> Done => _done.Task;

        public override async Task<bool> Try(Tx tx)
        {
            try
            {
                ct.ThrowIfCancellationRequested();
                _result = await InCallersContext(tx).ConfigureAwait(false);
                return true;
            }
            catch (Exception e) // the caller's exception, whatever it is, is handed to the caller; the loop belongs to all
            {
                if (e is OperationCanceledException cancelled && ct.IsCancellationRequested) _done.TrySetCanceled(cancelled.CancellationToken);
                else _done.TrySetException(e);
                return false;
            }
        }

        public override void Succeed(IReadOnlyList<Action> afterCommit)
        {
            try
            {
                foreach (var action in afterCommit) action();
                _done.TrySetResult(_result!);
            }
            catch (Exception e) // what is committed stays; the fault belongs to the caller, as on MariaDB, and never to the loop
            {
                _done.TrySetException(e);
            }
        }

        public override void Fail(Exception error) => _done.TrySetException(error);

        private Task<T> InCallersContext(Tx tx)
        {
            if (_context is null) return work(tx);
            Task<T>? running = null;
            ExecutionContext.Run(_context, _ => running = work(tx), null);
            return running!;
        }
    }
}
