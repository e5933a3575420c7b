using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Courier.Testing;

/// <summary>A SIP program of others, run in a directory of its own; ended with the test.</summary>
public sealed class PeerProgram : IDisposable
{
    private const int FirstPort = 22_000, PortGroups = 1_500, PortsOfAGroup = 4;

    private static int _ports = Environment.ProcessId * 37; // test processes beside each other begin elsewhere

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

    /// <summary>
    /// A port that nobody has now, by TCP and UDP and the three after it too, for a program that has to be told one. It lies below those that the
    /// system gives to whoever asks for any, so that no call to somewhere takes it meanwhile; and a process gives none twice before all are used up.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (int)((uint)Interlocked.Increment(ref _ports) % PortGroups) * PortsOfAGroup;
            if (Enumerable.Range(port, PortsOfAGroup).All(p => CanBind(p, ProtocolType.Udp)) && CanBind(port, ProtocolType.Tcp)) return port;
        }
    }

    private static bool CanBind(int port, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits until the program ends by itself; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
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
