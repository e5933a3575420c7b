using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Courier.Testing;

/// <summary>A SIP program of others, run in a directory of its own; ended with the test.</summary>
public sealed class PeerProgram : IDisposable
{
    private readonly StringBuilder _said = new();
    private readonly Process _process;

    private PeerProgram(Process process, string directory)
    {
        _process = process;
        Directory = directory;
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>Where it runs; removed with it.</summary>
    public string Directory { get; }

    /// <summary>What it printed so far.</summary>
    public string Said { get { lock (_said) return _said.ToString(); } }

    /// <summary>Starts it.</summary>
    public static PeerProgram Start(string program, string directory, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        info.Environment["TERM"] = "dumb";
        return new PeerProgram(new Process { StartInfo = info }, directory);
    }

    /// <summary>A new directory for one.</summary>
    public static string NewDirectory() => System.IO.Directory.CreateTempSubdirectory("courier-sip-").FullName;

    /// <summary>A port that nobody has now, for a program that has to be told one.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until the program ends by itself; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_said) _said.AppendLine(line.Data);
    }
}
