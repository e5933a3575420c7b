using System.Buffers.Binary;

namespace Courier.Testing;

/// <summary>A WAV file of 16 bit samples, 8000 a second, taken apart. The length in its head is not believed: whoever writes it may still be at it.</summary>
public sealed class WavSound
{
    private readonly short[] _samples;
    private readonly int _sides;

    private WavSound(short[] samples, int sides) => (_samples, _sides) = (samples, sides);

    /// <summary>The first side, or the only one.</summary>
    public short[] Left => Side(0);

    /// <summary>The last side, or the only one.</summary>
    public short[] Right => Side(_sides - 1);

    /// <summary>Takes a file apart.</summary>
    /// <exception cref="InvalidDataException">It is another kind of file.</exception>
    public static WavSound Read(byte[] wav)
    {
        if (!wav.AsSpan(0, 4).SequenceEqual("RIFF"u8) || BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)) != 8000 || BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(34)) != 16)
            throw new InvalidDataException("no WAV file of 16 bit samples, 8000 a second");
        var data = wav.AsSpan(wav.AsSpan().IndexOf("data"u8) + 8);
        var samples = new short[data.Length / 2];
        for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]);
        return new WavSound(samples, BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(22)));
    }

    /// <summary>A file of one side.</summary>
    public static byte[] Write(short[] samples)
    {
        var wav = new byte[44 + 2 * samples.Length];
        "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1F\0\0"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 16_000);
        (wav[32], wav[34]) = (2, 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), 2 * samples.Length);
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + 2 * i), samples[i]);
        return wav;
    }

    private short[] Side(int side)
    {
        var samples = new short[_samples.Length / _sides];
        for (var i = 0; i < samples.Length; i++) samples[i] = _samples[(i * _sides) + side];
        return samples;
    }
}
