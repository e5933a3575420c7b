namespace Courier.Sip.Messages;

/// <summary>What <see cref="StreamFraming"/> found at the front of the bytes.</summary>
public enum FrameKind
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,
    /// <summary>A whole message.</summary>
    Message,
    /// <summary>Two line ends: the peer asks whether the connection lives and gets one back (RFC 5626 §3.5.1).</summary>
    Ping,
    /// <summary>The connection cannot be read any further: the frame, as far as it goes, may be refused; then it has to be closed.</summary>
    Broken,
}

/// <summary>
/// Cuts a stream of bytes into messages by Content-Length (RFC 3261 §18.3), however the bytes come: split, merged, or one by
/// one. Holds at most one message and its limits are the parser's.
/// </summary>
public sealed class StreamFraming
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>Room for the next read from the stream; at least one byte long until <see cref="TryTake"/> says Broken.</summary>
    public Memory<byte> Room()
    {
        if (_start == _end) _start = _end = 0;
        if (_end < _buffer.Length) return _buffer.AsMemory(_end);
        var held = _buffer.AsSpan(_start, _end - _start);
        var larger = held.Length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        held.CopyTo(larger);
        _end = held.Length;
        _start = 0;
        _buffer = larger;
        return _buffer.AsMemory(_end);
    }

    /// <summary>Whether the beginning of something is held that has not come whole.</summary>
    public bool HoldsBytes => _end > _start;

    /// <summary>Says how many bytes were read into the room.</summary>
    public void Received(int bytes) => _end += bytes;

    /// <summary>Takes the next frame, which is valid until the next call; ask again until it says Incomplete.</summary>
    public FrameKind TryTake(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (SkipLineEnds()) return FrameKind.Ping;
        var held = _buffer.AsSpan(_start, _end - _start);
        var head = EndOfHead(held);
        if (head < 0) return held.Length <= SipParser.LongestMessage ? FrameKind.Incomplete : Broken(held, out frame);
        if (!TryReadContentLength(held[..head], out var body) || head + body > SipParser.LongestMessage) return Broken(held[..head], out frame);
        if (held.Length < head + body) return FrameKind.Incomplete;
        frame = held[..(head + body)];
        _start += frame.Length;
        _searched = 0;
        return FrameKind.Message;
    }

    /// <summary>Skips line ends between messages; true when a whole ping was among them.</summary>
    private bool SkipLineEnds()
    {
        if (_searched > 0) return false;
        while (_start < _end && _buffer[_start] is (byte)'\r' or (byte)'\n')
        {
            if (_buffer.AsSpan(_start, _end - _start).StartsWith("\r\n\r\n"u8))
            {
                _start += 4;
                return true;
            }
            // The beginning of a ping waits for its end.
            if ("\r\n\r\n"u8.StartsWith(_buffer.AsSpan(_start, _end - _start))) return false;
            _start++;
        }
        return false;
    }

    /// <summary>The length of the head; negative while its end has not come. What was searched is not searched again.</summary>
    private int EndOfHead(ReadOnlySpan<byte> held)
    {
        var from = Math.Max(0, _searched - 3);
        var at = held[from..].IndexOf("\r\n\r\n"u8);
        if (at >= 0) return from + at + 4;
        _searched = held is [(byte)'\r' or (byte)'\n', ..] ? 0 : held.Length;
        return -1;
    }

    private static bool TryReadContentLength(ReadOnlySpan<byte> head, out int length)
    {
        length = -1;
        Span<char> folded = new char[head.Length];
        var lines = new HeaderLines(folded[..SipText.Decode(head, folded)]);
        lines.TakeStartLine();
        while (lines.TryTake(out var name, out var value))
        {
            if (name != HeaderNames.ContentLength) continue;
            // Two of them could be read differently by two readers; what follows would then be anybody's message.
            if (length >= 0 || !SipText.TryParseNumber(value, SipParser.LongestMessage, out var number)) return false;
            length = (int)number;
        }
        return length >= 0;
    }

    private static FrameKind Broken(ReadOnlySpan<byte> held, out ReadOnlySpan<byte> frame)
    {
        frame = held;
        return FrameKind.Broken;
    }
}
