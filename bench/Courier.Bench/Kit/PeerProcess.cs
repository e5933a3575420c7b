using System.Collections.Concurrent;
using System.Diagnostics;

namespace Courier.Bench.Kit;

/// <summary>A program of others, in a folder of its own: a load, or what is measured beside us.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private PeerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
    }

    /// <summary>CPU time that it has used since its start, user and system.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it printed.</summary>
    public string Said => string.Join('\n', _lines);

    /// <summary>Starts it.</summary>
    /// <param name="program">Its name; it has to be installed.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    public static PeerProcess Start(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TERM"] = "dumb";
        var peer = new PeerProcess(new Process { StartInfo = start });
        BenchFailed.Unless(peer._process.Start(), $"{program} cannot be started");
        peer._process.BeginOutputReadLine();
        peer._process.BeginErrorReadLine();
        peer._process.StandardInput.Close();
        return peer;
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <param name="limit">For how long.</param>
    public async Task<int> Ended(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new BenchFailed($"{_process.StartInfo.FileName} does not end: {string.Join('\n', _lines.TakeLast(20))}");
        }
        return _process.ExitCode;
    }

    /// <summary>Ends it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text) _lines.Enqueue(text);
    }
}
