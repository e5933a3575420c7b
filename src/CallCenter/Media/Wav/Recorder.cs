using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Courier.Media.Codecs;

namespace Courier.Media.Wav;

/// <summary>Which sides a recording holds.</summary>
public enum RecordedSides
{
    /// <summary>Stereo: left what comes from the leg, right what it hears.</summary>
    Both,

    /// <summary>Mono: what comes from the leg, for voice mail.</summary>
    Peer,
}

/// <summary>
/// A running recording of one leg, made by <see cref="MediaEngine.Record"/>. Both sides lie on the engine's clock, so they are as long as the recording
/// took, to the frame, whatever came or did not come over the network. It is written in blocks of a second, never by the thread that sends.
/// </summary>
public sealed class Recorder
{
    private readonly Stream _wav;
    private readonly RecordingQueue _queue;
    private readonly Action<Recorder> _detach;
    private readonly TaskCompletionSource<Recorded> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _channels;

    private byte[]? _block;
    private int _filled;
    private long _frames;
    private bool _hasEnded;
    private volatile bool _isPaused;
    private bool _hasHeader;
    private string? _fault;

    internal Recorder(Stream wav, RecordedSides sides, RecordingQueue queue, Action<Recorder> detach)
    {
        if (!wav.CanRead || !wav.CanWrite || !wav.CanSeek) throw new ArgumentException("The header is put right and the hash is taken at the end: the stream must read, write and seek.", nameof(wav));
        (_wav, _queue, _detach, _channels) = (wav, queue, detach, sides switch { RecordedSides.Both => 2, RecordedSides.Peer => 1 });
    }

    /// <summary>How long it is by now, pauses included.</summary>
    public TimeSpan Length => TimeSpan.FromMilliseconds(Volatile.Read(ref _frames) * Frame.Milliseconds);

    /// <summary>Bytes of a block: a second.</summary>
    internal static int BlockBytes(int channels) => Frame.Rate * channels * WavHeader.SampleBytes;

    /// <summary>From the next frame on there is silence, which keeps the time line: for card numbers and the like.</summary>
    public void Pause() => _isPaused = true;

    /// <summary>Ends a pause.</summary>
    public void Resume() => _isPaused = false;

    /// <summary>Ends the recording; also to be awaited when its leg ended before. Asking again gives the same. The stream is the caller's to close.</summary>
    public Task<Recorded> Finish()
    {
        _detach(this);
        return _finished.Task;
    }

    // ---- on the media thread ----

    internal void Take(ReadOnlySpan<short> peer, ReadOnlySpan<short> ours)
    {
        var samples = MemoryMarshal.Cast<byte, short>(Room(Frame.Samples * _channels * WavHeader.SampleBytes));
        if (_isPaused) samples.Clear();
        else if (_channels == 1) peer.CopyTo(samples);
        else Interleave(peer, ours, samples);
        Volatile.Write(ref _frames, _frames + 1);
        if (_filled == BlockBytes(_channels)) HandOver();
    }

    /// <summary>Time went by in which nothing could be taken.</summary>
    internal void Skip(int frames)
    {
        Span<short> silence = stackalloc short[Frame.Samples];
        silence.Clear();
        for (; frames > 0; frames--) Take(silence, silence);
    }

    internal void End()
    {
        if (_hasEnded) return;
        _hasEnded = true;
        HandOver();
        _queue.End(this);
    }

    private static void Interleave(ReadOnlySpan<short> left, ReadOnlySpan<short> right, Span<short> both)
    {
        for (var i = 0; i < left.Length; i++) (both[2 * i], both[2 * i + 1]) = (left[i], right[i]);
    }

    private Span<byte> Room(int bytes)
    {
        _block ??= _queue.Rent();
        var room = _block.AsSpan(_filled, bytes);
        _filled += bytes;
        return room;
    }

    private void HandOver()
    {
        if (_block is null) return;
        _queue.Write(this, _block, _filled);
        (_block, _filled) = (null, 0);
    }

    // ---- on the queue's thread ----

    /// <summary>Writes a block; null stands for one that there was no room for, and becomes silence.</summary>
    internal async ValueTask Write(ReadOnlyMemory<byte>? block, int length)
    {
        if (_fault is not null) return;
        try
        {
            await EnsureHeader();
            await _wav.WriteAsync(block ?? new byte[length]);
        }
        catch (Exception fault) when (IsOfStorage(fault))
        {
            _fault = fault.Message;
        }
    }

    internal async ValueTask Complete()
    {
        try
        {
            await EnsureHeader();
            var recorded = await WavFile.Complete(_wav, CancellationToken.None);
            _finished.TrySetResult(recorded with { Fault = _fault });
        }
        catch (Exception fault) when (IsOfStorage(fault))
        {
            _finished.TrySetResult(new Recorded(Length, 0, "", _fault ?? fault.Message));
        }
    }

    private async ValueTask EnsureHeader()
    {
        if (_hasHeader) return;
        var header = new byte[WavHeader.Length];
        WavHeader.Write(header, _channels, 0);
        await _wav.WriteAsync(header);
        _hasHeader = true;
    }

    // A full disk or a closed file ends the recording, not the call.
    private static bool IsOfStorage(Exception fault) =>
        fault is IOException or InvalidDataException or ObjectDisposedException or UnauthorizedAccessException or NotSupportedException or CryptographicException;
}
