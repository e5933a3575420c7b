using System.Buffers.Binary;

namespace Courier.Media.Rtp;

/// <summary>
/// SRTP and SRTCP in one direction of one stream (RFC 3711): AES-128 in counter mode, HMAC-SHA1, no renewal of keys. Packets are changed where
/// they lie; nothing is allocated for one. Not for several threads at once.
/// </summary>
internal sealed class Srtp : IDisposable
{
    /// <summary>The most bytes that protection adds to a packet.</summary>
    public const int MostGrowth = 4 + ControlTag;

    private const int ControlTag = 10;
    private const uint Encrypted = 0x8000_0000;

    private readonly SrtpCipher _data;
    private readonly SrtpCipher _control;
    private readonly int _tag;
    private readonly ReplayWindow _dataSeen = new();
    private readonly ReplayWindow _controlSeen = new();

    private uint _ssrc;
    private uint _rollover;
    private ushort _highest;
    private bool _started;
    private uint _controlIndex;

    public Srtp(SrtpKey key)
    {
        _tag = key.Suite switch { SrtpSuite.AesCm128HmacSha1Tag80 => 10, SrtpSuite.AesCm128HmacSha1Tag32 => 4 };
        _data = SrtpCipher.Of(key, firstLabel: 0);
        _control = SrtpCipher.Of(key, firstLabel: 3);
    }

    /// <summary>Encrypts a packet that we send and adds its tag; returns its new length. The buffer has <see cref="MostGrowth"/> bytes of room.</summary>
    public int Protect(Span<byte> buffer, int length)
    {
        RtpPacket.TryMeasureHeader(buffer[..length], out var header);
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]);
        if (_started && sequence < _highest && _highest - sequence > 0x8000) _rollover++;
        var rollover = _started && sequence > _highest && sequence - _highest > 0x8000 ? _rollover - 1 : _rollover; // a relayed straggler of the round before
        if (rollover == _rollover) (_highest, _started) = (sequence, true);
        var index = ((ulong)rollover << 16) | sequence;
        _data.Crypt(buffer[header..length], BinaryPrimitives.ReadUInt32BigEndian(buffer[8..]), index);
        _data.Sign(buffer[..length], rollover, buffer.Slice(length, _tag));
        return length + _tag;
    }

    /// <summary>Checks and decrypts a packet that came; its new length, or -1 when it is forged, damaged or was here before.</summary>
    public int Unprotect(Span<byte> packet)
    {
        var length = packet.Length - _tag;
        if (length < 0 || !RtpPacket.TryMeasureHeader(packet[..length], out var header)) return -1;
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var isNew = !_started || ssrc != _ssrc;
        var rollover = isNew ? 0 : GuessRollover(sequence);
        var index = ((ulong)rollover << 16) | sequence;
        if (!isNew && _dataSeen.HasSeen(index)) return -1;
        if (!_data.IsSigned(packet[..length], rollover, packet[length..])) return -1;
        if (isNew)
        {
            (_ssrc, _started, _rollover, _highest) = (ssrc, true, 0, sequence);
            _dataSeen.Clear();
        }
        _dataSeen.Add(index);
        if (rollover > _rollover || rollover == _rollover && sequence > _highest) (_rollover, _highest) = (rollover, sequence);
        _data.Crypt(packet[header..length], ssrc, index);
        return length;
    }

    /// <summary>The same for RTCP that we send.</summary>
    public int ProtectControl(Span<byte> buffer, int length)
    {
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]);
        var index = _controlIndex++ & ~Encrypted;
        _control.Crypt(buffer[8..length], ssrc, index);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], index | Encrypted);
        _control.Sign(buffer[..(length + 4)], null, buffer.Slice(length + 4, ControlTag));
        return length + 4 + ControlTag;
    }

    /// <summary>The same for RTCP that came.</summary>
    public int UnprotectControl(Span<byte> packet)
    {
        var length = packet.Length - 4 - ControlTag;
        if (length < 8) return -1;
        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[length..]);
        var index = word & ~Encrypted;
        if (_controlSeen.HasSeen(index) || !_control.IsSigned(packet[..(length + 4)], null, packet[(length + 4)..])) return -1;
        _controlSeen.Add(index);
        if ((word & Encrypted) != 0) _control.Crypt(packet[8..length], BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), index);
        return length;
    }

    public void Dispose()
    {
        _data.Dispose();
        _control.Dispose();
    }

    // RFC 3711 §3.3.1: the round that brings the number nearest to the highest one.
    private uint GuessRollover(ushort sequence)
    {
        if (_highest < 0x8000) return sequence - _highest > 0x8000 && _rollover > 0 ? _rollover - 1 : _rollover;
        return _highest - 0x8000 > sequence ? _rollover + 1 : _rollover;
    }

    /// <summary>The last 64 numbers that came (RFC 3711 §3.3.2).</summary>
    private sealed class ReplayWindow
    {
        private const int Size = 64;

        private ulong _highest;
        private ulong _bits;

        public bool HasSeen(ulong index)
        {
            if (_bits == 0 || index > _highest) return false;
            return _highest - index >= Size || (_bits >> (int)(_highest - index) & 1) != 0;
        }

        public void Add(ulong index)
        {
            if (_bits == 0) (_highest, _bits) = (index, 1);
            else if (index <= _highest) _bits |= 1UL << (int)(_highest - index);
            else
            {
                var shift = index - _highest;
                (_highest, _bits) = (index, shift >= Size ? 1 : _bits << (int)shift | 1);
            }
        }

        public void Clear() => _bits = 0;
    }
}
