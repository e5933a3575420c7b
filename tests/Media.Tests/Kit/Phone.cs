using System.Net;
using System.Net.Sockets;
using System.Text;
using Courier.Media.Codecs;
using Courier.Media.Rtp;

namespace Courier.Media.Tests;

/// <summary>What a phone is like.</summary>
internal sealed record PhoneKind(Codec Codec = Codec.Pcma, int? EventType = 101, int PacketMs = 20, bool Mux = false, SrtpKey? Key = null);

/// <summary>A packet as a phone got it.</summary>
internal sealed record Packet(byte Type, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc, byte[] Payload);

/// <summary>A telephone at the other end of real sockets, written against the RFCs and not against the engine.</summary>
internal sealed class Phone : IDisposable
{
    private readonly Stage _stage;
    private readonly Srtp? _out;
    private Srtp? _in;
    private Socket _rtp = Bound();
    private readonly Socket _rtcp = Bound();
    private readonly byte[] _buffer = new byte[2048];
    private int _version;

    public Phone(Stage stage, MediaLeg leg, PhoneKind kind)
    {
        (_stage, Leg, Kind) = (stage, leg, kind);
        if (kind.Key is not null) _out = new Srtp(kind.Key);
    }

    public MediaLeg Leg { get; }

    public PhoneKind Kind { get; }

    public uint Ssrc { get; set; } = 0x1111;

    public ushort Sequence { get; set; } = 65_500; // the numbers wrap soon

    public uint Timestamp { get; set; } = uint.MaxValue - 10_000;

    public IPEndPoint Address => (IPEndPoint)_rtp.LocalEndPoint!;

    /// <summary>RTP that came.</summary>
    public List<Packet> Packets { get; } = [];

    /// <summary>RTCP that came.</summary>
    public List<byte[]> Reports { get; } = [];

    /// <summary>Sound that came, in its order; keys and gaps left out.</summary>
    public short[] Sound => [.. Packets.Where(p => p.Type is 0 or 8).SelectMany(p => Decoded(p.Type == 8 ? Codec.Pcma : Codec.Pcmu, p.Payload))];

    private byte AudioType => Kind.Codec == Codec.Pcma ? (byte)8 : (byte)0;

    public void Call()
    {
        Leg.TryAnswer(Offer(), out var answer, out var refusal).ShouldBeTrue(refusal.Reason);
        Hears(answer);
        _stage.Engine.Step();
    }

    /// <summary>Changes the running call: hold, resume, another address.</summary>
    public string Offers(string direction = "sendrecv", string? address = null)
    {
        Leg.TryAnswer(Offer(direction, address), out var answer, out var refusal).ShouldBeTrue(refusal.Reason);
        _stage.Engine.Step();
        return Encoding.ASCII.GetString(answer);
    }

    public byte[] Offer(string direction = "sendrecv", string? address = null)
    {
        var events = Kind.EventType is { } type ? $"a=rtpmap:{type} telephone-event/8000\r\na=fmtp:{type} 0-15\r\n" : "";
        var key = Kind.Key is null ? "" : $"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{Convert.ToBase64String(Kind.Key.Bytes)}\r\n";
        return Encoding.ASCII.GetBytes(
            $"v=0\r\no=phone 1 {++_version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 {address ?? "127.0.0.1"}\r\nt=0 0\r\n" +
            $"m=audio {Address.Port} RTP/{(Kind.Key is null ? "AVP" : "SAVP")} {AudioType}{(Kind.EventType is { } e ? $" {e}" : "")}\r\n{events}a=ptime:{Kind.PacketMs}\r\n" +
            $"{(Kind.Mux ? "a=rtcp-mux\r\n" : $"a=rtcp:{((IPEndPoint)_rtcp.LocalEndPoint!).Port}\r\n")}{key}a={direction}\r\n");
    }

    /// <summary>Moves to another port, as a phone behind a NAT does that has forgotten it.</summary>
    public void Move()
    {
        _rtp.Dispose();
        _rtp = Bound();
    }

    /// <summary>Says 20 ms or any other length.</summary>
    public void Say(ReadOnlySpan<short> samples, bool marker = false)
    {
        var payload = new byte[samples.Length];
        G711.Encode(Kind.Codec, samples, payload);
        Send(AudioType, payload, marker);
        Timestamp += (uint)samples.Length;
    }

    /// <summary>Loses what it would have said: numbers and time go on.</summary>
    public void Lose(int samples)
    {
        Sequence++;
        Timestamp += (uint)samples;
    }

    /// <summary>One packet of a key; the timestamp stays.</summary>
    public void Key(byte number, int duration, bool end, bool marker = false) =>
        Send((byte)Kind.EventType!, [number, (byte)(end ? 0x8A : 0x0A), (byte)(duration >> 8), (byte)duration], marker);

    public void Send(byte type, byte[] payload, bool marker = false)
    {
        var packet = new byte[RtpPacket.HeaderLength + payload.Length + Srtp.MostGrowth];
        RtpPacket.WriteHeader(packet, type, marker, Sequence++, Timestamp, Ssrc);
        payload.CopyTo(packet, RtpPacket.HeaderLength);
        var length = RtpPacket.HeaderLength + payload.Length;
        if (_out is not null) length = _out.Protect(packet, length);
        SendRaw(packet.AsSpan(0, length));
    }

    public void SendRaw(ReadOnlySpan<byte> bytes) => _rtp.SendTo(bytes, new IPEndPoint(IPAddress.Loopback, Leg.Local.Port));

    public void SendReport(ReadOnlySpan<byte> bytes) => (Kind.Mux ? _rtp : _rtcp).SendTo(bytes, new IPEndPoint(IPAddress.Loopback, Leg.Local.Port + (Kind.Mux ? 0 : 1)));

    public void Listen()
    {
        while (_rtp.Available > 0) Take(_buffer.AsSpan(0, _rtp.Receive(_buffer)));
        while (_rtcp.Available > 0) Reports.Add(_buffer[.._rtcp.Receive(_buffer)]);
    }

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
        _out?.Dispose();
        _in?.Dispose();
    }

    private void Hears(byte[] answer)
    {
        if (Kind.Key is null) return;
        var line = Encoding.ASCII.GetString(answer).Split("\r\n").Single(l => l.StartsWith("a=crypto:", StringComparison.Ordinal));
        _in = new Srtp(new SrtpKey(SrtpSuite.AesCm128HmacSha1Tag80, Convert.FromBase64String(line.Split("inline:")[1])));
    }

    private void Take(Span<byte> bytes)
    {
        if (RtpPacket.IsRtcp(bytes))
        {
            Reports.Add(bytes.ToArray());
            return;
        }
        if (_in is not null)
        {
            var length = _in.Unprotect(bytes);
            length.ShouldBeGreaterThan(0);
            bytes = bytes[..length];
        }
        RtpPacket.TryRead(bytes, out var packet).ShouldBeTrue();
        Packets.Add(new Packet(packet.PayloadType, packet.Marker, packet.Sequence, packet.Timestamp, packet.Ssrc, packet.Payload.ToArray()));
    }

    private static short[] Decoded(Codec codec, byte[] payload)
    {
        var samples = new short[payload.Length];
        G711.Decode(codec, payload, samples);
        return samples;
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
