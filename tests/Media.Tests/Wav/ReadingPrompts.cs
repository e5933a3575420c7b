using System.Buffers.Binary;
using Courier.Media.Codecs;
using Courier.Media.Wav;
using Courier.Testing;

namespace Courier.Media.Tests.Wav;

public sealed class ReadingPrompts
{
    [Theory]
    [InlineData(8000, 1, 16)]
    [InlineData(8000, 2, 16)]
    [InlineData(8000, 1, 8)]
    [InlineData(16_000, 1, 16)]
    [InlineData(22_050, 1, 16)]
    [InlineData(44_100, 2, 24)]
    [InlineData(48_000, 2, 32)]
    [InlineData(6000, 1, 16)]
    public void A_tone_of_any_rate_and_width_stays_that_tone(int rate, int channels, int bits)
    {
        var samples = WavReader.Read(new MemoryStream(Wav(rate, channels, bits, 1, t => 0.5 * Math.Sin(2 * Math.PI * 1000 * t))));
        samples.Length.ShouldBeInRange(7990, 8000);
        Sounds.Share(samples.AsSpan(200, 7600), 1000).ShouldBeGreaterThan(0.995);
        samples.Skip(500).Take(7000).Max(s => Math.Abs((int)s)).ShouldBeInRange(15_700, 16_900);
    }

    [Fact]
    public void What_a_telephone_cannot_carry_does_not_fold_back()
    {
        var samples = WavReader.Read(new MemoryStream(Wav(44_100, 1, 16, 1, t => 0.5 * Math.Sin(2 * Math.PI * 5500 * t))));
        samples.Skip(200).Take(7600).Max(s => Math.Abs((int)s)).ShouldBeLessThan(200);
    }

    [Theory]
    [InlineData(6, "Pcma")]
    [InlineData(7, "Pcmu")]
    public void G711_in_WAV_is_read(int tag, string codec)
    {
        byte[] codes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var expected = new short[256];
        G711.Decode(Enum.Parse<Codec>(codec), codes, expected);
        WavReader.Read(new MemoryStream([.. Header(tag, 1, 8000, 8, 256), .. codes])).ShouldBe(expected);
    }

    [Fact]
    public void Sizes_of_a_stream_that_did_not_know_its_end_are_understood()
    {
        var wav = Wav(8000, 1, 16, 1, _ => 0.1);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), uint.MaxValue);
        WavReader.Read(new MemoryStream(wav)).Length.ShouldBe(8000);
    }

    [Fact]
    public void What_is_no_sound_is_refused_and_nothing_else_is_thrown()
    {
        Should.Throw<InvalidDataException>(() => WavReader.Read(new MemoryStream("hello"u8.ToArray())));
        Should.Throw<InvalidDataException>(() => WavReader.Read(new MemoryStream(Header(85, 2, 44_100, 16, 0))));
        var random = new Random(7);
        var seed = Wav(8000, 1, 16, 0.01, _ => 0.1);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = seed.AsSpan(0, random.Next(seed.Length + 1)).ToArray();
            for (var blows = random.Next(4); blows > 0 && damaged.Length > 0; blows--) damaged[random.Next(Math.Min(48, damaged.Length))] = (byte)random.Next(256);
            try
            {
                WavReader.Read(new MemoryStream(damaged));
            }
            catch (InvalidDataException)
            {
                // that is the answer to nonsense
            }
        }
    }

    private static byte[] Wav(int rate, int channels, int bits, double seconds, Func<double, double> sound)
    {
        var count = (int)(rate * seconds);
        var data = new byte[count * channels * bits / 8];
        for (var i = 0; i < count * channels; i++)
        {
            var value = sound((double)(i / channels) / rate);
            var at = data.AsSpan(i * bits / 8);
            if (bits == 8) at[0] = (byte)(128 + Math.Round(value * 127));
            else if (bits == 16) BinaryPrimitives.WriteInt16LittleEndian(at, (short)(value * short.MaxValue));
            else if (bits == 32) BinaryPrimitives.WriteInt32LittleEndian(at, (int)(value * int.MaxValue));
            else
            {
                var v = (int)(value * 0x7FFFFF);
                (at[0], at[1], at[2]) = ((byte)v, (byte)(v >> 8), (byte)(v >> 16));
            }
        }
        return [.. Header(1, channels, rate, bits, data.Length), .. data];
    }

    private static byte[] Header(int tag, int channels, int rate, int bits, int data)
    {
        var header = new byte[44];
        WavHeader.Write(header, channels, data);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), (short)tag);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), rate);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), (short)bits);
        return header;
    }
}
