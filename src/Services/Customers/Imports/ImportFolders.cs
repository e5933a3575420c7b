using System.Collections.Concurrent;
using System.Globalization;
using Courier.Kernel.Folders;
using Courier.Kernel.Modules;

namespace Courier.Services.Customers.Imports;

/// <summary>Where the files of sources lie: folders that are watched, and those into which files are fetched.</summary>
internal sealed class ImportFolders(DataDirectory data, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, WatchedFolder> _watched = new(StringComparer.Ordinal);

    /// <summary>The watched folder of a source; one as long as the process lives, for it remembers what it saw.</summary>
    public WatchedFolder Watched(ImportSource source) =>
        _watched.GetOrAdd(source.Name, _ => new WatchedFolder(Root(source), clock, new WatchedFolderLimits(source.SettleFor, long.MaxValue))); // its size is looked at where the report is written

    /// <summary>Files that were fetched whole and are not done, the oldest first.</summary>
    public IReadOnlyList<string> Fetched(ImportSource source) =>
        [.. Directory.EnumerateFiles(Root(source)).Where(f => !f.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Where a file is written while it is fetched, and where it lies once it is whole. What a crash left of an earlier fetch goes.</summary>
    public (string Part, string File) Place(ImportSource source, string name)
    {
        foreach (var left in Directory.EnumerateFiles(Root(source), "*.part")) File.Delete(left);
        var file = Path.Combine(Root(source), $"{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{name}");
        return (file + ".part", file);
    }

    /// <summary>Removes files that were done or refused long ago: they name people.</summary>
    public void Purge(ImportSource source, TimeSpan age)
    {
        if (!source.IsFolder) return;
        foreach (var folder in new[] { "done", "failed" }.Select(f => new DirectoryInfo(Path.Combine(Root(source), f))).Where(f => f.Exists))
            foreach (var file in folder.EnumerateFiles().Where(f => clock.GetUtcNow() - PutAway(f) > age).ToList()) file.Delete(); // none before all are judged: a file is judged by its report
    }

    // A file that was moved keeps the time of its last writing, which may be years ago; its report is as old as its run.
    private static DateTime PutAway(FileInfo file)
    {
        var report = new FileInfo(file.FullName + WatchedFolder.ReportEnding);
        return report.Exists ? report.LastWriteTimeUtc : file.LastWriteTimeUtc;
    }

    private string Root(ImportSource source) => source.IsFolder ? Path.Combine(data.Path, source.Folder) : data.Folder(Path.Combine("imports", source.Name));
}
