using System.Security.Cryptography;
using Courier.Media.Codecs;

namespace Courier.Media.Wav;

/// <summary>What a recording came to.</summary>
/// <param name="Length">How long it sounds.</param>
/// <param name="Bytes">Of the plain WAV file.</param>
/// <param name="Sha256">Of the plain WAV file, 64 lower-case hexadecimal digits; empty when there is a fault.</param>
/// <param name="Fault">Why it ends before its time or cannot be used; null when all is well.</param>
public sealed record Recorded(TimeSpan Length, long Bytes, string Sha256, string? Fault);

/// <summary>A recording's file as a whole.</summary>
public static class WavFile
{
    /// <summary>
    /// Puts the sizes in the header right by the length of the stream, and takes the hash. For a recording that ends, and for one whose process ended
    /// before it could: what was written until then is whole afterwards. Doing it again changes nothing.
    /// </summary>
    /// <param name="wav">The plain WAV file: able to read, write and seek.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="InvalidDataException">It is no recording of ours.</exception>
    public static async Task<Recorded> Complete(Stream wav, CancellationToken ct)
    {
        var header = new byte[WavHeader.Length];
        wav.Position = 0;
        await wav.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, ct);
        if (WavHeader.ChannelsOf(header) is not { } channels) throw new InvalidDataException("This is no recording.");
        var sample = channels * WavHeader.SampleBytes;
        var data = (wav.Length - header.Length) / sample * sample;
        if (wav.Length != header.Length + data) wav.SetLength(header.Length + data); // cut off within a sample
        WavHeader.Write(header, channels, data);
        wav.Position = 0;
        await wav.WriteAsync(header, ct);
        await wav.FlushAsync(ct);
        wav.Position = 0;
        var hash = await SHA256.HashDataAsync(wav, ct);
        return new Recorded(TimeSpan.FromSeconds((double)data / sample / Frame.Rate), header.Length + data, Convert.ToHexStringLower(hash), null);
    }
}
