using Courier.Media.Codecs;

namespace Courier.Media.Rtp;

/// <summary>
/// Turns packets that come when they come into a frame each 20 ms. Packets lie in a ring by their numbers and are played by their timestamps, so
/// that their length, pauses of the sender and reordering need no rules of their own. What is missing is concealed; a pause is silence or comfort noise.
/// </summary>
/// <remarks>
/// The delay follows from one measure: how much before its turn a packet comes (its headroom). One that comes too late makes the delay longer by
/// what was missing, at once; when the least headroom of two seconds is larger than two frames, a frame is left out, if possible a quiet one. This
/// holds the delay near what the network's jitter asks for, and evens out clocks that differ.
/// </remarks>
internal sealed class JitterBuffer
{
    private const int Slots = 64, MostBytes = 960;
    private const int FirstDelay = 2 * Frame.Samples;
    private const int MostDelay = 200 * Frame.Rate / 1000;
    private const int Shrinkable = 2 * Frame.Samples;
    private const int FramesPerLook = 100;
    private const double Quiet = 250 * 250;

    private readonly byte[] _bytes = new byte[Slots * MostBytes];
    private readonly Slot[] _slots = new Slot[Slots];
    private readonly LossConcealment _concealment = new();
    private readonly ComfortNoise _noise = new();

    private bool _isRunning;
    private bool _isPaused;
    private ushort _next;
    private uint _playAt;
    private int _leastHeadroom = int.MaxValue;
    private int _framesSinceLook;
    private double _power;

    /// <summary>How far the play-out is behind, on average of the last packets, in milliseconds.</summary>
    public double DelayMs { get; private set; }

    /// <summary>Samples that were concealed.</summary>
    public long Concealed { get; private set; }

    /// <summary>Packets that came after their turn.</summary>
    public long Late { get; private set; }

    /// <summary>Takes a packet of sound.</summary>
    public void Put(in RtpPacket packet, Codec codec)
    {
        if (packet.Payload.IsEmpty) return;
        if (!_isRunning || IsElsewhere(packet)) Begin(packet);
        Measure((int)(packet.Timestamp - _playAt));
        var late = (int)(_playAt - packet.Timestamp);
        if (late > 0) Lengthen(late);
        late = (int)(_playAt - packet.Timestamp);
        if ((short)(packet.Sequence - _next) < 0 || late >= packet.Payload.Length) Late++;
        else Keep(packet, packet.Payload, codec);
    }

    /// <summary>Takes a packet that says that no sound follows for now: comfort noise with its payload, or a key with none.</summary>
    public void PutPause(in RtpPacket packet, ReadOnlySpan<byte> noise)
    {
        if (_isRunning && !IsElsewhere(packet) && (short)(packet.Sequence - _next) >= 0) Keep(packet, noise, null);
    }

    /// <summary>Another voice follows: what lies here is forgotten.</summary>
    public void Reset()
    {
        _isRunning = false;
        Array.Clear(_slots);
        _concealment.Reset();
        _noise.Stop();
        _isPaused = false;
    }

    /// <summary>The next 20 ms. False when the peer is silent: then there is silence in it.</summary>
    public bool TryTake(Span<short> frame)
    {
        if (!_isRunning)
        {
            frame.Clear();
            return false;
        }
        Look();
        var heard = false;
        for (var rest = frame; !rest.IsEmpty;)
        {
            var count = TakeSome(rest, ref heard);
            _playAt += (uint)count;
            rest = rest[count..];
        }
        _power = Loudness.Power(frame);
        return heard;
    }

    // Fills a part of the frame from one source: a packet, a gap before a packet, or nothing at all.
    private int TakeSome(Span<short> rest, ref bool heard)
    {
        if (FindNext() is not { } at) return _isPaused ? Pause(rest) : Missing(rest, ref heard);
        ref var slot = ref _slots[at % Slots];
        var ahead = (int)(slot.Timestamp - _playAt);
        if (ahead > 0)
        {
            var gap = rest[..Math.Min(rest.Length, ahead)];
            return at == _next ? Pause(gap) : Missing(gap, ref heard); // no number is missing: the sender paused
        }
        _next = at;
        if (slot.Codec is not { } codec)
        {
            _noise.Hear(Bytes(slot));
            _isPaused = true;
            Consume(ref slot);
            return 0;
        }
        var skipped = -ahead;
        var count = Math.Min(rest.Length, slot.Length - skipped);
        if (count > 0)
        {
            G711.Decode(codec, Bytes(slot).Slice(skipped, count), rest);
            _concealment.Received(rest[..count]);
            _isPaused = false;
            _noise.Stop();
            heard = true;
        }
        if (skipped + Math.Max(0, count) >= slot.Length) Consume(ref slot);
        return Math.Max(0, count);
    }

    private int Pause(Span<short> samples)
    {
        _noise.Fill(samples);
        return samples.Length;
    }

    private int Missing(Span<short> samples, ref bool heard)
    {
        _concealment.Conceal(samples);
        Concealed += samples.Length;
        heard |= samples.ContainsAnyExcept((short)0);
        return samples.Length;
    }

    private void Keep(in RtpPacket packet, ReadOnlySpan<byte> bytes, Codec? codec)
    {
        if (bytes.Length > MostBytes) return;
        var slot = new Slot(true, packet.Sequence, packet.Timestamp, bytes.Length, codec);
        _slots[packet.Sequence % Slots] = slot;
        bytes.CopyTo(Bytes(slot));
    }

    private void Consume(ref Slot slot)
    {
        _next = (ushort)(slot.Sequence + 1);
        slot = default;
    }

    // The number of the first packet that is here, from the expected one on.
    private ushort? FindNext()
    {
        for (var i = 0; i < Slots; i++)
        {
            var number = (ushort)(_next + i);
            var slot = _slots[number % Slots];
            if (slot.IsFilled && slot.Sequence == number) return number;
        }
        return null;
    }

    private Span<byte> Bytes(in Slot slot) => _bytes.AsSpan(slot.Sequence % Slots * MostBytes, slot.Length);

    // More than a second away, or past the ring: the sender's clock or numbers began anew.
    private bool IsElsewhere(in RtpPacket packet)
    {
        var (numbers, samples) = ((short)(packet.Sequence - _next), (int)(packet.Timestamp - _playAt));
        return numbers is >= Slots or < -Slots || samples is > Frame.Rate or < -Frame.Rate;
    }

    private void Begin(in RtpPacket packet)
    {
        Array.Clear(_slots);
        (_isRunning, _next, _playAt) = (true, packet.Sequence, packet.Timestamp - FirstDelay);
        (_leastHeadroom, _framesSinceLook) = (int.MaxValue, 0);
    }

    private void Measure(int headroom)
    {
        _leastHeadroom = Math.Min(_leastHeadroom, headroom);
        DelayMs += (headroom * 1000.0 / Frame.Rate - DelayMs) / 16;
    }

    private void Lengthen(int samples)
    {
        var frames = (samples + Frame.Samples - 1) / Frame.Samples;
        if (DelayMs * Frame.Rate / 1000 + frames * Frame.Samples > MostDelay) return;
        _playAt -= (uint)(frames * Frame.Samples);
        (_leastHeadroom, _framesSinceLook) = (int.MaxValue, 0);
    }

    private void Look()
    {
        if (++_framesSinceLook < FramesPerLook) return;
        if (_leastHeadroom is > Shrinkable and not int.MaxValue)
        {
            if (_power > Quiet && _framesSinceLook < 2 * FramesPerLook) return; // waits for a quiet moment, but not for ever
            _playAt += Frame.Samples;
        }
        (_leastHeadroom, _framesSinceLook) = (int.MaxValue, 0);
    }

    private readonly record struct Slot(bool IsFilled, ushort Sequence, uint Timestamp, int Length, Codec? Codec);
}
