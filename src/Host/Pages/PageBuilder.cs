using System.ComponentModel;
using System.Diagnostics;

namespace Courier.Host.Pages;

/// <summary>How it stands with building the pages.</summary>
internal enum PageBuild
{
    /// <summary>Nobody builds them here; they are there or not.</summary>
    None,

    /// <summary>They are being built.</summary>
    UnderWay,

    /// <summary>There is no npm.</summary>
    NoNpm,

    /// <summary>The build ended badly.</summary>
    Failed,
}

/// <summary>How it stands with building the pages, for whoever asks for them meanwhile.</summary>
internal sealed class PageBuildState
{
    /// <summary>How it stands.</summary>
    public PageBuild Now { get; private set; }

    /// <summary>The last lines of a build that failed.</summary>
    public string Why { get; private set; } = "";

    /// <summary>Is a build going on?</summary>
    public bool IsUnderWay => Now == PageBuild.UnderWay;

    /// <summary>Sets it.</summary>
    public void Is(PageBuild now, string why = "") => (Why, Now) = (why, now);
}

/// <summary>Builds missing or outdated pages once with npm, in the background: the program serves meanwhile.</summary>
internal sealed partial class PageBuilder(PageSources sources, PageBuildState state, TimeProvider clock, ILogger<PageBuilder> log) : BackgroundService
{
    private const int LinesKept = 20;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!sources.AreOutdated()) return;
        state.Is(PageBuild.UnderWay);
        // Another process of this repository may be at it already.
        using var alone = await Alone(sources.Sources!, stoppingToken).ConfigureAwait(false);
        state.Is(sources.AreOutdated() ? await Build(stoppingToken).ConfigureAwait(false) : PageBuild.None, state.Why);
    }

    private async Task<PageBuild> Build(CancellationToken ct)
    {
        Starts();
        try
        {
            if (!HasPackages() && await Npm(["ci"], ct).ConfigureAwait(false) is { } noPackages) return Failed(noPackages);
            if (await Npm(["run", "build"], ct).ConfigureAwait(false) is { } noPages) return Failed(noPages);
            Ready();
            return PageBuild.None;
        }
        catch (Win32Exception e) // what starting a program that is not there throws
        {
            HasNoNpm(e.Message);
            return PageBuild.NoNpm;
        }
    }

    private PageBuild Failed(string why)
    {
        state.Is(PageBuild.UnderWay, why);
        Fails(why);
        return PageBuild.Failed;
    }

    // npm writes this file last.
    private bool HasPackages() =>
        new FileInfo(Path.Combine(sources.Sources!, "node_modules", ".package-lock.json")) is { Exists: true } done
        && done.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(sources.Sources!, "package-lock.json"));

    /// <returns>Null when it went well, else the last lines that it wrote.</returns>
    private async Task<string?> Npm(string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = sources.Sources, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        var last = new Queue<string>();
        process.OutputDataReceived += (_, line) => Keep(last, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(last, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        lock (last) return process.ExitCode == 0 ? null : string.Join('\n', last);
    }

    private static void Keep(Queue<string> last, string? line)
    {
        if (line is null) return;
        lock (last)
        {
            last.Enqueue(line);
            if (last.Count > LinesKept) last.Dequeue();
        }
    }

    private async Task<FileStream> Alone(string folder, CancellationToken ct)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "dist")).FullName, ".building");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Look, clock, ct).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the customers' pages are missing or outdated and are built with npm; this takes a minute or two")]
    private partial void Starts();

    [LoggerMessage(Level = LogLevel.Information, Message = "the customers' pages are ready under /app")]
    private partial void Ready();

    [LoggerMessage(Level = LogLevel.Warning, Message = "the customers' pages need npm to be built once: {Why}")]
    private partial void HasNoNpm(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the customers' pages could not be built: {Why}")]
    private partial void Fails(string why);
}
