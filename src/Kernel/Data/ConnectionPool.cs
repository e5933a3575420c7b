using System.Collections.Concurrent;
using System.Data.Common;

namespace Courier.Kernel.Data;

/// <summary>
/// Open connections, handed out one unit of work at a time; one that failed is closed and not handed out again. The one that was used last is
/// handed out first: few are in use then, and what they keep (statements, the mapped file, the processor's caches) serves again.
/// </summary>
internal sealed class ConnectionPool(Dialect dialect, bool forWriting, int size) : IAsyncDisposable
{
    private readonly ConcurrentStack<Session> _idle = [];
    private readonly SemaphoreSlim _places = new(size, size);
    private volatile bool _closed;

    /// <summary>Lends a connection for a read.</summary>
    public Task<T> Use<T>(Func<Session, Task<T>> read, CancellationToken ct) =>
        AtOnce(read, ct) ?? Use(read, static (_, result) => Task.FromResult(result), ct);

    // An embedded database has answered when its call returns: then nothing need be awaited. Null when no connection lies ready.
    private Task<T>? AtOnce<T>(Func<Session, Task<T>> read, CancellationToken ct)
    {
        if (!dialect.AnswersAtOnce || ct.IsCancellationRequested || !_places.Wait(0, CancellationToken.None)) return null;
        var healthy = false;
        Session? session = null;
        try
        {
            if (!_idle.TryPop(out session)) return null;
            var result = read(session);
            healthy = result.IsCompletedSuccessfully;
            return result;
        }
        finally
        {
            if (healthy && !_closed && session!.IsOpen) _idle.Push(session);
            else if (session is not null) _ = session.DisposeAsync().AsTask(); // an embedded one closes at once too
            _places.Release();
        }
    }

    /// <summary>
    /// Lends a connection for some work. A connection that the server ended while it lay idle (restart, fail-over, its own
    /// time limit) shows so at the start; the start is then made again on another one, so it changes nothing by itself.
    /// </summary>
    public async Task<T> Use<TStart, T>(Func<Session, Task<TStart>> start, Func<Session, TStart, Task<T>> work, CancellationToken ct)
    {
        await _places.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            while (_idle.TryPop(out var idle))
            {
                if (await Lend(idle, start, work, wasIdle: true).ConfigureAwait(false) is { } lent) return lent.Result;
            }
            var fresh = await dialect.OpenSession(forWriting, ct).ConfigureAwait(false);
            return (await Lend(fresh, start, work, wasIdle: false).ConfigureAwait(false))!.Result;
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<Lent<T>?> Lend<TStart, T>(Session session, Func<Session, Task<TStart>> start, Func<Session, TStart, Task<T>> work, bool wasIdle)
    {
        var healthy = false;
        try
        {
            TStart started;
            try
            {
                started = await start(session).ConfigureAwait(false);
            }
            catch (Exception e) when (wasIdle && dialect.IsLost(e))
            {
                return null;
            }
            var result = await work(session, started).ConfigureAwait(false);
            healthy = true;
            return new Lent<T>(result);
        }
        catch (DbException e) when (dialect.IsUniqueViolation(e))
        {
            healthy = true;
            throw;
        }
        catch (RuleBroken)
        {
            healthy = true;
            throw;
        }
        finally
        {
            if (healthy && !_closed && session.IsOpen) _idle.Push(session);
            else await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        while (_idle.TryPop(out var session)) await session.DisposeAsync().ConfigureAwait(false);
    }

    private sealed record Lent<T>(T Result);
}
