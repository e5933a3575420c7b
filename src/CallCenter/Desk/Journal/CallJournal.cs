using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Journal;

/// <summary>
/// What calls and agents do is told here and never waits for the database: lines go into a file of this process within milliseconds,
/// encrypted and synced together, and from there into the database in their order, now or when it is back. A killed process's lines are
/// taken by the next one in the same folder.
/// </summary>
internal sealed partial class CallJournal : IAsyncDisposable
{
    private const int MostInMemory = 20_000, MostFiles = 1000, Portion = 500;
    private const long MostBytes = 256 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly SemaphoreSlim _draining = new(1, 1);
    private readonly string _folder;
    private readonly DataKeys _keys;
    private readonly Db _db;
    private readonly Dictionary<string, IJournalTaker> _takers;
    private readonly ILogger<CallJournal> _log;
    private List<string> _next = [];
    private Task _written = Task.CompletedTask;
    private SpoolFile? _file;
    private string _path = "";
    private bool _isAway;

    public CallJournal(DataDirectory directory, DataKeys keys, Db db, IEnumerable<IJournalTaker> takers, ILogger<CallJournal> log)
    {
        (_folder, _keys, _db, _log) = (directory.Folder("calls"), keys, db, log);
        _takers = takers.ToDictionary(t => t.Kind, StringComparer.Ordinal);
    }

    /// <summary>Adds a line; never waits and never fails. What finds no place any more is left out and logged.</summary>
    /// <param name="kind">Whose it is (<see cref="IJournalTaker.Kind"/>).</param>
    /// <param name="line">What happened; written as JSON.</param>
    public void Add<T>(string kind, T line) where T : class
    {
        var text = $"{kind}\n{JsonSerializer.Serialize(line, KernelJson.Options)}";
        lock (_gate)
        {
            if (_next.Count >= MostInMemory)
            {
                LeftOut(_log, 1);
                return;
            }
            _next.Add(text);
            if (_written.IsCompleted) _written = Task.Run(WriteAll);
        }
    }

    /// <summary>Brings all that waits into the database, unless it is away; also what dead processes have left in the folder.</summary>
    /// <returns>False when something still waits.</returns>
    public async Task<bool> Drain(CancellationToken ct)
    {
        await _draining.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await Written().ConfigureAwait(false);
            foreach (var path in Directory.EnumerateFiles(_folder, "journal-*.lines").Order(StringComparer.Ordinal))
                if (!await Drain(path, ct).ConfigureAwait(false)) return false;
            return true;
        }
        finally
        {
            _draining.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Written().ConfigureAwait(false);
        lock (_writing) _file?.Dispose();
        _draining.Dispose();
    }

    private Task Written()
    {
        lock (_gate) return _written;
    }

    private async Task<bool> Drain(string path, CancellationToken ct)
    {
        if (path == _path) return await Drain(_file!, ct).ConfigureAwait(false);
        if (new FileInfo(path).Length == 0) return true;
        using var left = SpoolFile.TryOpen(path);
        return left is null || await Drain(left, ct).ConfigureAwait(false);
    }

    private async Task<bool> Drain(SpoolFile file, CancellationToken ct)
    {
        while (Waiting(file, Portion) is { Count: > 0 } lines)
        {
            var taken = await Take(lines, ct).ConfigureAwait(false);
            if (taken == 0) return false;
            lock (_writing) file.MarkDone(lines[taken - 1].End);
        }
        return true;
    }

    private List<(string Line, long End)> Waiting(SpoolFile file, int most)
    {
        lock (_writing) return [.. file.Lines(most)];
    }

    // All together, or one by one where one of them cannot be taken.
    private async Task<int> Take(List<(string Line, long End)> lines, CancellationToken ct)
    {
        var outcome = await Taken(lines, ct).ConfigureAwait(false);
        if (outcome == Outcome.Refused)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                var single = await Taken([lines[i]], ct).ConfigureAwait(false);
                if (single == Outcome.Away) return i;
                if (single == Outcome.Refused) PutAside(lines[i].Line);
            }
        }
        return outcome == Outcome.Away ? 0 : lines.Count;
    }

    private async Task<Outcome> Taken(List<(string Line, long End)> lines, CancellationToken ct)
    {
        try
        {
            var kinds = lines.Select(l => Open(l.Line)).GroupBy(l => l.Kind, l => l.Text).ToList();
            await _db.InTransaction(async tx =>
            {
                foreach (var kind in kinds) await _takers[kind.Key].Take(tx, [.. kind], ct).ConfigureAwait(false);
            }, ct).ConfigureAwait(false);
            Met(isAway: false);
            return Outcome.Taken;
        }
        catch (Exception e) when (_db.IsAway(e))
        {
            Met(isAway: true);
            return Outcome.Away;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or JsonException or CryptographicException or FormatException or KeyNotFoundException)
        {
            if (lines.Count == 1) Refused(_log, e);
            return Outcome.Refused;
        }
    }

    private (string Kind, string Text) Open(string line)
    {
        var text = _keys.Decrypt(line);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? throw new FormatException("a line of the journal has no kind") : (text[..end], text[(end + 1)..]);
    }

    private void PutAside(string line) => File.AppendAllText(Path.Combine(_folder, "refused.lines"), line + "\n");

    // One at a time: all that have come meanwhile are written together, with one sync.
    private void WriteAll()
    {
        while (Next() is { Count: > 0 } lines)
        {
            try
            {
                var sealedLines = lines.ConvertAll(_keys.Encrypt);
                lock (_writing)
                {
                    if ((_file ??= OpenOwn()).Waiting < MostBytes) _file.Append(sealedLines);
                    else LeftOut(_log, lines.Count);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                NotWritten(_log, e, lines.Count);
            }
        }
    }

    private List<string> Next()
    {
        lock (_gate)
        {
            var lines = _next;
            if (lines.Count > 0) _next = [];
            else _written = Task.CompletedTask;
            return lines;
        }
    }

    private SpoolFile OpenOwn()
    {
        for (var slot = 0; slot < MostFiles; slot++)
        {
            var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"journal-{slot}.lines"));
            if (SpoolFile.TryOpen(path) is not { } file) continue;
            _path = path;
            return file;
        }
        throw new IOException("no free file in the folder of the journal");
    }

    private void Met(bool isAway)
    {
        if (_isAway == isAway) return;
        _isAway = isAway;
        if (isAway) WentAway(_log);
        else CameBack(_log);
    }

    private enum Outcome { Taken, Away, Refused }

    [LoggerMessage(LogLevel.Warning, "The database is away: what calls and agents do is kept in the journal")]
    private static partial void WentAway(ILogger log);

    [LoggerMessage(LogLevel.Information, "The database is back: the journal is drained")]
    private static partial void CameBack(ILogger log);

    [LoggerMessage(LogLevel.Error, "The journal of calls is full: {Count} lines are left out")]
    private static partial void LeftOut(ILogger log, int count);

    [LoggerMessage(LogLevel.Error, "{Count} lines of the journal of calls could not be written")]
    private static partial void NotWritten(ILogger log, Exception error, int count);

    [LoggerMessage(LogLevel.Error, "A line of the journal of calls cannot be taken; it is put aside in calls/refused.lines")]
    private static partial void Refused(ILogger log, Exception error);
}
