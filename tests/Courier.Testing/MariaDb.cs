using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Courier.Testing;

/// <summary>
/// A MariaDB server of our own, one for a test process (or one more for a test that hurts it): own data directory, own port, gone with the process.
/// Each <see cref="NewDatabase"/> is an empty database in it.
/// </summary>
public sealed class MariaDb
{
    private static readonly Lazy<Task<MariaDb>> Shared = new(() => Start([]));
    private static int _databases;

    private readonly string _directory;
    private readonly int _port;
    private readonly string[] _settings;
    private readonly Lock _stopping = new();
    private Process _server;

    private MariaDb(string directory, int port, string[] settings, Process server)
    {
        _directory = directory;
        _port = port;
        _settings = settings;
        _server = server;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    /// <summary>The connection string of a new, empty database.</summary>
    public static async Task<string> NewDatabase() => await (await Shared.Value).Create();

    /// <summary>A server of a test's own, which it may stop, hold and start again.</summary>
    /// <param name="settings">Options of <c>mariadbd</c> that hold instead of those for tests.</param>
    public static Task<MariaDb> OfItsOwn(params string[] settings) => Start(settings);

    /// <summary>A new, empty database in this server.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> Create()
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await Execute($"create database {name} character set utf8mb4 collate utf8mb4_bin");
        return $"Server=127.0.0.1;Port={_port};Database={name};User ID=root;SslMode=Disabled";
    }

    /// <summary>Runs statements in its own client, for as long as they take.</summary>
    public async Task Execute(string statements)
    {
        using var client = Run(out var told, "mariadb", "--no-defaults", "-uroot", "-h127.0.0.1", $"-P{_port}", "-e", statements);
        await client.WaitForExitAsync();
        if (client.ExitCode != 0) throw Failed(client, "mariadb", told);
    }

    /// <summary>Ends it and removes its data; the end of this process does so too.</summary>
    public void Stop()
    {
        lock (_stopping)
        {
            if (!Directory.Exists(_directory)) return;
            if (!_server.HasExited) _server.Kill();
            _server.WaitForExit(5000);
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>SIGSTOP: it is there and answers nobody.</summary>
    public void Hold() => Signal("STOP");

    /// <summary>SIGCONT: it goes on where it was held.</summary>
    public void GoOn() => Signal("CONT");

    /// <summary>SIGKILL: it is gone; connections are refused.</summary>
    public async Task Kill()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
    }

    /// <summary>Starts it again on the same data and port.</summary>
    public async Task Restart()
    {
        _server = Serve(_directory, _port, _settings, out var output);
        await Accepts(_server, _port, output);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task<MariaDb> Start(string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("courier-mariadb-").FullName;
        var data = Path.Combine(directory, "data");
        using (var install = Run(out var told, "mariadb-install-db", "--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", "--user=" + Environment.UserName))
        {
            await install.WaitForExitAsync();
            if (install.ExitCode != 0) throw Failed(install, "mariadb-install-db", told);
        }
        var port = PeerProgram.FreePort();
        var maria = new MariaDb(directory, port, settings, Serve(directory, port, settings, out var output));
        await Accepts(maria._server, port, output);
        return maria;
    }

    // Nothing waits for the disk: what a killed server has written is in the system's cache, and no test cuts the power.
    private static Process Serve(string directory, int port, string[] settings, out ConcurrentQueue<string> output) =>
        Run(out output, "mariadbd", ["--no-defaults", $"--datadir={Path.Combine(directory, "data")}", $"--port={port}", "--bind-address=127.0.0.1",
            $"--socket={Path.Combine(directory, "s.sock")}", $"--pid-file={Path.Combine(directory, "pid")}", "--user=" + Environment.UserName,
            "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--debug-no-sync", "--innodb-buffer-pool-size=64M", "--max-connections=400", "--skip-name-resolve", "--character-set-server=utf8mb4", .. settings]);

    private static Task Accepts(Process server, int port, ConcurrentQueue<string> output) =>
        Wait.Until(() => server.HasExited ? throw Failed(server, "mariadbd", output) : CanConnect(port), "MariaDB accepts connections", TimeSpan.FromMinutes(2));

    private static Process Run(out ConcurrentQueue<string> output, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Locate(program)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started");
        var lines = output = [];
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) lines.Enqueue(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) lines.Enqueue(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Where a server program lies: Debian puts them into a folder that is in root's PATH only.</summary>
    public static string Locate(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin".Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{program} is not installed");

    private static InvalidOperationException Failed(Process process, string program, IEnumerable<string> output)
    {
        process.WaitForExit(); // until all of its output is here
        return new($"{program} ended with code {process.ExitCode}:\n{string.Join('\n', output)}");
    }

    private static async Task<bool> CanConnect(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
