using System.Globalization;
using System.Text;

namespace Courier.Kernel.Folders;

/// <summary>
/// A folder in which systems without HTTP leave files. A file is taken once it is complete; it goes through <c>working</c> to <c>done</c> or
/// <c>failed</c>, a report beside it. Each step is one move within the folder, so a crash anywhere leaves a file either where the next run
/// takes it again or with its report. One of these is kept for a folder as long as the process lives: it remembers what it saw.
/// </summary>
/// <param name="path">The folder; made when it is missing.</param>
/// <param name="clock">The time.</param>
/// <param name="limits">What is taken.</param>
public sealed class WatchedFolder(string path, TimeProvider clock, WatchedFolderLimits limits)
{
    /// <summary>Ends the name of a report.</summary>
    public const string ReportEnding = ".report.csv";

    private const int LongestName = 120;

    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp"];
    private static readonly string[] Heading = ["line", "code", "message"];

    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>Does something lie there that was still being written at the last look?</summary>
    public bool IsWaiting => _looks.Count > 0;

    /// <summary>
    /// Takes every file that is complete, one after the other, the oldest name first; what an earlier run began and did not end comes last, so that a file
    /// which always fails blocks no other.
    /// </summary>
    /// <param name="take">
    /// Does what the file asks for. May be called again with the same file after a crash: it must not do anything twice. What it throws leaves the
    /// file to the next run and ends this one.
    /// </param>
    /// <param name="ct">Ends it.</param>
    /// <returns>How many were taken.</returns>
    public async Task<int> TakeAll(Func<WatchedFile, CancellationToken, Task<FileOutcome>> take, CancellationToken ct)
    {
        var begun = Directory.GetFiles(Folder("working")).Order(StringComparer.Ordinal).ToList();
        var files = Complete().Select(Begin).OfType<string>().Concat(begun).ToList();
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            if (Reported(file) is { } before) MoveTo(before, file);
            else End(file, await Outcome(file, take, ct).ConfigureAwait(false));
        }
        return files.Count;
    }

    private Task<FileOutcome> Outcome(string file, Func<WatchedFile, CancellationToken, Task<FileOutcome>> take, CancellationToken ct) =>
        new FileInfo(file).Length > limits.MostBytes
            ? Task.FromResult(FileOutcome.Refused("file.too_large", $"文件超过 {limits.MostBytes} 字节"))
            : take(new WatchedFile(file), ct);

    // A link may lead anywhere on this machine. Complete: of one size and time since a look that is long enough ago. Nobody needs to agree on clocks or on a sign that ends a file.
    private IEnumerable<string> Complete()
    {
        var now = clock.GetUtcNow();
        var there = new DirectoryInfo(Folder("")).GetFiles().Where(f => f.LinkTarget is null && !f.Name.StartsWith('.') && !Unfinished.Contains(f.Extension.ToLowerInvariant())).ToList();
        foreach (var gone in _looks.Keys.Except(there.Select(f => f.Name)).ToList()) _looks.Remove(gone);
        foreach (var file in there.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var look = new Look(file.Length, file.LastWriteTimeUtc, now);
            if (!_looks.TryGetValue(file.Name, out var before) || (before.Length, before.WrittenAt) != (look.Length, look.WrittenAt)) _looks[file.Name] = look;
            else if (before.At + limits.Quiet <= now) yield return file.FullName;
        }
    }

    private string? Begin(string file)
    {
        var name = Path.GetFileName(file);
        if (name.Length > LongestName) name = name[^LongestName..];
        var begun = Path.Combine(Folder("working"), $"{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{name}");
        if (File.Exists(begun)) return null; // the next run has another time
        try
        {
            File.Move(file, begun);
            _looks.Remove(Path.GetFileName(file));
            return begun;
        }
        catch (FileNotFoundException)
        {
            return null; // whoever left it has taken it back
        }
    }

    private void End(string file, FileOutcome outcome)
    {
        var folder = Folder(outcome.IsTaken ? "done" : "failed");
        var report = Path.Combine(folder, Path.GetFileName(file) + ReportEnding);
        using (var writer = new StreamWriter(report + ".tmp", append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        {
            foreach (var row in outcome.Report ?? Report(outcome)) Csv.Write(writer, row);
        }
        File.SetLastWriteTimeUtc(report + ".tmp", clock.GetUtcNow().UtcDateTime); // when it was put away, by the clock that later counts how long it lies
        File.Move(report + ".tmp", report, overwrite: true);
        MoveTo(folder, file);
    }

    private static IEnumerable<IReadOnlyList<string>> Report(FileOutcome outcome) =>
        [Heading, ["", outcome.Code, outcome.Summary], .. outcome.Remarks.Select(r => (string[])[r.Line.ToString(CultureInfo.InvariantCulture), r.Code, r.Message])];

    // The report is written when all is done: where it is there, only the move was missing.
    private string? Reported(string file) => new[] { Folder("done"), Folder("failed") }.FirstOrDefault(f => File.Exists(Path.Combine(f, Path.GetFileName(file) + ReportEnding)));

    private static void MoveTo(string folder, string file) => File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(path, name)).FullName;

    private sealed record Look(long Length, DateTime WrittenAt, DateTimeOffset At);
}

/// <summary>What a watched folder takes.</summary>
/// <param name="Quiet">A file is complete when nothing has changed for so long.</param>
/// <param name="MostBytes">Longer files are refused unread.</param>
public sealed record WatchedFolderLimits(TimeSpan Quiet, long MostBytes)
{
    /// <summary>Five seconds and 64 MiB.</summary>
    public static WatchedFolderLimits Usual { get; } = new(TimeSpan.FromSeconds(5), 64 * 1024 * 1024);
}

/// <summary>A complete file.</summary>
/// <param name="Path">Where it lies while it is worked on.</param>
public sealed record WatchedFile(string Path)
{
    /// <summary>Its name as it was left, without folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path) is var name && name.IndexOf('-', StringComparison.Ordinal) is > 0 and var stamp ? name[(stamp + 1)..] : name;

    /// <summary>Its text, read as it goes; null when it is none in UTF-8, UTF-16 or GB18030.</summary>
    public TextReader? OpenText()
    {
        var stream = File.OpenRead(Path);
        if (TextFile.Open(stream) is { } reader) return reader;
        stream.Dispose();
        return null;
    }

    /// <summary>All its bytes; not more than the folder's limit.</summary>
    public Task<byte[]> ReadAll(CancellationToken ct) => File.ReadAllBytesAsync(Path, ct);
}

/// <summary>What became of a file.</summary>
/// <param name="IsTaken">False when the file as a whole was refused; single lines of a file that is taken may be refused by their remarks.</param>
/// <param name="Code">Stable code: <c>file.taken</c> or why not.</param>
/// <param name="Summary">The same for people.</param>
/// <param name="Remarks">What is to be said about single lines.</param>
public sealed record FileOutcome(bool IsTaken, string Code, string Summary, IReadOnlyList<FileRemark> Remarks)
{
    /// <summary>What is written as report instead of code, summary and remarks: a heading and rows; null for those.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Report { get; init; }

    /// <summary>It was taken.</summary>
    public static FileOutcome Taken(string summary, IReadOnlyList<FileRemark> remarks) => new(true, "file.taken", summary, remarks);

    /// <summary>Nothing of it was taken.</summary>
    public static FileOutcome Refused(string code, string summary, IReadOnlyList<FileRemark>? remarks = null) => new(false, code, summary, remarks ?? []);
}

/// <summary>Something about a line of a file.</summary>
/// <param name="Line">The line as a spreadsheet numbers it, the heading being 1.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">The same for people.</param>
public sealed record FileRemark(int Line, string Code, string Message);
