using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>What a network does to packets; which ones it hits is the same in every run.</summary>
/// <param name="Loss">share that never comes, 0 to 1</param>
/// <param name="Jitter">longest delay; above 20 ms packets overtake each other</param>
/// <param name="LosesSignals">whether the first copy of each SIP message is lost, in both directions</param>
/// <param name="DoublesSignals">whether each SIP message of the caller comes twice</param>
public sealed record Network(double Loss = 0, TimeSpan Jitter = default, bool LosesSignals = false, bool DoublesSignals = false);

/// <summary>A packet of the product as it came.</summary>
public sealed record RawPacket(ushort Sequence, uint Ssrc, byte Type, byte[] Payload);

/// <summary>RTP of a caller that is the test's: every 20 ms a packet with what it says (RFC 3550, A-law), keys by RFC 4733 or as tones, through a network.</summary>
public sealed class RawVoice : IDisposable
{
    private const int Frame = 160;
    private const byte PcmA = 8, Events = 101;
    private const string Keys = "123A456B789C*0#D";

    private readonly Socket _socket = RawCaller.Bound(IPAddress.Loopback);
    private readonly Network _network;
    private readonly Random _random = new(42);
    private readonly Queue<(byte Type, bool Marker, bool SameTime, byte[] Payload)> _waiting = [];
    private readonly List<RawPacket> _heard = [];
    private readonly PriorityQueue<byte[], (TimeSpan Due, int Order)> _onTheWay = new();
    private readonly CancellationToken _ends;
    private IPEndPoint? _to;
    private volatile bool _sends;
    private int _order;
    private ushort _sequence = 65_400;
    private uint _timestamp = 1000, _eventAt;

    public RawVoice(Network network, CancellationToken ends)
    {
        (_network, _ends) = (network, ends);
        _ = Task.Run(Listen, ends); // not among the tests, which may be busy
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Where the product hears this call.</summary>
    public IPEndPoint Product => _to!;

    /// <summary>Sends nothing at all from now on, whatever was agreed.</summary>
    public bool IsMute { get; set; }

    /// <summary>Everything that came.</summary>
    public IReadOnlyList<RawPacket> Packets { get { lock (_heard) return [.. _heard]; } }

    /// <summary>The sound that came.</summary>
    public short[] Heard
    {
        get
        {
            var packets = Packets.Where(p => p.Type == PcmA).ToList();
            var sound = new short[packets.Sum(p => p.Payload.Length)];
            var at = 0;
            foreach (var packet in packets)
                foreach (var code in packet.Payload) sound[at++] = ALaw.Decode(code);
            return sound;
        }
    }

    /// <summary>Whether everything that was to be said is on its way.</summary>
    public bool HasSaidAll { get { lock (_waiting) return _waiting.Count == 0; } }

    /// <summary>Speaks to a port from now on, in the agreed direction.</summary>
    internal void Goes(int port, string direction)
    {
        var isFirst = _to is null;
        _to = new IPEndPoint(IPAddress.Loopback, port);
        _sends = direction is "sendrecv" or "sendonly";
        if (isFirst) _ = Task.Run(Speak, _ends);
    }

    /// <summary>Says something after what it says already.</summary>
    public void Say(ReadOnlySpan<short> sound)
    {
        lock (_waiting)
            for (var from = 0; from + Frame <= sound.Length; from += Frame) _waiting.Enqueue((PcmA, false, false, [.. sound.Slice(from, Frame).ToArray().Select(ALaw.Encode)]));
    }

    /// <summary>Says it and waits until it is said.</summary>
    public async Task HasSaid(short[] sound)
    {
        Say(sound);
        await Wait.Until(() => HasSaidAll, "it is said");
    }

    /// <summary>Keys by RFC 4733: five packets, the last one three times, a pause.</summary>
    public void Press(string keys)
    {
        lock (_waiting)
            foreach (var key in keys)
            {
                var number = (byte)(key switch { '*' => 10, '#' => 11, _ => key - '0' });
                for (var i = 1; i <= 5; i++) _waiting.Enqueue((Events, i == 1, i > 1, [number, 0x0A, (byte)(i * Frame >> 8), (byte)(i * Frame)]));
                for (var i = 0; i < 3; i++) _waiting.Enqueue((Events, false, true, [number, 0x8A, 6 * Frame >> 8, 6 * Frame & 0xFF]));
                for (var i = 0; i < 3; i++) _waiting.Enqueue((PcmA, false, false, Silence));
            }
    }

    /// <summary>Keys as a telephone without signalling sends them: the two tones of each (ITU-T Q.23), a tenth of a second and as long a pause.</summary>
    public void Sound(string keys)
    {
        int[] low = [697, 770, 852, 941], high = [1209, 1336, 1477, 1633];
        foreach (var key in keys)
        {
            var at = Keys.IndexOf(key, StringComparison.Ordinal);
            Say([.. Sounds.Tone(low[at / 4], 800, 6000).Zip(Sounds.Tone(high[at % 4], 800, 6000), (a, b) => (short)(a + b)), .. new short[800]]);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Silence { get; } = [.. new short[Frame].Select(ALaw.Encode)];

    private async Task Speak()
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            for (var frames = 0; await timer.WaitForNextTickAsync(_ends);)
            {
                for (; frames * 20 <= clock.ElapsedMilliseconds; frames++) Next(clock.Elapsed);
                while (_onTheWay.TryPeek(out _, out var next) && next.Due <= clock.Elapsed) await _socket.SendToAsync(_onTheWay.Dequeue(), _to!);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // the call is over
        }
    }

    private void Next(TimeSpan now)
    {
        if (!_sends || IsMute) return;
        (byte Type, bool Marker, bool SameTime, byte[] Payload) next;
        lock (_waiting)
            if (!_waiting.TryDequeue(out next)) next = (PcmA, false, false, Silence);
        var packet = new byte[12 + next.Payload.Length];
        packet[0] = 0x80;
        packet[1] = (byte)(next.Type | (next.Marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _sequence++);
        if (!next.SameTime) _eventAt = _timestamp;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), next.Type == Events ? _eventAt : _timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 0xC0FFEE);
        next.Payload.CopyTo(packet, 12);
        _timestamp += Frame;
        if (_random.NextDouble() >= _network.Loss) _onTheWay.Enqueue(packet, (now + _random.NextDouble() * _network.Jitter, _order++));
    }

    private async Task Listen()
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _ends);
                if (length < 12) continue;
                lock (_heard)
                    _heard.Add(new(BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2)), BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(8)), (byte)(buffer[1] & 0x7F), buffer[12..length]));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // the call is over
        }
    }
}

/// <summary>A-law by the table of ITU-T G.711.</summary>
internal static class ALaw
{
    public static byte Encode(short sample)
    {
        var (sign, magnitude) = sample >= 0 ? (0x80, (int)sample) : (0, ~sample);
        var segment = Math.Max(0, int.Log2(Math.Max(1, magnitude)) - 7);
        return (byte)((sign | segment << 4 | (magnitude >> (segment == 0 ? 4 : segment + 3)) & 0x0F) ^ 0x55);
    }

    public static short Decode(byte code)
    {
        var plain = code ^ 0x55;
        var (segment, value) = ((plain & 0x70) >> 4, ((plain & 0x0F) << 4) + 8);
        if (segment > 0) value = (value + 0x100) << (segment - 1);
        return (short)((plain & 0x80) != 0 ? value : -value);
    }
}
