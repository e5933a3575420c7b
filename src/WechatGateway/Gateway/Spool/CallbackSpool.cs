using System.Globalization;
using System.Threading.Channels;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.WechatGateway.Callback;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Spool;

/// <summary>
/// Keeps callbacks in a file of this process while the database is away. What is kept is synced before WeChat is answered, those
/// that come together in one go. As long as something of a customer waits, what the same customer sends goes behind it.
/// </summary>
internal sealed partial class CallbackSpool(
    DataDirectory directory, DataKeys keys, WechatAccounts accounts, WechatOptions options, ILogger<CallbackSpool> log) : IDisposable
{
    private const int MostFiles = 1000;

    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly Dictionary<(string AppId, string OpenId), int> _holds = [];
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private List<(string Line, TaskCompletionSource<bool> Kept)> _next = [];
    private SpoolFile? _file;
    private int _slot;
    private bool _isAway, _isWriting;

    private string Folder => directory.Folder("spool");

    /// <summary>Is the database known to be away? Then nobody waits for it, until the drain has met it again.</summary>
    public bool IsAway { get { lock (_gate) return _isAway; } }

    /// <summary>Rings when there is something to drain.</summary>
    public ChannelReader<bool> Bell => _bell.Reader;

    /// <summary>Must this callback go behind others that wait?</summary>
    public bool IsFor(Question question)
    {
        lock (_gate) return _isAway || (_holds.Count > 0 && _holds.ContainsKey(Sender(question)));
    }

    /// <summary>Keeps a callback; its caller has met, or knows, that the database is away or too slow.</summary>
    /// <returns>False when it could not be kept: the disk refuses it, or the spool is full.</returns>
    public async Task<bool> Keep(Question question)
    {
        var line = SpooledCallback.Line(question, keys);
        var kept = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _next.Add((line, kept));
            Hold(question, +1);
            if (!_isWriting) _ = Task.Run(WriteAll);
            _isWriting = true;
        }
        if (!await kept.Task.ConfigureAwait(false))
        {
            lock (_gate) Hold(question, -1);
            return false;
        }
        _bell.Writer.TryWrite(true);
        return true;
    }

    /// <summary>The database was met (again), or not.</summary>
    public void Met(bool isAway)
    {
        lock (_gate)
        {
            if (_isAway == isAway) return;
            _isAway = isAway;
        }
        if (isAway) WentAway(log);
        else CameBack(log);
    }

    /// <summary>What waits in this process's file but for some, the oldest first; a line that cannot be read has no question.</summary>
    /// <param name="most">How many lines.</param>
    /// <param name="isPassed">By where it ends: is this line passed over?</param>
    public IReadOnlyList<(Question? Question, string Line, long End)> Waiting(int most, Func<long, bool> isPassed)
    {
        lock (_writing) return _file is null ? [] : [.. _file.Lines(int.MaxValue).Where(l => !isPassed(l.End)).Take(most).Select(l => (Read(l.Line), l.Line, l.End))];
    }

    /// <summary>
    /// These are done with. Lines of <paramref name="done"/> that nothing older stands before are not asked for again, even after a crash,
    /// and leave the set; the others stay in it.
    /// </summary>
    /// <param name="questions">Whose senders have one less to wait for.</param>
    /// <param name="done">Where the lines end that are done with.</param>
    public void Done(IEnumerable<Question> questions, HashSet<long> done)
    {
        lock (_writing)
        {
            if (_file is not null && _file.Lines(int.MaxValue).TakeWhile(l => done.Remove(l.End)).Select(l => l.End).LastOrDefault() is > 0 and var until) _file.MarkDone(until);
        }
        lock (_gate)
        {
            foreach (var question in questions) Hold(question, -1);
        }
    }

    /// <summary>Puts a line aside that cannot be handled, for somebody to look at.</summary>
    public void PutAside(string line) => File.AppendAllText(Path.Combine(Folder, "refused.lines"), line + "\n");

    /// <summary>Takes over what a process left that is no more: a former run of this one, or one of its neighbours in the same folder.</summary>
    public void Adopt()
    {
        lock (_writing)
        {
            foreach (var path in Directory.EnumerateFiles(Folder, "callbacks-*.lines"))
            {
                if (_file is not null && path == PathOf(_slot)) continue;
                if (_file is null) Take(path);
                else Join(path);
            }
        }
    }

    public void Dispose()
    {
        lock (_writing) _file?.Dispose();
    }

    private string PathOf(int slot) => Path.Combine(Folder, $"callbacks-{slot}.lines");

    private static (string AppId, string OpenId) Sender(Question question) => (question.Account.AppId, question.Inbound.OpenId);

    private Question? Read(string line) => SpooledCallback.TryRead(line, keys, accounts, out var question) ? question : null;

    private void Hold(Question question, int change)
    {
        var sender = Sender(question);
        var count = _holds.GetValueOrDefault(sender) + change;
        if (count > 0) _holds[sender] = count;
        else _holds.Remove(sender);
    }

    // One at a time: all that have come meanwhile are written together, with one sync.
    private void WriteAll()
    {
        while (Next() is { Count: > 0 } lines)
        {
            bool isKept;
            lock (_writing) isKept = TryAppend([.. lines.Select(l => l.Line)]);
            foreach (var (_, kept) in lines) kept.SetResult(isKept);
        }
    }

    private List<(string Line, TaskCompletionSource<bool> Kept)> Next()
    {
        lock (_gate)
        {
            var lines = _next;
            _isWriting = lines.Count > 0;
            if (_isWriting) _next = [];
            return lines;
        }
    }

    private bool TryAppend(IReadOnlyList<string> lines)
    {
        try
        {
            if (_file is null) OpenOwn();
            if (_file!.Waiting > options.Spool.LongestBytes) return false;
            _file.Append(lines);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(log, e, lines.Count);
            return false;
        }
    }

    private void OpenOwn()
    {
        for (_slot = 0; _slot < MostFiles; _slot++)
        {
            if (SpoolFile.TryOpen(PathOf(_slot)) is not { } file) continue;
            Own(file);
            return;
        }
        throw new IOException("no free file in the spool");
    }

    private void Take(string path)
    {
        var slot = int.TryParse(Path.GetFileNameWithoutExtension(path).Split('-')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        if (slot < 0 || new FileInfo(path).Length == 0 || SpoolFile.TryOpen(path) is not { } file) return;
        _slot = slot;
        Own(file);
    }

    private void Own(SpoolFile file)
    {
        _file = file;
        lock (_gate)
        {
            foreach (var (line, _) in file.Lines(int.MaxValue))
                if (Read(line) is { } question) Hold(question, +1);
        }
        if (file.Waiting > 0) _bell.Writer.TryWrite(true);
    }

    private void Join(string path)
    {
        if (new FileInfo(path).Length == 0) return;
        using var left = SpoolFile.TryOpen(path);
        if (left is null || left.Waiting == 0) return;
        var lines = left.Lines(int.MaxValue).Select(l => l.Line).ToList();
        _file!.Append(lines); // a crash here: the lines come twice, and each has its effect once
        left.MarkDone(left.Done + left.Waiting);
        lock (_gate)
        {
            foreach (var line in lines)
                if (Read(line) is { } question) Hold(question, +1);
        }
        _bell.Writer.TryWrite(true);
    }

    [LoggerMessage(LogLevel.Warning, "The database is away: callbacks are kept in the spool and handled when it is back")]
    private static partial void WentAway(ILogger log);

    [LoggerMessage(LogLevel.Information, "The database is back: the spool is drained")]
    private static partial void CameBack(ILogger log);

    [LoggerMessage(LogLevel.Error, "{Count} callbacks could not be kept in the spool")]
    private static partial void NotKept(ILogger log, Exception error, int count);
}
