using System.Data.Common;

namespace Courier.Kernel.Data;

/// <summary>
/// Reads the newest state of a SQLite file and goes on holding it while nothing is written. SQLite locks the file for the first reader of a
/// state in a process and only counts the others: while this one holds it, a read needs no system call for its lock, which is a quarter of
/// what a small read costs. The writer lets go before it begins, since the log of changes begins anew only while nobody reads in it.
/// </summary>
internal sealed class ReadHold(Dialect dialect)
{
    private SqliteSession? _session;

    /// <summary>Holds what is committed by now. Without it everything works as well, so that trouble with the file is left to those who write.</summary>
    public async Task Take()
    {
        try
        {
            _session ??= (SqliteSession)await dialect.OpenSession(forWriting: false, CancellationToken.None).ConfigureAwait(false);
            await _session.Execute("begin", null, CancellationToken.None).ConfigureAwait(false);
            await _session.First<long>("select 1 from sqlite_schema limit 1", null, CancellationToken.None).ConfigureAwait(false); // the first read takes the lock
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or DatabaseTimeout)
        {
            await Close().ConfigureAwait(false);
        }
    }

    /// <summary>Holds nothing any more, whatever state the file is in.</summary>
    public async Task LetGo()
    {
        if (_session is not { IsInTransaction: true }) return;
        try
        {
            await _session.Execute("rollback", null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DbException)
        {
            await Close().ConfigureAwait(false); // its lock ends with it
        }
    }

    /// <summary>Closes its connection.</summary>
    public async Task Close()
    {
        if (_session is not null) await _session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }
}
