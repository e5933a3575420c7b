using System.Buffers.Binary;
using Courier.Media.Codecs;

namespace Courier.Media.Wav;

/// <summary>The 44 bytes before 16-bit PCM samples at 8 kHz.</summary>
internal static class WavHeader
{
    /// <summary>Its length.</summary>
    public const int Length = 44;

    /// <summary>Bytes of a sample of one channel.</summary>
    public const int SampleBytes = 2;

    private const int RiffSizeAt = 4, ChannelsAt = 22, DataSizeAt = 40;

    /// <summary>Writes it for so many bytes of samples.</summary>
    public static void Write(Span<byte> header, int channels, long dataBytes)
    {
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[ChannelsAt..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Frame.Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], Frame.Rate * channels * SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], (short)(channels * SampleBytes));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 8 * SampleBytes);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[RiffSizeAt..], (uint)Math.Min(uint.MaxValue, dataBytes + Length - 8));
        BinaryPrimitives.WriteUInt32LittleEndian(header[DataSizeAt..], (uint)Math.Min(uint.MaxValue, dataBytes));
    }

    /// <summary>How many channels a header of ours names; null when it is none.</summary>
    public static int? ChannelsOf(ReadOnlySpan<byte> header) =>
        header.Length == Length && header.StartsWith("RIFF"u8) && header[36..].StartsWith("data"u8) && BinaryPrimitives.ReadInt16LittleEndian(header[ChannelsAt..]) is var channels and (1 or 2)
            ? channels
            : null;
}
