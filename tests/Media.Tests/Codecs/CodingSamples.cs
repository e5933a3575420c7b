using Courier.Media.Codecs;

namespace Courier.Media.Tests.Codecs;

public sealed class CodingSamples
{
    // Rows of the tables of G.711 (positive half, in 16-bit scale): code as sent → value.
    [Theory]
    [InlineData("Pcma", 0xD5, 8)]
    [InlineData("Pcma", 0x55, -8)]
    [InlineData("Pcma", 0xAA, 32256)]
    [InlineData("Pcma", 0x2A, -32256)]
    [InlineData("Pcma", 0xC5, 264)]
    [InlineData("Pcma", 0xF5, 528)]
    [InlineData("Pcmu", 0xFF, 0)]
    [InlineData("Pcmu", 0x7F, 0)]
    [InlineData("Pcmu", 0x80, 32124)]
    [InlineData("Pcmu", 0x00, -32124)]
    [InlineData("Pcmu", 0xEF, 132)]
    [InlineData("Pcmu", 0xFE, 8)]
    public void Codes_stand_for_the_values_of_the_standard(string codec, int code, int value) =>
        Decode(Enum.Parse<Codec>(codec), (byte)code).ShouldBe((short)value);

    [Theory]
    [InlineData("Pcma")]
    [InlineData("Pcmu")]
    public void Every_code_survives_decoding_and_coding(string name)
    {
        var codec = Enum.Parse<Codec>(name);
        for (var code = 0; code < 256; code++) Decode(codec, Encode(codec, Decode(codec, (byte)code))).ShouldBe(Decode(codec, (byte)code));
    }

    [Theory]
    [InlineData("Pcma")]
    [InlineData("Pcmu")]
    public void Every_sample_becomes_the_nearest_code_or_its_neighbour(string name)
    {
        var codec = Enum.Parse<Codec>(name);
        var values = Enumerable.Range(0, 256).Select(c => (int)Decode(codec, (byte)c)).Distinct().Order().ToArray();
        for (var sample = -32768; sample <= 32767; sample++)
        {
            var value = Decode(codec, Encode(codec, (short)sample));
            var at = Array.BinarySearch(values, value);
            var (below, above) = (at > 0 ? values[at - 1] : int.MinValue, at < values.Length - 1 ? values[at + 1] : int.MaxValue);
            (sample > below && sample < above).ShouldBeTrue($"{sample} became {value}");
        }
    }

    [Theory]
    [InlineData("Pcma")]
    [InlineData("Pcmu")]
    public void Coding_never_turns_a_sound_round(string name)
    {
        var codec = Enum.Parse<Codec>(name);
        var last = int.MinValue;
        for (var sample = -32768; sample <= 32767; sample++)
        {
            int value = Decode(codec, Encode(codec, (short)sample));
            value.ShouldBeGreaterThanOrEqualTo(last);
            last = value;
        }
    }

    private static short Decode(Codec codec, byte code)
    {
        Span<short> sample = stackalloc short[1];
        G711.Decode(codec, [code], sample);
        return sample[0];
    }

    private static byte Encode(Codec codec, short sample)
    {
        Span<byte> code = stackalloc byte[1];
        G711.Encode(codec, [sample], code);
        return code[0];
    }
}
