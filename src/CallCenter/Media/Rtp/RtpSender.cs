using System.Buffers.Binary;
using System.Security.Cryptography;
using Courier.Media.Codecs;
using Courier.Media.Sdp;

namespace Courier.Media.Rtp;

/// <summary>
/// Writes the packets of one leg: one source, one sequence, one clock for its whole life, whatever is heard (RFC 3550 §5.1). Where they go is not its
/// business: each is handed on as it lies in the buffer.
/// </summary>
internal sealed class RtpSender(RtpSender.Output output)
{
    /// <summary>Takes a packet; the buffer has room behind it for what encryption adds.</summary>
    public delegate void Output(Span<byte> buffer, int length);

    private const int Largest = 1500, LongestPacket = 60 * Frame.Rate / 1000;
    private const int EventStep = Frame.Samples;

    private readonly byte[] _buffer = new byte[Largest + Srtp.MostGrowth];
    private readonly byte[] _pending = new byte[LongestPacket + Frame.Samples];
    private int _filled;
    private int _packetBytes = Frame.Samples;
    private ushort _sequence = BinaryPrimitives.ReadUInt16BigEndian(RandomNumberGenerator.GetBytes(2));
    private uint _clock = BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(4));
    private uint _free;
    private bool _hasSent;
    private bool _marks = true;
    private (uint Ssrc, ushort Numbers, uint Samples, ushort First)? _relay;
    private uint _eventAt;

    /// <summary>Our source.</summary>
    public uint Ssrc { get; } = BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(4));

    /// <summary>Packets that were sent.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes of their payloads.</summary>
    public long Bytes { get; private set; }

    /// <summary>The timestamp of this moment.</summary>
    public uint Clock => _clock;

    /// <summary>Milliseconds of a packet from now on.</summary>
    public void PacketOf(int milliseconds) => (_packetBytes, _filled) = (milliseconds * Frame.Rate / 1000, 0);

    /// <summary>Time goes on by frames, whether something is sent or not.</summary>
    public void Advance(int frames) => _clock += (uint)(frames * Frame.Samples);

    /// <summary>Something else is heard from now on: the next packet says so by its marker.</summary>
    public void Mark() => _marks = true;

    /// <summary>A frame of sound; it leaves when a packet is full.</summary>
    public void Sound(ReadOnlySpan<byte> frame, byte type)
    {
        EndRelay();
        frame.CopyTo(_pending.AsSpan(_filled));
        _filled += frame.Length;
        var start = NotBefore((uint)(_clock - (_filled - frame.Length)));
        var sent = 0;
        for (; _filled - sent >= _packetBytes; sent += _packetBytes)
        {
            _pending.AsSpan(sent, _packetBytes).CopyTo(_buffer.AsSpan(RtpPacket.HeaderLength));
            Send(type, TakeMark(), (ushort)(_sequence + 1), start + (uint)sent, _packetBytes);
            _free = start + (uint)(sent + _packetBytes);
        }
        _pending.AsSpan(sent, _filled - sent).CopyTo(_pending);
        _filled -= sent;
    }

    /// <summary>A packet of a key that is pressed (RFC 4733 §2.5.1): all of one press bear its first moment.</summary>
    /// <param name="number">The event.</param>
    /// <param name="type">Payload type.</param>
    /// <param name="step">1 for the first packet, 2 for the next …; the last number again for repetitions of the end.</param>
    /// <param name="isEnd">The key is up again.</param>
    public void Key(byte number, byte type, int step, bool isEnd)
    {
        if (step == 1)
        {
            EndRelay();
            _filled = 0;
            _eventAt = NotBefore(_clock);
        }
        Span<byte> payload = stackalloc byte[4];
        (payload[0], payload[1]) = (number, (byte)((isEnd ? 0x80 : 0) | 10)); // -10 dBm0
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], (ushort)(step * EventStep));
        payload.CopyTo(_buffer.AsSpan(RtpPacket.HeaderLength));
        Send(type, step == 1, (ushort)(_sequence + 1), _eventAt, payload.Length);
        _free = _eventAt + (uint)(step * EventStep);
    }

    /// <summary>
    /// Hands a peer's packet on under our own source. Its numbers and times keep their distances, so that the receiver sees what was lost and
    /// reordered before us; they are moved once, where the relay begins.
    /// </summary>
    public void Relay(in RtpPacket packet, byte type)
    {
        if (packet.Payload.Length > Largest - RtpPacket.HeaderLength) return;
        if (_relay is not { } relay || relay.Ssrc != packet.Ssrc || IsFarOff(packet.Timestamp + relay.Samples))
        {
            relay = (packet.Ssrc, (ushort)(_sequence + 1 - packet.Sequence), NotBefore(_clock) - packet.Timestamp, (ushort)(_sequence + 1));
            (_relay, _filled, _marks) = (relay, 0, true);
        }
        var (sequence, timestamp) = ((ushort)(packet.Sequence + relay.Numbers), packet.Timestamp + relay.Samples);
        if ((short)(sequence - relay.First) < 0) return; // from before the relay: its number is another packet's
        packet.Payload.CopyTo(_buffer.AsSpan(RtpPacket.HeaderLength));
        Send(type, TakeMark() || packet.Marker, sequence, timestamp, packet.Payload.Length);
        var end = timestamp + (uint)packet.Payload.Length;
        if ((int)(end - _free) > 0) _free = end;
    }

    private void EndRelay()
    {
        if (_relay is null) return;
        (_relay, _marks) = (null, true);
    }

    private bool IsFarOff(uint timestamp) => (int)(timestamp - _clock) is > Frame.Rate or < -Frame.Rate;

    private bool TakeMark()
    {
        var marks = _marks;
        _marks = false;
        return marks;
    }

    // Times never go back, also where a relay ran ahead of our clock.
    private uint NotBefore(uint timestamp) => _hasSent && (int)(timestamp - _free) < 0 ? _free : timestamp;

    private void Send(byte type, bool marker, ushort sequence, uint timestamp, int payload)
    {
        RtpPacket.WriteHeader(_buffer, type, marker, sequence, timestamp, Ssrc);
        if (!_hasSent || (short)(sequence - _sequence) > 0) _sequence = sequence;
        _hasSent = true;
        Packets++;
        Bytes += payload;
        output(_buffer, RtpPacket.HeaderLength + payload);
    }
}
