using System.Text;
using Courier.Sip.Messages;

namespace Courier.Sip.Tests.Messages;

public sealed class CuttingStreams
{
    private static string Message(string body, string length = "l") =>
        $"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bKx\r\nf: <sip:a@b>;tag=1\r\nt: <sip:a@b>\r\ni: 1\r\nCSeq: 1 OPTIONS\r\n{length}:\r\n {body.Length}\r\n\r\n{body}";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    [InlineData(100_000)]
    public void Messages_come_out_whole_however_the_bytes_come(int piece)
    {
        string[] sent = [Message("first"), "\r\n\r\n", Message("", "Content-Length"), Message("1\r\n\r\n2"), "\r\n" + Message(new string('x', 9000))];
        Feed(new StreamFraming(), string.Concat(sent), piece).ShouldBe(
        [
            (FrameKind.Message, sent[0]), (FrameKind.Ping, ""), (FrameKind.Message, sent[2]), (FrameKind.Message, sent[3]), (FrameKind.Message, sent[4][2..]),
        ]);
    }

    [Theory]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\nl: 1\r\nl: 1\r\n\r\nx", "two lengths")]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\n\r\nx", "no length")]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\nl: -5\r\n\r\nx", "a negative length")]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\nl: 65535\r\n\r\nx", "more than a message may have")]
    public void A_stream_that_cannot_be_cut_is_given_up(string text, string why) => Feed(new StreamFraming(), text, 1000)[^1].Kind.ShouldBe(FrameKind.Broken, why);

    [Fact]
    public void A_head_without_end_is_given_up() => Feed(new StreamFraming(), new string('x', 70_000), 1000)[^1].Kind.ShouldBe(FrameKind.Broken);

    [Fact]
    public void Half_a_message_waits() => Feed(new StreamFraming(), Message("body")[..^1], 10).ShouldBeEmpty();

    private static List<(FrameKind Kind, string Text)> Feed(StreamFraming framing, string text, int piece)
    {
        List<(FrameKind, string)> frames = [];
        var bytes = Encoding.UTF8.GetBytes(text).AsMemory();
        while (!bytes.IsEmpty)
        {
            var room = framing.Room();
            var count = Math.Min(Math.Min(piece, bytes.Length), room.Length);
            bytes[..count].CopyTo(room);
            framing.Received(count);
            bytes = bytes[count..];
            for (var kind = framing.TryTake(out var frame); kind != FrameKind.Incomplete; kind = framing.TryTake(out frame))
            {
                frames.Add((kind, Encoding.UTF8.GetString(frame)));
                if (kind == FrameKind.Broken) return frames;
            }
        }
        return frames;
    }
}
