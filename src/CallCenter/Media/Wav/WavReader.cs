using System.Buffers.Binary;
using Courier.Media.Codecs;

namespace Courier.Media.Wav;

/// <summary>Reads WAV files that people and synthesizers make, and gives what a telephone can play: 8 kHz, mono, 16 bit.</summary>
internal static class WavReader
{
    private const int Largest = 64 * 1024 * 1024;
    private const int Pcm = 1, ALaw = 6, MuLaw = 7, Extensible = 0xFFFE;

    /// <summary>The samples.</summary>
    /// <exception cref="InvalidDataException">It is no WAV file, or one of another kind.</exception>
    public static short[] Read(Stream wav)
    {
        var bytes = ReadAll(wav);
        if (bytes.Length < 12 || !bytes.AsSpan().StartsWith("RIFF"u8) || !bytes.AsSpan(8).StartsWith("WAVE"u8)) throw new InvalidDataException("This is no WAV file.");
        Format? format = null;
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var name = bytes.AsSpan(at, 4);
            var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4)), (uint)(bytes.Length - at - 8)); // streams write sizes that are too large
            var content = bytes.AsSpan(at + 8, size);
            if (name.SequenceEqual("fmt "u8)) format = ReadFormat(content);
            if (name.SequenceEqual("data"u8)) return Resampling.ToTelephone(Mono(format ?? throw new InvalidDataException("The WAV file does not say its format."), content), format.Rate);
            at += 8 + size + size % 2;
        }
        throw new InvalidDataException("The WAV file has no sound.");
    }

    private static byte[] ReadAll(Stream wav)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = wav.Read(buffer)) > 0;)
        {
            memory.Write(buffer, 0, count);
            if (memory.Length > Largest) throw new InvalidDataException("The WAV file is too large.");
        }
        return memory.ToArray();
    }

    private static Format ReadFormat(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16) throw new InvalidDataException("The WAV file's format is cut off.");
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag == Extensible && chunk.Length >= 26) tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        var (channels, rate, bits) = (BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]), BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]), BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]));
        var isKnown = tag switch { Pcm => bits is 8 or 16 or 24 or 32, ALaw or MuLaw => bits == 8, _ => false };
        if (!isKnown || channels is 0 or > 8 || rate is < 4000 or > 192_000) throw new InvalidDataException($"WAV of format {tag} with {bits} bits, {channels} channels and {rate} Hz is not read.");
        return new Format(tag, channels, rate, bits / 8);
    }

    private static float[] Mono(Format format, ReadOnlySpan<byte> data)
    {
        var step = format.Bytes * format.Channels;
        var samples = new float[data.Length / step];
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0f;
            for (var channel = 0; channel < format.Channels; channel++) sum += Sample(format, data.Slice(i * step + channel * format.Bytes, format.Bytes));
            samples[i] = sum / format.Channels;
        }
        return samples;
    }

    // In the range of 16 bits, whatever the width.
    private static float Sample(Format format, ReadOnlySpan<byte> bytes)
    {
        if (format.Tag == Pcm)
        {
            return bytes.Length switch
            {
                1 => (bytes[0] - 128) * 256f,
                2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                3 => (bytes[0] | bytes[1] << 8 | (sbyte)bytes[2] << 16) / 256f,
                _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 65536f,
            };
        }
        Span<short> decoded = stackalloc short[1];
        G711.Decode(format.Tag == ALaw ? Codec.Pcma : Codec.Pcmu, bytes, decoded);
        return decoded[0];
    }

    private sealed record Format(int Tag, int Channels, int Rate, int Bytes);
}
