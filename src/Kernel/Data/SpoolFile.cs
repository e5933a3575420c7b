using System.Globalization;
using System.Text;

namespace Courier.Kernel.Data;

/// <summary>
/// One file of lines that only grows until all of it is done with. What <see cref="Append"/> returned from is on the disk. How far it
/// is done with stands beside it, unsynced: after a crash some lines come again, none is left out.
/// </summary>
public sealed class SpoolFile : IDisposable
{
    private readonly FileStream _lines;
    private readonly string _marker;
    private long _end;

    private SpoolFile(FileStream lines, string marker)
    {
        _lines = lines;
        _marker = marker;
        _end = EndOfLastLine();
        Done = Math.Min(_end, ReadMarker());
    }

    /// <summary>Up to here everything is done with.</summary>
    public long Done { get; private set; }

    /// <summary>How many bytes wait.</summary>
    public long Waiting => _end - Done;

    /// <summary>Opens it for this process alone, and makes it when it is missing; null when another process has it.</summary>
    public static SpoolFile? TryOpen(string path)
    {
        try
        {
            return new SpoolFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), path + ".done");
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Adds lines and syncs them.</summary>
    /// <returns>Where each line ends.</returns>
    /// <exception cref="IOException">The disk does not take them: none of them counts, and the next call writes over what is there.</exception>
    public IReadOnlyList<long> Append(IReadOnlyList<string> lines)
    {
        var ends = new List<long>(lines.Count);
        var end = _end;
        _lines.Position = _end;
        foreach (var line in lines)
        {
            var bytes = Encoding.ASCII.GetBytes(line + "\n");
            _lines.Write(bytes);
            ends.Add(end += bytes.Length);
        }
        _lines.SetLength(end);
        _lines.Flush(flushToDisk: true);
        _end = end;
        return ends;
    }

    /// <summary>The lines that wait, the oldest first, each with where it ends. Not to be read while lines are appended.</summary>
    public IEnumerable<(string Line, long End)> Lines(int most)
    {
        using var reader = new StreamReader(_lines, Encoding.ASCII, false, 1 << 16, leaveOpen: true); // a line is Base64: a character is a byte
        _lines.Position = Done;
        for (var (end, count) = (Done, 0); end < _end && count < most; count++)
        {
            var line = reader.ReadLine()!;
            yield return (line, end += line.Length + 1);
        }
    }

    /// <summary>Everything up to here is done with; a file that is done with altogether becomes empty.</summary>
    public void MarkDone(long until)
    {
        Done = until;
        if (Done == _end)
        {
            // First the lines, then the marker: a marker beyond the end counts as none.
            _lines.SetLength(0);
            _lines.Flush(flushToDisk: true);
            Done = _end = 0;
        }
        File.WriteAllText(_marker, Done.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Gives the file back; another process may take it.</summary>
    public void Dispose() => _lines.Dispose();

    // A last line without its end was being written when the process died: nobody was told that it is kept.
    private long EndOfLastLine()
    {
        var bytes = new byte[_lines.Length];
        _lines.ReadExactly(bytes);
        return Array.LastIndexOf(bytes, (byte)'\n') + 1;
    }

    private long ReadMarker() =>
        File.Exists(_marker) && long.TryParse(File.ReadAllText(_marker), NumberStyles.None, CultureInfo.InvariantCulture, out var done) && done <= _end ? done : 0;
}
