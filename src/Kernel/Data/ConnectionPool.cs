using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;

namespace Courier.Kernel.Data;

/// <summary>Open connections, handed out one unit of work at a time; one that failed is closed and not handed out again.</summary>
internal sealed class ConnectionPool(Dialect dialect, bool forWriting, int size) : IAsyncDisposable
{
    private readonly ConcurrentBag<DbConnection> _idle = [];
    private readonly SemaphoreSlim _places = new(size, size);
    private volatile bool _closed;

    public async Task<T> Use<T>(Func<DbConnection, Task<T>> work, CancellationToken ct)
    {
        await _places.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var connection = _idle.TryTake(out var idle) ? idle : await dialect.Open(forWriting, ct).ConfigureAwait(false);
            var healthy = false;
            try
            {
                var result = await work(connection).ConfigureAwait(false);
                healthy = true;
                return result;
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
                if (healthy && !_closed && connection.State == ConnectionState.Open) _idle.Add(connection);
                else await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        while (_idle.TryTake(out var connection)) await connection.DisposeAsync().ConfigureAwait(false);
    }
}
