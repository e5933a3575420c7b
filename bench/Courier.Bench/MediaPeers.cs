using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using Courier.Bench.Kit;
using Courier.Media.Rtp;
using Courier.Media.Sockets;

namespace Courier.Bench;

/// <summary>
/// The other ends of many legs, on one thread: each sends a packet each 20 ms when it is to speak, and notes when packets come. Spread over the 20 ms
/// like phones that know nothing of each other.
/// </summary>
internal sealed class MediaPeers : IDisposable
{
    private const int PacketLength = 172;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20), TooLate = TimeSpan.FromMilliseconds(20), Stall = TimeSpan.FromMilliseconds(500);

    private readonly SocketWatch _watch = SocketWatch.ForThisSystem();
    private readonly Peer[] _peers;
    private readonly byte[] _buffer = new byte[2048];
    private readonly int[] _ready = new int[256];
    private readonly Dictionary<int, Peer> _byPort = [];

    public MediaPeers(int count)
    {
        _peers = [.. Enumerable.Range(0, count).Select(i => new Peer(Bound(), i))];
        foreach (var peer in _peers)
        {
            _watch.Add(peer.Ports.Rtp, peer.Ports.Port);
            _byPort.Add(peer.Ports.Port, peer);
        }
    }

    public IEnumerable<int> Ports => _peers.Select(p => p.Ports.Port);

    /// <summary>Says where each peer sends to.</summary>
    public void Meet(IReadOnlyList<int> ports)
    {
        for (var i = 0; i < _peers.Length; i++) _peers[i].To = new IPEndPoint(IPAddress.Loopback, ports[i]).Serialize();
    }

    /// <summary>Lets time go by.</summary>
    public void Run(TimeSpan time, bool speak)
    {
        var (started, sent) = (Stopwatch.GetTimestamp(), 0L);
        var pause = new AutoResetEvent(false);
        while (Stopwatch.GetElapsedTime(started) is var now && now < time)
        {
            for (var due = (long)(now / Turn * _peers.Length); speak && sent < due; sent++) _peers[sent % _peers.Length].Say();
            for (int count; (count = _watch.Ready(_ready)) > 0;)
            {
                for (var i = 0; i < count; i++) Take(_byPort[_ready[i]]);
            }
            pause.WaitOne(1);
        }
    }

    /// <summary>Forgets what came until now.</summary>
    public void Forget()
    {
        foreach (var peer in _peers) peer.Arrivals.Clear();
    }

    /// <summary>
    /// Share of packets that came more than 20 ms after their time, by the earliest of the same leg; each leg must have had nearly all it should, but
    /// for one stall of a busy machine. What
    /// is handed on says itself when it was sent; other packets are judged by their timestamps.
    /// </summary>
    /// <param name="measured">How long they were heard; null where it is enough that each heard something.</param>
    /// <param name="isHandedOn">Whether packets say themselves when they were sent.</param>
    public double LateShare(TimeSpan? measured, bool isHandedOn)
    {
        foreach (var peer in _peers)
        {
            BenchFailed.Unless(peer.Arrivals.Count > 0, $"leg {peer.Index} heard nothing");
            if (measured is { } time) BenchFailed.Unless(time / Turn - peer.Arrivals.Count < Math.Max(Stall / Turn, 0.1 * (time / Turn)), $"leg {peer.Index} heard {peer.Arrivals.Count} packets in {time}");
            BenchFailed.Unless(peer.Arrivals.Select(a => a.Ssrc).Distinct().Count() == 1, $"leg {peer.Index} heard several sources");
        }
        var lateness = _peers.Select(p => p.Lateness(isHandedOn)).ToList();
        return (double)lateness.Sum(l => l.Count(x => x > TooLate)) / lateness.Sum(l => l.Count);
    }

    public void Dispose()
    {
        _watch.Dispose();
        foreach (var peer in _peers) peer.Ports.Dispose();
    }

    // The system gives odd ports too, which have no pair.
    private static PortPair Bound()
    {
        PortPair? pair;
        do pair = PortPair.TryBind(IPAddress.Loopback, 0);
        while (pair is null);
        return pair;
    }

    private void Take(Peer peer)
    {
        var length = peer.Ports.Receive(peer.Ports.Rtp, _buffer, out _);
        if (!RtpPacket.TryRead(_buffer.AsSpan(0, length), out var packet)) return;
        peer.Arrivals.Add((Stopwatch.GetTimestamp(), packet.Timestamp, packet.Ssrc, packet.Payload.Length < 8 ? 0 : BinaryPrimitives.ReadInt64BigEndian(packet.Payload)));
    }

    private sealed class Peer(PortPair ports, int index)
    {
        private readonly byte[] _packet = new byte[PacketLength];
        private ushort _sequence;

        public PortPair Ports => ports;

        public int Index => index;

        public SocketAddress? To { get; set; }

        public List<(long At, uint Timestamp, uint Ssrc, long SentAt)> Arrivals { get; } = [];

        public void Say()
        {
            RtpPacket.WriteHeader(_packet, 8, false, _sequence, _sequence * 160u, (uint)index + 1);
            BinaryPrimitives.WriteInt64BigEndian(_packet.AsSpan(RtpPacket.HeaderLength), Stopwatch.GetTimestamp());
            _sequence++;
            PortPair.TrySend(ports.Rtp, _packet, To!);
        }

        public List<TimeSpan> Lateness(bool isHandedOn)
        {
            var first = Arrivals[0];
            var behind = isHandedOn ? [.. Arrivals.Select(a => Stopwatch.GetElapsedTime(a.SentAt, a.At))] : Arrivals.Select(a => Stopwatch.GetElapsedTime(first.At, a.At) - TimeSpan.FromSeconds((int)(a.Timestamp - first.Timestamp) / 8000.0)).ToList();
            var earliest = behind.Min();
            return [.. behind.Select(b => b - earliest)];
        }
    }
}
