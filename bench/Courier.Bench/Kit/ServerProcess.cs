using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Courier.Bench.Kit;

/// <summary>A server in a process of its own, so that its CPU and memory are its own.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly TaskCompletionSource<Uri> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _listens.TrySetException(new BenchFailed($"a server ended: {string.Join('\n', _lines.TakeLast(20))}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _listens.Task.Result;

    /// <summary>CPU time that it has used since its start, user and system.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>
    /// Memory of its own, in bytes: without the pages of files that it has mapped. The database's file grows with what is kept in it,
    /// its pages count as the process's working set although the system takes them back when it needs them.
    /// </summary>
    public long OwnMemory
    {
        get
        {
            const string Anonymous = "RssAnon:"; // in KiB, proc_pid_status(5)
            var status = $"/proc/{_process.Id}/status";
            if (File.Exists(status) && File.ReadLines(status).FirstOrDefault(l => l.StartsWith(Anonymous, StringComparison.Ordinal)) is { } line)
                return 1024 * long.Parse(line[Anonymous.Length..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
            _process.Refresh();
            return _process.PrivateMemorySize64;
        }
    }

    /// <summary>How many files and sockets it has open (proc_pid_fd(5)).</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>What it printed, for diagnosis.</summary>
    public IEnumerable<string> Output => _lines;

    /// <summary>The product as in Production; ready when it serves.</summary>
    /// <param name="settings">Settings, <c>Name=value</c>.</param>
    /// <param name="folder">Where it was published to; null for the one that was built along with this program.</param>
    public static Task<ServerProcess> Product(IEnumerable<string> settings, string? folder = null) =>
        Start(Path.Combine(folder is null ? AppContext.BaseDirectory : Path.GetFullPath(folder), "Courier.Host.dll"), [.. settings.Select(s => "--" + s), "--urls=http://127.0.0.1:0"]);

    /// <summary>A server of this program (<c>serve name …</c>); it says <c>ready at http://…</c> when it serves.</summary>
    public static Task<ServerProcess> Own(string name, params string[] arguments) => Start(Path.Combine(AppContext.BaseDirectory, "Courier.Bench.dll"), ["serve", name, .. arguments]);

    /// <summary>Writes a line to its standard input.</summary>
    public Task Tell(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Ends it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<ServerProcess> Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.ArgumentList.Add(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var server = new ServerProcess(Process.Start(start) ?? throw new BenchFailed("dotnet cannot be started"));
        await server._listens.Task.WaitAsync(Patience);
        return server;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        if (Ready().Match(line) is { Success: true } ready)
            _listens.TrySetResult(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ready.Groups["port"].Value}")));
    }

    [GeneratedRegex(@"ready\D*?(http|udp)://[^:/]+:(?<port>\d+)")]
    private static partial Regex Ready();
}
