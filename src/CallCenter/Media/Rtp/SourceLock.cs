using System.Net;
using Courier.Media.Sockets;

namespace Courier.Media.Rtp;

/// <summary>
/// Symmetric RTP that cannot be stolen: sound goes to where the peer's packets come from, which is learned once and then kept. Whoever sprays
/// packets at our ports gets nothing: the address in the session description wins over the same host at another port (NAT), that over strangers,
/// and a stranger is only believed soon after the description, with some packets of one source, when nobody better comes. Learned anew after a new
/// description, or when the source was silent and goes on with the same SSRC from elsewhere.
/// </summary>
internal sealed class SourceLock
{
    /// <summary>How long after a description a better source may still take over, and strangers are believed.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StrangersWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);
    private const int StrangersPackets = 5;

    private UdpAddress? _signalled;
    private UInt128? _signallingHost;
    private TimeSpan _since;
    private Rank _rank;
    private uint _ssrc;
    private TimeSpan _lastHeard;
    private (UdpAddress From, uint Ssrc, int Packets, TimeSpan Since) _candidate;

    // How honest a source looks, least first.
    private enum Rank
    {
        None,
        Stranger,
        SameHost,
        AsSignalled,
        Authenticated,
    }

    /// <summary>Where to send to; null when nobody knows.</summary>
    public UdpAddress? Remote => Learned ?? _signalled;

    /// <summary>Where packets come from; null when none is believed yet.</summary>
    public UdpAddress? Learned { get; private set; }

    /// <summary>The host that signalling comes from; media from there is believed.</summary>
    public void SignallingFrom(IPAddress host) => _signallingHost = UdpAddress.HostOf(host);

    /// <summary>A description was agreed on: its address holds, and the source may be learned anew when it names another one than before.</summary>
    public void Described(UdpAddress? remote, TimeSpan now)
    {
        _since = now;
        _candidate = default;
        if (_signalled == remote && Learned is not null) return; // a hold or its end: who is locked stays, a better one may come
        (_signalled, Learned, _rank) = (remote, null, Rank.None);
    }

    /// <summary>Whether a packet counts. It has been found to be valid RTP of an agreed payload type, and genuine where it is encrypted.</summary>
    public bool Accepts(UdpAddress from, uint ssrc, bool authenticated, TimeSpan now)
    {
        if (Learned == from)
        {
            if (authenticated) _rank = Rank.Authenticated;
            (_lastHeard, _ssrc) = (now, ssrc);
            return true;
        }
        var rank = RankOf(from, authenticated);
        var isInWindow = now - _since <= Window;
        var isBetter = rank > _rank && (isInWindow || Learned is null && rank > Rank.Stranger);
        var hasMoved = Learned is not null && ssrc == _ssrc && now - _lastHeard > Silence;
        var isRoaming = authenticated && _rank == Rank.Authenticated;
        if (!isBetter && !hasMoved && !isRoaming) return false;
        if (rank == Rank.Stranger && !HasProved(from, ssrc, now)) return false;
        (Learned, _rank, _ssrc, _lastHeard) = (from, rank, ssrc, now);
        return true;
    }

    private Rank RankOf(UdpAddress from, bool authenticated)
    {
        if (authenticated) return Rank.Authenticated;
        if (from == _signalled) return Rank.AsSignalled;
        return from.Host == _signalled?.Host || from.Host == _signallingHost ? Rank.SameHost : Rank.Stranger;
    }

    private bool HasProved(UdpAddress from, uint ssrc, TimeSpan now)
    {
        if (_candidate.From != from || _candidate.Ssrc != ssrc) _candidate = (from, ssrc, 0, now);
        _candidate.Packets++;
        return _candidate.Packets >= StrangersPackets && now - _candidate.Since >= StrangersWait;
    }
}
