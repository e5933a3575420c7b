using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Courier.Sip.Messages;

namespace Courier.Sip.Transport;

/// <summary>One TCP or TLS connection: a reader that cuts messages out, a writer that sends what waits, both ended by closing.</summary>
internal sealed class StreamConnection : Flow, IDisposable
{
    private const int MostWaiting = 1000;

    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly Channel<ReadOnlyMemory<byte>> _waiting = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Stream _stream;
    private readonly Gate _gate;
    private readonly TimeProvider _clock;
    private long _lastHeard;
    private long _incompleteSince;

    public StreamConnection(string transport, Stream stream, IPEndPoint remote, IPEndPoint advertised, Gate gate, TimeProvider clock)
    {
        Transport = transport;
        Remote = remote;
        Advertised = advertised;
        _stream = stream;
        _gate = gate;
        _clock = clock;
        _lastHeard = clock.GetTimestamp();
    }

    public override string Transport { get; }

    public override IPEndPoint Remote { get; }

    public override IPEndPoint Advertised { get; }

    public override bool TrySend(ReadOnlyMemory<byte> message) => _waiting.Writer.TryWrite(message);

    /// <summary>Whether nothing has come for so long, or the rest of a message for so long, that the peer is given up.</summary>
    public bool IsStale(TimeSpan idle, TimeSpan slow)
    {
        var incomplete = Volatile.Read(ref _incompleteSince);
        return _clock.GetElapsedTime(Volatile.Read(ref _lastHeard)) > idle || (incomplete != 0 && _clock.GetElapsedTime(incomplete) > slow);
    }

    /// <summary>Reads and writes until either ends.</summary>
    public async Task RunAsync()
    {
        var writing = WriteAsync();
        try
        {
            await ReadAsync();
        }
        catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer is gone or the connection was closed here; both end it.
        }
        _waiting.Writer.TryComplete();
        await writing;
        Dispose();
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _stream.Dispose();
    }

    private async Task ReadAsync()
    {
        var framing = new StreamFraming();
        while (await _stream.ReadAsync(framing.Room()) is var length and > 0)
        {
            framing.Received(length);
            Volatile.Write(ref _lastHeard, _clock.GetTimestamp());
            if (!TakeFrames(framing)) return;
        }
    }

    /// <summary>Hands up what is whole; false when nothing more can be read.</summary>
    private bool TakeFrames(StreamFraming framing)
    {
        while (true)
        {
            switch (framing.TryTake(out var frame))
            {
                case FrameKind.Message:
                    _gate.Take(frame, this);
                    break;
                case FrameKind.Ping:
                    TrySend(Pong);
                    break;
                case FrameKind.Broken:
                    _gate.Take(frame, this);
                    return false;
                case FrameKind.Incomplete:
                    NoteIncomplete(framing.HoldsBytes);
                    return true;
            }
        }
    }

    private void NoteIncomplete(bool isIncomplete)
    {
        if (!isIncomplete) Volatile.Write(ref _incompleteSince, 0);
        else if (Volatile.Read(ref _incompleteSince) == 0) Volatile.Write(ref _incompleteSince, Math.Max(1, _clock.GetTimestamp()));
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _waiting.Reader.ReadAllAsync()) await _stream.WriteAsync(message);
            await _stream.FlushAsync();
        }
        catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException)
        {
            // Whoever sends from now on hears that the way is broken.
            Dispose();
        }
    }
}
