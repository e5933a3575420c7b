using Courier.Media.Codecs;
using Courier.Media.Dtmf;
using Courier.Media.Mixing;
using Courier.Media.Rtp;
using Courier.Media.Sdp;
using Courier.Media.Sockets;
using Courier.Media.Wav;

namespace Courier.Media;

/// <summary>A leg as the media thread knows it: what comes in, what goes out. Touched by that thread alone, but for the figures, which anyone may read.</summary>
internal sealed class Line : IDisposable
{
    // After so many turns without a packet to hand on, the straight way sends silence, so that the peer hears that we are there.
    private const int RelayLapse = 10;

    private readonly MediaLeg _leg;
    private readonly PortPair _ports;
    private readonly IMediaEvents _events;
    private readonly SourceLock _source = new();
    private readonly Reception _reception = new();
    private readonly EventReceiver _keys = new();
    private readonly DigitInbox _digits = new();
    private readonly DigitSender _digitSender = new();
    private readonly Player _player = new();
    private readonly Player _tones = new();
    private readonly LineControl _control;
    private readonly RtpSender _sender;
    private readonly LineOutput _output;
    private readonly short[] _heard = new short[Frame.Samples];
    private readonly byte[] _encoded = new byte[Frame.Samples];

    private JitterBuffer? _jitter;
    private ToneDetector? _detector;
    private Srtp? _peerSrtp;
    private Recorder? _recorder;
    private bool _decodes;
    private int _turnsSinceRelay = RelayLapse;
    private HeardFrom _lastHeardFrom;
    private TimeSpan _lastSign;
    private bool _isSilent;

    public Line(MediaLeg leg, PortPair ports, IMediaEvents events, string name, TimeProvider clock)
    {
        (_leg, _ports, _events) = (leg, ports, events);
        _output = new LineOutput(ports, _source);
        _sender = new RtpSender(_output.Send);
        _control = new LineControl(new Rtcp(_sender.Ssrc, name, _reception), _output, _sender, clock);
    }

    private enum HeardFrom
    {
        Nothing,
        Player,
        Conference,
    }

    /// <summary>Its ports.</summary>
    public PortPair Ports => _ports;

    /// <summary>Whether it still is served.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>What holds; null before the first agreement.</summary>
    public Agreement? Agreed { get; private set; }

    /// <summary>The conference it takes part in.</summary>
    public Conference? Conference { get; private set; }

    /// <summary>What the peer said in this turn; only while somebody needs it.</summary>
    public short[] Said { get; } = new short[Frame.Samples];

    /// <summary>Whether there is anything in <see cref="Said"/>.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>Whether nobody but a conference wants its sound, and it can take packets as they are.</summary>
    public bool CanBeStraight => _recorder is null && _detector is null && !_player.IsPlaying && !_tones.IsPlaying && Agreed is not null;

    /// <summary>Packets that were turned away because of where they came from.</summary>
    public long Strangers { get; private set; }

    /// <summary>The figures so far; from any thread.</summary>
    public LegQuality Quality => new(Agreed is { } a ? a.Codec.ToString().ToUpperInvariant() : "", _reception.Received, _sender.Packets, _reception.Lost,
        _reception.MeanJitterMs, _control.Reports.RoundTrip?.TotalMilliseconds, _control.Reports.RemoteLoss);

    // ---- what the leg asks for ----

    public void Agree(Agreement agreement, TimeSpan now)
    {
        if (agreement.PeerKey is null || !agreement.PeerKey.Equals(Agreed?.PeerKey))
        {
            _peerSrtp?.Dispose();
            _peerSrtp = agreement.PeerKey is { } key ? new Srtp(key) : null;
        }
        _output.Agree(agreement, Agreed);
        _source.Described(agreement.Remote is { } remote ? UdpAddress.Of(remote) : null, now);
        if (agreement.PacketMs != Agreed?.PacketMs) _sender.PacketOf(agreement.PacketMs);
        if (agreement.EventTypeIn is not null) _detector = null;
        else _detector ??= new ToneDetector();
        if (Agreed is null) _control.Start(now);
        (Agreed, _lastSign, _isSilent) = (agreement, now, false);
    }

    public void SignallingFrom(System.Net.IPAddress host) => _source.SignallingFrom(host);

    public void Play(IReadOnlyList<AudioClip> clips, bool loops, PlayId id) => _player.Start(clips, loops, id);

    public void StopPlaying() => _player.Stop();

    public void SendDigits(string digits) => _digitSender.Add(digits);

    public void TakeInfo(char digit) => Press(digit, DigitWay.Info);

    public void Record(Recorder recorder)
    {
        _recorder?.End();
        _recorder = recorder;
    }

    public void StopRecording(Recorder recorder)
    {
        if (_recorder == recorder) _recorder = null;
        recorder.End();
    }

    public void Joined(Conference conference) => Conference = conference;

    public void Left() => Conference = null;

    // ---- what comes from the network ----

    /// <summary>A packet that came to the RTP port.</summary>
    public void Receive(Span<byte> bytes, UdpAddress from, TimeSpan now)
    {
        if (Agreed is not { } agreed) return;
        if (RtpPacket.IsRtcp(bytes))
        {
            if (agreed.Mux) ReceiveControl(bytes, from, now);
            return;
        }
        if (_peerSrtp is not null)
        {
            var length = _peerSrtp.Unprotect(bytes);
            if (length < 0) return;
            bytes = bytes[..length];
        }
        if (!RtpPacket.TryRead(bytes, out var packet)) return;
        var codec = agreed.CodecOf(packet.PayloadType);
        var isKey = packet.PayloadType == agreed.EventTypeIn;
        if (codec is null && !isKey && packet.PayloadType != ComfortNoise.PayloadType) return;
        if (!_source.Accepts(from, packet.Ssrc, _peerSrtp is not null, now))
        {
            Strangers++;
            return;
        }
        ShowSign(now);
        if (_reception.Count(packet, now)) _jitter?.Reset();
        if (!agreed.Receives) return;
        if (isKey) TakeKey(packet, now);
        else TakeSound(packet, codec);
    }

    /// <summary>A packet that came to the RTCP port.</summary>
    public void ReceiveControl(Span<byte> bytes, UdpAddress from, TimeSpan now)
    {
        if (_peerSrtp is not null)
        {
            var length = _peerSrtp.UnprotectControl(bytes);
            if (length < 0) return;
            bytes = bytes[..length];
        }
        else if (from.Host != _source.Remote?.Host)
        {
            Strangers++;
            return;
        }
        if (!_control.Read(bytes, now)) return;
        _output.ControlCameFrom(from);
        ShowSign(now);
    }

    private void TakeKey(in RtpPacket packet, TimeSpan now)
    {
        var pressed = _keys.Read(packet.Ssrc, packet.Timestamp, packet.Payload, now);
        if (pressed is { } key) Press(key, DigitWay.Event);
        if (Conference?.StraightPeerOf(this) is { } straight && straight.Agreed!.EventTypeOut is { } type) straight.Relay(packet, type);
        else if (pressed is { } passed) Conference?.OtherOfTwo(this)?.SendDigits(passed.ToString());
        if (_decodes) _jitter!.PutPause(packet, []);
    }

    private void TakeSound(in RtpPacket packet, Codec? codec)
    {
        if (codec is { } known && Conference?.StraightPeerOf(this) is { } straight && known == straight.Agreed!.Codec) straight.Relay(packet, straight.Agreed.AudioTypeOut);
        if (!_decodes) return;
        if (codec is { } sound) _jitter!.Put(packet, sound);
        else _jitter!.PutPause(packet, packet.Payload);
    }

    private void Press(char key, DigitWay way)
    {
        if (_digits.Counts(way)) _events.Digit(_leg, key);
    }

    private void ShowSign(TimeSpan now) => (_lastSign, _isSilent) = (now, false);

    private void Relay(in RtpPacket packet, byte type)
    {
        if (!Agreed!.Sends) return;
        _turnsSinceRelay = 0;
        _sender.Relay(packet, type);
    }

    // ---- turns of 20 ms ----

    /// <summary>First half of a turn: what the peer says.</summary>
    public void Hear()
    {
        var decodes = _recorder is not null || _detector is not null || Conference is { } c && c.StraightPeerOf(this) is null;
        if (decodes && !_decodes) (_jitter ??= new JitterBuffer()).Reset();
        _decodes = decodes;
        IsHeard = decodes && _jitter!.TryTake(Said);
        if (IsHeard && _detector?.Hear(Said) is { } key) PressInBand(key);
    }

    /// <summary>Second half: what the peer hears, which is the same for the recording.</summary>
    public void Speak()
    {
        _sender.Advance(1);
        if (Agreed is { } agreed && !SpeakKeys(agreed)) SpeakSound(agreed);
        else _heard.AsSpan().Clear();
        if (!_decodes) IsHeard = false;
        if (_recorder is null) return;
        if (!IsHeard) Said.AsSpan().Clear();
        _recorder.Take(Said, _heard);
    }

    /// <summary>Turns that nobody could take part in, because the machine was elsewhere.</summary>
    public void Skip(int turns)
    {
        _sender.Advance(turns);
        _recorder?.Skip(turns);
    }

    /// <summary>What is seldom to be done: reports, and whether the peer is still there.</summary>
    public void Attend(TimeSpan now, TimeSpan silentAfter)
    {
        if (Agreed is not { } agreed) return;
        _control.Attend(agreed, now);
        if (_isSilent || !agreed.Receives || now - _lastSign < silentAfter) return;
        _isSilent = true;
        _events.Silent(_leg);
    }

    /// <summary>The end: the peer hears of it, the recording is closed.</summary>
    public void Dispose()
    {
        if (!IsOpen) return;
        IsOpen = false;
        Conference?.Remove(this);
        if (Agreed is { } agreed) _control.SayGoodbye(agreed);
        _recorder?.End();
        _recorder = null;
        _peerSrtp?.Dispose();
        _output.Dispose();
    }

    private void PressInBand(char key)
    {
        Press(key, DigitWay.InBand);
        Conference?.OtherOfTwo(this)?.SendDigits(key.ToString());
    }

    private bool SpeakKeys(Agreement agreed)
    {
        if (agreed.EventTypeOut is { } type) return agreed.Sends && _digitSender.TryTurn(_sender, type);
        if (!_tones.IsPlaying && _digitSender.Take() is { } key) _tones.Start([Tones.OfKey(key)], loops: false, default);
        return false;
    }

    private void SpeakSound(Agreement agreed)
    {
        var from = NextFrame(agreed, out var frame);
        if (from != _lastHeardFrom) _sender.Mark();
        _lastHeardFrom = from;
        if (_recorder is not null) G711.Decode(agreed.Codec, frame, _heard);
        if (agreed.Sends && !frame.IsEmpty) _sender.Sound(frame, agreed.AudioTypeOut);
    }

    // Keys before prompts, prompts before the conference, silence when there is nothing; nothing while packets are handed on.
    private HeardFrom NextFrame(Agreement agreed, out ReadOnlySpan<byte> frame)
    {
        if (_tones.TryNext(agreed.Codec, out frame, out _)) return HeardFrom.Player;
        if (_player.TryNext(agreed.Codec, out frame, out var ended)) return HeardFrom.Player;
        if (ended is { } played) _events.Played(_leg, played);
        if (Conference is { } conference)
        {
            if (conference.StraightPeerOf(this) is null)
            {
                conference.Hear(this, _heard);
                G711.Encode(agreed.Codec, _heard, _encoded);
                frame = _encoded;
                return HeardFrom.Conference;
            }
            if (_turnsSinceRelay++ < RelayLapse) return HeardFrom.Conference;
        }
        _encoded.AsSpan().Fill(G711.Silence(agreed.Codec));
        frame = _encoded;
        return HeardFrom.Nothing;
    }
}
