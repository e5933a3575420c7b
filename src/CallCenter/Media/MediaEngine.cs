using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Courier.Media.Mixing;
using Courier.Media.Sockets;
using Courier.Media.Wav;
using Microsoft.Extensions.Logging;

namespace Courier.Media;

/// <summary>
/// All sound of all calls: one thread with one clock, whose turn is 20 ms. Between turns it looks at the sockets every four milliseconds, so that packets that are
/// handed on straight wait two on average, and many packets cost it one waking. Nothing is allocated for a packet; no leg has a thread, timer or task.
/// </summary>
public sealed partial class MediaEngine : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(4);
    internal const int LargestPacket = 2048;

    private const int MostReady = 256, TurnsBetweenCare = 25;

    private static readonly Meter Meter = new("Courier.Media");
    private static readonly UpDownCounter<int> OpenLegsNow = Meter.CreateUpDownCounter<int>("courier_media_legs", description: "Legs that sound is served for.");
    private static readonly Counter<long> PacketsReceived = Meter.CreateCounter<long>("courier_media_packets_received_total", description: "Packets of RTP and RTCP that came.");
    private static readonly Counter<long> TurnsSkipped = Meter.CreateCounter<long>("courier_media_turns_skipped_total", description: "Turns of 20 ms that were left out because the machine was elsewhere.");

    private readonly MediaOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly PortPool _ports;
    private readonly SocketWatch _watch = SocketWatch.ForThisSystem();
    private readonly RecordingQueue _recordings = new();
    private readonly ConcurrentQueue<Action> _asked = [];
    private readonly List<Line> _lines = [];
    private readonly HashSet<Conference> _mixed = [];
    private readonly Dictionary<int, Line> _byPort = [];
    private readonly byte[] _packet = new byte[LargestPacket];
    private readonly int[] _ready = new int[MostReady];
    private readonly long _started;
    private Thread? _thread;
    private long _turn;
    private int _open;
    private volatile bool _stopping;

    /// <summary>Makes an engine that does not run yet.</summary>
    /// <param name="options">Addresses and ports.</param>
    /// <param name="clock">The clock that sound is paced by; it must run.</param>
    /// <param name="log">For ports that are taken and faults.</param>
    public MediaEngine(MediaOptions options, TimeProvider clock, ILogger log)
    {
        (_options, _clock, _log) = (options, clock, log);
        _ports = new PortPool(options, clock, log);
        _started = clock.GetTimestamp();
        Pace = new Pace(clock);
    }

    /// <summary>How many legs are open.</summary>
    public int OpenLegs => Volatile.Read(ref _open);

    internal Pace Pace { get; }

    internal int BoundPairs => _ports.Bound;

    internal TimeSpan Now => _clock.GetElapsedTime(_started);

    /// <summary>Binds the ports and begins.</summary>
    public void Start()
    {
        BindPorts();
        _thread = new Thread(Run) { IsBackground = true, Name = "Media" };
        _thread.Start();
    }

    /// <summary>Opens a leg; false when no ports are left.</summary>
    /// <param name="callId">The call it belongs to, for logs.</param>
    /// <param name="events">Who is told what happens on it.</param>
    /// <param name="leg">The leg.</param>
    public bool TryOpen(string callId, IMediaEvents events, [NotNullWhen(true)] out MediaLeg? leg)
    {
        leg = null;
        if (_stopping || _ports.Take() is not { } ports) return false;
        var opened = leg = new MediaLeg(this, callId, ports, events, _options.Written, RandomNumberGenerator.GetInt32(int.MaxValue), _clock);
        Interlocked.Increment(ref _open);
        OpenLegsNow.Add(1);
        Post(() => Add(opened.Line));
        return true;
    }

    /// <summary>Lets two legs hear each other.</summary>
    public Conference Bridge(MediaLeg a, MediaLeg b)
    {
        var bridge = Confer();
        bridge.Join(a, MemberRole.Full);
        bridge.Join(b, MemberRole.Full);
        return bridge;
    }

    /// <summary>A conference without members.</summary>
    public Conference Confer() => new(this);

    /// <summary>
    /// Records a leg from now on: on the left what comes from it, on the right what it hears, whoever speaks. So a recording of the customer's leg survives prompts,
    /// music and transfers. A leg has one recording; an earlier one ends.
    /// </summary>
    /// <param name="leg">Whose call it is.</param>
    /// <param name="wav">Where the file is written: empty, able to read, write and seek. The caller closes it after <see cref="Recorder.Finish"/>.</param>
    /// <param name="sides">Both, or the peer alone.</param>
    /// <exception cref="ArgumentException">The stream cannot do what is needed.</exception>
    public Recorder Record(MediaLeg leg, Stream wav, RecordedSides sides = RecordedSides.Both)
    {
        var recorder = new Recorder(wav, sides, _recordings, r => Post(() => leg.Line.StopRecording(r)));
        Post(() =>
        {
            if (leg.Line.IsOpen) leg.Line.Record(recorder);
            else recorder.End();
        });
        return recorder;
    }

    /// <summary>Ends all legs and recordings, and gives the ports to the system.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _watch.Wake();
        _thread?.Join();
        while (_asked.TryDequeue(out var ask)) ask();
        foreach (var line in _lines.ToArray()) Remove(line);
        _recordings.Close().GetAwaiter().GetResult();
        _watch.Dispose();
        _ports.Dispose();
    }

    /// <summary>Has something done on the media thread, after what was asked before.</summary>
    internal void Post(Action ask)
    {
        _asked.Enqueue(ask);
        if (!_stopping) _watch.Wake();
    }

    internal void BindPorts() => _ports.BindRange();

    internal void Close(Line line) => Post(() => Remove(line));

    /// <summary>What the thread does again and again: what was asked, what came, what is due.</summary>
    internal void Step()
    {
        while (_asked.TryDequeue(out var ask)) ask();
        Receive();
        var (due, skip) = Pace.Take();
        if (skip > 0) Skip(skip);
        for (; due > 0; due--) Turn();
    }

    private void Run()
    {
        Pace.Restart();
        while (!_stopping)
        {
            Step();
            if (_lines.Count > 0)
            {
                var left = Pace.Left < BetweenLooks ? Pace.Left : BetweenLooks;
                if (left > TimeSpan.Zero) _watch.Pause((int)Math.Ceiling(left.TotalMilliseconds));
            }
            else if (_asked.IsEmpty)
            {
                _watch.Pause(Timeout.Infinite);
                Pace.Restart();
            }
        }
    }

    private void Receive()
    {
        int count;
        var received = 0L;
        do
        {
            count = _watch.Ready(_ready);
            var now = Now;
            for (var i = 0; i < count; i++) ReceiveOn(_ready[i], now);
            received += count;
        }
        while (count > 0 && Pace.Left > TimeSpan.Zero); // a flood may delay a look, not a turn
        if (received > 0) PacketsReceived.Add(received);
    }

    // Even numbers are RTP ports, odd ones RTCP ports.
    private void ReceiveOn(int port, TimeSpan now)
    {
        if (!_byPort.TryGetValue(port & ~1, out var line)) return;
        var isControl = (port & 1) != 0;
        var length = line.Ports.Receive(isControl ? line.Ports.Rtcp : line.Ports.Rtp, _packet, out var from);
        if (length == 0) return;
        if (isControl) line.ReceiveControl(_packet.AsSpan(0, length), from, now);
        else line.Receive(_packet.AsSpan(0, length), from, now);
    }

    private void Turn()
    {
        _turn++;
        foreach (var line in _lines) line.Hear();
        foreach (var line in _lines)
        {
            if (line.Conference is { } conference && conference.StraightPeerOf(line) is null && _mixed.Add(conference)) conference.Mix();
        }
        _mixed.Clear();
        foreach (var line in _lines) line.Speak();
        if (_turn % TurnsBetweenCare != 0) return;
        foreach (var line in _lines) line.Attend(Now, _options.SilentAfter);
    }

    private void Skip(int turns)
    {
        TurnsSkipped.Add(turns);
        foreach (var line in _lines) line.Skip(turns);
    }

    private void Add(Line line)
    {
        line.Ports.Drain();
        _lines.Add(line);
        _byPort.Add(line.Ports.Port, line);
        _watch.Add(line.Ports.Rtp, line.Ports.Port);
        _watch.Add(line.Ports.Rtcp, line.Ports.Port + 1);
    }

    private void Remove(Line line)
    {
        if (!_lines.Remove(line)) return;
        line.Dispose();
        _byPort.Remove(line.Ports.Port);
        _watch.Remove(line.Ports.Rtp, line.Ports.Port);
        _watch.Remove(line.Ports.Rtcp, line.Ports.Port + 1);
        _ports.Return(line.Ports);
        Interlocked.Decrement(ref _open);
        OpenLegsNow.Add(-1);
    }
}
