using System.Text;

namespace Courier.Wechat.Sandbox.State;

/// <summary>
/// The sandbox's memory on disk: one line per change, <c>kind TAB key TAB json</c>, the last line of a key wins and an empty
/// json removes it. A line is handed to the operating system before the call goes on, so killing the process loses nothing,
/// and forced to the disk before the call is answered (<see cref="Sync"/>), so neither does a power cut. A torn last line is
/// dropped. The file is rewritten (new file, flush, rename) when most of its lines are outdated.
/// </summary>
internal sealed class StateFile : IDisposable
{
    const int RewriteAfter = 50_000;
    readonly string path;
    readonly List<IDocuments> sets = [];
    readonly Dictionary<string, Dictionary<string, string>> loaded = [];
    readonly SemaphoreSlim flushing = new(1);
    FileStream stream;
    int appended;
    long written;
    long forced;

    public StateFile(string directory)
    {
        Directory.CreateDirectory(directory);
        path = Path.Combine(directory, "sandbox.state");
        stream = Open();
        Load();
    }

    /// <summary>Joins a set of documents to the file and gives it what the file holds for it.</summary>
    public IReadOnlyDictionary<string, string> Join(IDocuments set)
    {
        sets.Add(set);
        return loaded.Remove(set.Kind, out var documents) ? documents : new Dictionary<string, string>();
    }

    public void Append(string kind, string key, string json)
    {
        stream.Write(Encoding.UTF8.GetBytes($"{kind}\t{key}\t{json}\n"));
        stream.Flush();
        Interlocked.Increment(ref written);
        if (++appended > RewriteAfter && appended > 4 * sets.Sum(set => set.Count)) Rewrite();
    }

    /// <summary>Forces to the disk what was appended before; one flush serves all that wait for it.</summary>
    public async Task Sync()
    {
        var wanted = Interlocked.Read(ref written);
        if (Interlocked.Read(ref forced) >= wanted) return;
        await flushing.WaitAsync();
        try
        {
            if (forced >= wanted) return;
            var reached = Interlocked.Read(ref written);
            await Task.Run(() => Force(stream));
            Interlocked.Exchange(ref forced, reached);
        }
        finally
        {
            flushing.Release();
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        flushing.Dispose();
    }

    /// <summary>A file that was rewritten meanwhile is on the disk as a whole already.</summary>
    static void Force(FileStream file)
    {
        try
        {
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        catch (ObjectDisposedException)
        {
            return;
        }
    }

    FileStream Open() => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    void Load()
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        stream.SetLength(whole);
        stream.Seek(0, SeekOrigin.End);
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Take(line.Split('\t', 3));
    }

    void Take(string[] parts)
    {
        appended++;
        if (parts.Length < 3) return;
        if (!loaded.TryGetValue(parts[0], out var documents)) loaded[parts[0]] = documents = [];
        if (parts[2].Length == 0) documents.Remove(parts[1]);
        else documents[parts[1]] = parts[2];
    }

    void Rewrite()
    {
        var fresh = path + ".new";
        using (var output = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            foreach (var set in sets)
                foreach (var (key, json) in set.All())
                    output.Write(Encoding.UTF8.GetBytes($"{set.Kind}\t{key}\t{json}\n"));
            output.Flush(flushToDisk: true);
        }
        stream.Dispose();
        File.Move(fresh, path, overwrite: true);
        stream = Open();
        stream.Seek(0, SeekOrigin.End);
        appended = 0;
    }
}
