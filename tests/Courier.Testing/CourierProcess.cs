using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Courier.Testing;

/// <summary>The built program in a process of its own, for what only a process can show: exit codes, signals, being killed.</summary>
public sealed partial class CourierProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private CourierProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Speaks to it.</summary>
    public HttpClient Http { get; }

    /// <summary>What it printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts the program in Development on a free port and waits until it is ready.</summary>
    /// <param name="dataDirectory">Its data; a restart with the same one finds what the former process left.</param>
    /// <param name="settings">More settings: <c>Demo:Enabled=false</c>.</param>
    public static async Task<CourierProcess> Start(string dataDirectory, params string[] settings)
    {
        var started = Run(FreePort(), ["--environment=Development", $"--Data:Directory={dataDirectory}", .. settings.Select(s => "--" + s)]);
        await Wait.Until(async () => started.HasExited ? throw new InvalidOperationException(started.Output) : await started.IsReady(),
            "the program is ready", TimeSpan.FromSeconds(90));
        return started;
    }

    /// <summary>Starts the program with these arguments only and waits for its end.</summary>
    /// <returns>Exit code and everything it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEnd(params string[] arguments)
    {
        await using var started = Run(FreePort(), arguments);
        await started._process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        started._process.WaitForExit();
        return (started._process.ExitCode, started.Output);
    }

    /// <summary>Has it ended?</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>SIGKILL: it has no chance to do anything.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: it drains and ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        if (Signal(_process.Id, 15) != 0) throw new InvalidOperationException("the signal could not be sent");
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private static CourierProcess Run(int port, IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Courier.Host.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(program).Append(string.Create(CultureInfo.InvariantCulture, $"--urls=http://127.0.0.1:{port}")))
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started");
        return new CourierProcess(process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null) _lines.Enqueue(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
