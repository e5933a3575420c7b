using System.Buffers;

namespace Courier.Sip.Messages;

/// <summary>Reads messages from bytes (RFC 3261 §7, §25). Whatever the bytes are, it answers and does not throw.</summary>
public static class SipParser
{
    /// <summary>The largest message that is read, in bytes: what fits into a datagram.</summary>
    public const int LongestMessage = 65_535;

    /// <summary>The longest start line or header, in bytes.</summary>
    public const int LongestLine = 16_384;

    /// <summary>How many headers a message may have.</summary>
    public const int MostHeaders = 200;

    /// <summary>How many hops a message may have come over.</summary>
    public const int MostVias = 70;

    /// <summary>Reads one message.</summary>
    /// <param name="bytes">a datagram, or a frame of a stream; what follows the body is ignored</param>
    /// <param name="fromStream">whether they came over a stream, where Content-Length may not be missing (RFC 3261 §18.3)</param>
    public static Reading Parse(ReadOnlySpan<byte> bytes, bool fromStream = false)
    {
        bytes = bytes.TrimStart("\r\n"u8);
        if (bytes.IsEmpty) return Reading.KeepAlive.Instance;
        var headerLength = EndOfHeaders(bytes);
        var rented = ArrayPool<char>.Shared.Rent(headerLength);
        var text = rented.AsSpan(0, SipText.Decode(bytes[..headerLength], rented));
        var reading = Parse(text, bytes[headerLength..], fromStream, tooLarge: bytes.Length > LongestMessage);
        ArrayPool<char>.Shared.Return(rented);
        return reading;
    }

    private static Reading Parse(Span<char> text, ReadOnlySpan<byte> body, bool fromStream, bool tooLarge)
    {
        var lines = new HeaderLines(text);
        var start = lines.TakeStartLine();
        var draft = new MessageDraft();
        if (!StartLine.TryParse(start, out var startLine, out var why)) return new Reading.Dropped(why);
        if (startLine.Fault is { } fault) draft.Refuse(startLine.FaultStatus, fault);
        if (tooLarge || start.Length > LongestLine) draft.Refuse(513, "Message Too Large");

        while (draft.Fault is null && lines.TryTake(out var name, out var value)) draft.Read(name, value);
        if (lines.Fault is { } broken) draft.Refuse(400, broken);
        draft.ReadBody(body, fromStream);
        draft.CheckWhole(startLine);
        if (draft.Fault is null) return new Reading.Understood(draft.Message(startLine));
        if (startLine.IsResponse || startLine.Method == SipMethod.Ack) return new Reading.Dropped(draft.Fault);
        return new Reading.Refused(new Refusal(draft.FaultStatus, draft.Fault, CopiesForRefusal(text)));
    }

    /// <summary>The length of start line and headers with the empty line behind them; all there is when no such line comes.</summary>
    private static int EndOfHeaders(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ;)
        {
            var next = bytes[at..].IndexOf((byte)'\n');
            if (next < 0) return bytes.Length;
            at += next + 1;
            if (bytes[at..].StartsWith("\r\n"u8)) return at + 2;
            if (bytes[at..].StartsWith("\n"u8)) return at + 1;
        }
    }

    /// <summary>What a response must repeat, as it stands there: the first of each but all of Via.</summary>
    private static List<SipHeader> CopiesForRefusal(Span<char> text)
    {
        List<SipHeader> copies = [];
        var lines = new HeaderLines(text);
        lines.TakeStartLine();
        while (copies.Count < MostVias && lines.TryTake(out var name, out var value))
        {
            if (name is not (HeaderNames.Via or HeaderNames.From or HeaderNames.To or HeaderNames.CallId or HeaderNames.CSeq)) continue;
            if (name != HeaderNames.Via && copies.Exists(c => c.Name == name)) continue;
            copies.Add(new SipHeader(name, value.ToString()));
        }
        return copies;
    }
}
