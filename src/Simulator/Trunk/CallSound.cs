using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Courier.Simulator.Trunk;

/// <summary>
/// The sound of one call: silence and keys go out every 20 ms, what comes is kept (RFC 3550, A-law; keys by RFC 4733). Ten minutes are kept, then it is
/// only counted.
/// </summary>
internal sealed class CallSound(TimeProvider time) : IDisposable
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 8000;

    const int Frame = 160;
    const byte ALaw = 8, Events = 101, Silence = 0xD5;
    const int Longest = 600 * Rate;
    const string Keys = "0123456789*#";
    static readonly TimeSpan frameTime = TimeSpan.FromMilliseconds(20);
    static readonly short[] values = [.. Enumerable.Range(0, 256).Select(code => Decode((byte)code))];

    readonly Socket _socket = Bound();
    readonly Lock _gate = new();
    readonly Queue<(byte Key, int Step)> _keys = new();
    readonly MemoryStream _heard = new();
    readonly uint _source = (uint)Random.Shared.Next();
    ushort _sequence = (ushort)Random.Shared.Next(ushort.MaxValue);
    uint _timestamp = (uint)Random.Shared.Next(), _keyBegan;

    /// <summary>Where it hears.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>How many samples have come.</summary>
    public int Length { get { lock (_gate) return (int)_heard.Length; } }

    /// <summary>What this side can do, as a description (RFC 8866).</summary>
    /// <param name="version">grows with each change</param>
    public string Description(int version) => FormattableString.Invariant(
        $"v=0\r\no=trunk {_source} {version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {Port} RTP/AVP {ALaw} {Events}\r\na=rtpmap:{ALaw} PCMA/8000\r\na=rtpmap:{Events} telephone-event/8000\r\na=fmtp:{Events} 0-15\r\na=ptime:20\r\na=sendrecv\r\n");

    /// <summary>Presses keys, one after the other; what is no key is left out.</summary>
    public void Press(string keys)
    {
        lock (_gate)
            foreach (var key in keys.Where(key => Keys.Contains(key)))
                for (var step = 1; step <= KeySteps; step++) _keys.Enqueue(((byte)Keys.IndexOf(key, StringComparison.Ordinal), step));
    }

    /// <summary>What came, as 16 bit samples (little endian), from one on.</summary>
    /// <param name="from">the number of the first sample, from 0</param>
    public byte[] Heard(int from)
    {
        byte[] codes;
        lock (_gate) codes = _heard.GetBuffer().AsSpan((int)Math.Min(from, _heard.Length)..(int)_heard.Length).ToArray();
        var samples = new byte[codes.Length * 2];
        for (var i = 0; i < codes.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(samples.AsSpan(2 * i), values[codes[i]]);
        return samples;
    }

    /// <summary>Speaks to a port of this machine until it is cancelled.</summary>
    public async Task Run(int port, CancellationToken ct)
    {
        var hearing = Hear(ct);
        var to = new IPEndPoint(IPAddress.Loopback, port);
        using var timer = new PeriodicTimer(frameTime, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) await _socket.SendToAsync(Next(), to, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { /* the call is over */ }
        await hearing;
    }

    public void Dispose() => _socket.Dispose();

    // A key is down for 100 ms: five packets, its end three times; then a pause of 100 ms.
    const int KeyDown = 5, KeyEnds = 3, KeyPause = 5, KeySteps = KeyDown + KeyEnds + KeyPause;

    byte[] Next()
    {
        (byte Key, int Step) key;
        bool isKey;
        lock (_gate) isKey = _keys.TryDequeue(out key);
        if (isKey && key.Step <= KeyDown + KeyEnds) return KeyPacket(key.Key, key.Step);
        var packet = Packet(ALaw, isMarked: false, _timestamp += Frame, Frame);
        packet.AsSpan(Header).Fill(Silence);
        return packet;
    }

    byte[] KeyPacket(byte key, int step)
    {
        if (step == 1) _keyBegan = _timestamp + Frame;
        if (step <= KeyDown) _timestamp += Frame;
        var duration = Frame * Math.Min(step, KeyDown);
        var packet = Packet(Events, step == 1, _keyBegan, 4);
        packet[Header] = key;
        packet[Header + 1] = (byte)(step > KeyDown ? 0x8A : 0x0A); // the end is said; 10 dB below full
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Header + 2), (ushort)duration);
        return packet;
    }

    const int Header = 12;

    byte[] Packet(byte type, bool isMarked, uint timestamp, int length)
    {
        var packet = new byte[Header + length];
        packet[0] = 0x80;
        packet[1] = (byte)(type | (isMarked ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), _source);
        return packet;
    }

    async Task Hear(CancellationToken ct)
    {
        var packet = new byte[2048];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(packet, SocketFlags.None, ct);
                if (length <= Header || (packet[1] & 0x7F) != ALaw) continue;
                lock (_gate)
                    if (_heard.Length < Longest) _heard.Write(packet, Header, length - Header);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { /* the call is over */ }
    }

    static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    // ITU-T G.711, table 1.
    static short Decode(byte code)
    {
        var plain = code ^ 0x55;
        var (segment, value) = ((plain & 0x70) >> 4, ((plain & 0x0F) << 4) + 8);
        if (segment > 0) value = (value + 0x100) << (segment - 1);
        return (short)((plain & 0x80) != 0 ? value : -value);
    }
}
