namespace Courier.Media.Codecs;

/// <summary>G.711 by tables (ITU-T G.711): 16-bit samples to bytes and back.</summary>
internal static class G711
{
    private static readonly short[] ALaw = [.. Enumerable.Range(0, 256).Select(code => DecodeALaw((byte)code))];
    private static readonly short[] MuLaw = [.. Enumerable.Range(0, 256).Select(code => DecodeMuLaw((byte)code))];
    private static readonly byte[] ToALaw = [.. Enumerable.Range(0, 65536).Select(sample => EncodeALaw((short)(ushort)sample))];
    private static readonly byte[] ToMuLaw = [.. Enumerable.Range(0, 65536).Select(sample => EncodeMuLaw((short)(ushort)sample))];

    /// <summary>The byte that stands for nothing to be heard.</summary>
    public static byte Silence(Codec codec) => codec switch { Codec.Pcma => 0xD5, Codec.Pcmu => 0xFF };

    /// <summary>Writes as many samples as there are codes.</summary>
    public static void Decode(Codec codec, ReadOnlySpan<byte> codes, Span<short> samples)
    {
        var table = codec switch { Codec.Pcma => ALaw, Codec.Pcmu => MuLaw };
        for (var i = 0; i < codes.Length; i++) samples[i] = table[codes[i]];
    }

    /// <summary>Writes as many codes as there are samples.</summary>
    public static void Encode(Codec codec, ReadOnlySpan<short> samples, Span<byte> codes)
    {
        var table = codec switch { Codec.Pcma => ToALaw, Codec.Pcmu => ToMuLaw };
        for (var i = 0; i < samples.Length; i++) codes[i] = table[(ushort)samples[i]];
    }

    private static short DecodeALaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = (bits >> 4) & 7;
        var size = ((bits & 15) << 4) + (segment == 0 ? 8 : 0x108);
        if (segment > 1) size <<= segment - 1;
        return (short)((bits & 0x80) != 0 ? size : -size);
    }

    private static byte EncodeALaw(short sample)
    {
        var size = (sample >= 0 ? sample : ~sample) >> 4;
        var code = size;
        if (size > 15)
        {
            var segment = 1;
            for (; size > 31; segment++) size >>= 1;
            code = (segment << 4) | (size - 16);
        }
        return (byte)((code | (sample >= 0 ? 0x80 : 0)) ^ 0x55);
    }

    private static short DecodeMuLaw(byte code)
    {
        var bits = ~code;
        var size = ((((bits & 15) << 3) + Bias) << ((bits >> 4) & 7)) - Bias;
        return (short)((bits & 0x80) != 0 ? -size : size);
    }

    private static byte EncodeMuLaw(short sample)
    {
        var size = Math.Min(Math.Abs((int)sample), 32635) + Bias;
        var segment = int.Log2(size) - 7;
        return (byte)~((sample < 0 ? 0x80 : 0) | (segment << 4) | ((size >> (segment + 3)) & 15));
    }

    // Added before the logarithm is taken, so that the smallest segment is as regular as the others (G.711 table 2).
    private const int Bias = 132;
}
