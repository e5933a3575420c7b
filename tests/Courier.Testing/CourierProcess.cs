using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Courier.Testing;

/// <summary>The built program in a process of its own, for what only a process can show: exit codes, signals, being killed.</summary>
public sealed partial class CourierProcess : IAsyncDisposable
{
    // The usual ones may be another test's.
    private static readonly string[] AnyPorts = ["--CallCenter:Sip:Port=0", "--CallCenter:Sip:Tls:Port=0", "--CallCenter:Rtp:FirstPort=0", "--CallCenter:Rtp:LastPort=0"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private Uri? _address;
    private HttpClient? _http;

    private CourierProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _address ?? throw new InvalidOperationException("the program does not listen");

    /// <summary>Speaks to it.</summary>
    public HttpClient Http => _http ??= new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>What it printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts the program in Development on a free port and waits until it is ready.</summary>
    /// <param name="dataDirectory">Its data; a restart with the same one finds what the former process left.</param>
    /// <param name="settings">More settings: <c>Demo:Enabled=false</c>.</param>
    public static async Task<CourierProcess> Start(string dataDirectory, params string[] settings)
    {
        var started = Run(["--environment=Development", $"--Data:Directory={dataDirectory}", "--Pages:Build=false", .. AnyPorts, .. settings.Select(s => "--" + s)]);
        try
        {
            await Wait.Until(async () => started.HasExited ? throw new InvalidOperationException(started.Output) : started.Listens() && await started.IsReady(),
                "the program is ready", TimeSpan.FromMinutes(3));
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the program with these arguments only and waits for its end.</summary>
    /// <returns>Exit code and everything it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEnd(params string[] arguments)
    {
        await using var started = Run(arguments);
        await started._process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
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
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private static CourierProcess Run(IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Courier.Host.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(program).Append("--urls=http://127.0.0.1:0"))
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started");
        return new CourierProcess(process);
    }

    // It takes any free port and names it in its first line. It listens on IPv4 only; "localhost" might be tried by IPv6 first.
    private bool Listens()
    {
        if (_address is null && Greeting().Match(Output) is { Success: true } greeting) _address = new Uri($"http://127.0.0.1:{greeting.Groups["port"].Value}");
        return _address is not null;
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null) _lines.Enqueue(line);
    }

    [GeneratedRegex(@"^Courier is ready\D*?http://[^:/]+:(?<port>\d+)", RegexOptions.Multiline)]
    private static partial Regex Greeting();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
