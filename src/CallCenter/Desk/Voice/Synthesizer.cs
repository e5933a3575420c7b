using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Courier.Kernel;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Voice;

/// <summary>
/// Speaks offline: a synthesizer writes a file, a converter makes telephone sound of it (8 kHz, 16 bit, one channel, the band of a
/// telephone, even loudness, no clipping). Texts go in over standard input and never through a shell.
/// </summary>
internal sealed partial class Synthesizer(PromptOptions options, TimeProvider clock, ILogger<Synthesizer> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly string[] Sound =
        ["-r", "8000", "-b", "16", "-c", "1", "-e", "signed-integer"],
        Effects = ["gain", "-9", "highpass", "180", "lowpass", "3400", "compand", "0.005,0.1", "6:-60,-60,-30,-18,-10,-8,0,-4", "0", "-60", "0.01", "gain", "-n", "-3"];

    private int _told;

    /// <summary>What distinguishes its sound from that of other settings.</summary>
    public string Manner { get; } = string.Create(CultureInfo.InvariantCulture, $"{options.Voice}/{options.Speed}/{options.Pitch}");

    /// <summary>Renders a text.</summary>
    /// <param name="text">Chinese, numbers written out.</param>
    /// <param name="folder">Where its files lie while it works.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The path of a WAV file in the folder, which belongs to the caller; null where there is no synthesizer, or it fails: that is logged once.</returns>
    public async Task<string?> Render(string text, string folder, CancellationToken ct)
    {
        if (options.Synthesizer.Length == 0) return Absent("the setting CallCenter:Prompts:Synthesizer is empty");
        var (spoken, sound) = (Path.Combine(folder, Ids.New(clock) + ".spoken"), Path.Combine(folder, Ids.New(clock) + ".wav"));
        try
        {
            await Run(options.Synthesizer, ["-v", options.Voice, "-s", Number(options.Speed), "-p", Number(options.Pitch), "-g", "2", "-b", "1", "--stdin", "-w", spoken], text, ct).ConfigureAwait(false);
            await Run(options.Converter, ["-t", "wav", spoken, .. Sound, sound, .. Effects], "", ct).ConfigureAwait(false);
            return sound;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException or TimeoutException)
        {
            File.Delete(sound);
            return Absent(e.Message);
        }
        finally
        {
            File.Delete(spoken);
        }
    }

    private static async Task Run(string program, string[] arguments, string input, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardInputEncoding = new UTF8Encoding(false),
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token).ConfigureAwait(false);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {(await error.ConfigureAwait(false)).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            if (ct.IsCancellationRequested) throw;
            throw new TimeoutException($"{program} did not end within {Longest.TotalSeconds:0} seconds");
        }
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private string? Absent(string why)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0) NotSpoken(log, options.Synthesizer, options.Converter, why);
        return null;
    }

    [LoggerMessage(LogLevel.Error, "Prompts cannot be spoken: {Synthesizer} and {Converter} are needed, or recordings ({Why}). Callers hear a tone instead, and what they ask for still goes out by WeChat and short message")]
    private static partial void NotSpoken(ILogger log, string synthesizer, string converter, string why);
}
