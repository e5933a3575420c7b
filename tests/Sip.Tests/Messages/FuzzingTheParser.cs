using System.Text;
using Courier.Sip.Messages;

namespace Courier.Sip.Tests.Messages;

/// <summary>Damaged messages: every one gets an answer, and what is understood can be written and read again.</summary>
public sealed class FuzzingTheParser
{
    private static readonly string[] Fragments =
        ["\r\n", "\n", "\r", " ", "\t", ":", ";", ",", "<", ">", "\"", "\\", "%", "%00", "@", "?", "=", "[", "]", "*", "\0", "SIP/2.0", "sip:", "tel:", "9999999999", "-1", "Content-Length: 4\r\n", "Via: ", "张", ";tag=", "("];

    [Fact]
    public void No_input_of_200_000_throws_or_is_misread()
    {
        var random = new Random(5);
        var seeds = TortureMessages.All.Select(row => Wire.Bytes((string)row[1])).ToArray();
        var understood = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var input = Damage(seeds[random.Next(seeds.Length)], random);
            if (SipParser.Parse(input, random.Next(2) == 0) is not Reading.Understood reading) continue;
            understood++;
            var written = reading.Message.ToBytes();
            if (SipParser.Parse(written, fromStream: true) is not Reading.Understood again || !again.Message.ToBytes().AsSpan().SequenceEqual(written))
                throw new InvalidOperationException($"input {i} is read differently when it is written again: {Encoding.Latin1.GetString(input)}");
        }
        understood.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void No_stream_of_20_000_throws_or_hangs()
    {
        var random = new Random(6);
        var seeds = TortureMessages.All.Select(row => Wire.Bytes((string)row[1])).ToArray();
        var framing = new StreamFraming();
        for (var i = 0; i < 20_000; i++)
        {
            var input = Damage(seeds[random.Next(seeds.Length)], random);
            for (var rest = input.AsMemory(); !rest.IsEmpty;)
            {
                var room = framing.Room();
                var count = Math.Min(rest.Length, room.Length);
                rest[..count].CopyTo(room);
                rest = rest[count..];
                framing.Received(count);
                var kind = framing.TryTake(out _);
                for (var frames = 0; kind is FrameKind.Message or FrameKind.Ping; kind = framing.TryTake(out _)) (++frames).ShouldBeLessThan(100_000);
                if (kind == FrameKind.Broken) framing = new StreamFraming();
            }
        }
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (var blows = random.Next(1, 3); blows > 0 && bytes.Count > 1; blows--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)])); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), random.Next(bytes.Count / 2))); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return [.. bytes];
    }
}
