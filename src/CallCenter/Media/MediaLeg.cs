using System.Net;
using System.Net.Sockets;
using Courier.Media.Dtmf;
using Courier.Media.Mixing;
using Courier.Media.Sdp;
using Courier.Media.Sockets;

namespace Courier.Media;

/// <summary>
/// The sound of one call with one peer: what is agreed about it, what is heard on it. All may be called from any thread and does not wait; what concerns the sound
/// is done on the media thread in the order in which it was asked for.
/// </summary>
public sealed class MediaLeg : IDisposable
{
    private readonly MediaEngine _engine;
    private readonly Lock _gate = new();
    private readonly Negotiation _negotiation;
    private int _plays;
    private int _disposed;

    internal MediaLeg(MediaEngine engine, string callId, PortPair ports, IMediaEvents events, IPAddress advertised, long sessionId, TimeProvider clock)
    {
        (_engine, CallId) = (engine, callId);
        Local = new IPEndPoint(advertised, ports.Port);
        _negotiation = new Negotiation(advertised, ports.Port, sessionId, ports.Rtp.AddressFamily == AddressFamily.InterNetworkV6);
        Line = new Line(this, ports, events, $"{sessionId}@{advertised}", clock);
    }

    /// <summary>The call it belongs to.</summary>
    public string CallId { get; }

    /// <summary>Where the peer sends to.</summary>
    public IPEndPoint Local { get; }

    /// <summary>How well it is heard, by now or until its end.</summary>
    public LegQuality Quality => Line.Quality;

    /// <summary>The peer holds us: it listens to nothing, and nothing is sent to it.</summary>
    public bool IsHeldByPeer { get { lock (_gate) return _negotiation.Agreed?.HeldByPeer ?? false; } }

    /// <summary>We hold the peer: from the next description on it is told so, and from its answer on not heard.</summary>
    public bool Holds
    {
        get { lock (_gate) return _negotiation.Holds; }
        set { lock (_gate) _negotiation.Holds = value; }
    }

    internal Line Line { get; }

    /// <summary>Our own offer (RFC 3264): for a call that we make, for an INVITE without one, and later for changes.</summary>
    /// <param name="encrypted">With keys, as RTP/SAVP: for a phone that signals over TLS. Only the first offer decides.</param>
    public byte[] Offer(bool encrypted = false)
    {
        lock (_gate) return _negotiation.Offer(encrypted);
    }

    /// <summary>Answers the peer's offer, first or later; false when nothing can be agreed, and all stays as it was.</summary>
    public bool TryAnswer(ReadOnlySpan<byte> offer, out byte[] answer, out SdpRefusal refusal)
    {
        lock (_gate) return Agree(_negotiation.TryAnswer(offer, out answer), out refusal);
    }

    /// <summary>Takes the peer's answer to our offer; a second one (early media, then the answered call) replaces the first.</summary>
    public bool TakeAnswer(ReadOnlySpan<byte> answer, out SdpRefusal refusal)
    {
        lock (_gate) return Agree(_negotiation.TakeAnswer(answer), out refusal);
    }

    /// <summary>The host that the peer's signalling comes from: media from there is believed, behind NAT too.</summary>
    public void Signalled(IPAddress from) => _engine.Post(() => Line.SignallingFrom(from));

    /// <summary>Plays clips one after another, instead of what played before and of the conference.</summary>
    public PlayId Play(IReadOnlyList<AudioClip> clips, bool loop = false)
    {
        var id = new PlayId(Interlocked.Increment(ref _plays));
        _engine.Post(() => Line.Play(clips, loop, id));
        return id;
    }

    /// <summary>Plays a clip.</summary>
    public PlayId Play(AudioClip clip, bool loop = false) => Play([clip], loop);

    /// <summary>Ends what plays; the conference is heard again.</summary>
    public void StopPlaying() => _engine.Post(Line.StopPlaying);

    /// <summary>Presses keys towards the peer: as telephone events, or as tones when it knows none. Other characters are passed over.</summary>
    public void SendDigits(string digits) => _engine.Post(() => Line.SendDigits(digits));

    /// <summary>Takes the body of a SIP INFO; false when it is not about keys (to be answered with 415). The key comes as <see cref="IMediaEvents.Digit"/>.</summary>
    public bool TakeInfo(string contentType, ReadOnlySpan<byte> body)
    {
        if (!InfoDigits.TryRead(contentType, body, out var key)) return false;
        if (key is { } pressed) _engine.Post(() => Line.TakeInfo(pressed));
        return true;
    }

    /// <summary>Ends the leg: the peer is told by RTCP, its conference goes on without it, its recording ends. Its ports rest and come back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) _engine.Close(Line);
    }

    private bool Agree(SdpRefusal? refused, out SdpRefusal refusal)
    {
        refusal = refused ?? default;
        if (refused is not null) return false;
        var agreed = _negotiation.Agreed!;
        _engine.Post(() => Line.Agree(agreed, _engine.Now));
        return true;
    }
}
