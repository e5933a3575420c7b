using System.Net;
using Courier.Media.Rtp;
using Courier.Media.Sdp;
using Courier.Media.Sockets;

namespace Courier.Media;

/// <summary>The way out of one leg: encrypts where it is agreed, and knows where the peer is.</summary>
internal sealed class LineOutput(PortPair ports, SourceLock source) : IDisposable
{
    // A second: an address that cannot be reached is not tried fifty times in it.
    private const int PacketsAfterRefusal = 50;

    private Srtp? _srtp;
    private UdpAddress? _remote;
    private SocketAddress? _to;
    private UdpAddress? _control;
    private UdpAddress? _controlLearned;
    private int _muted;

    public void Agree(Agreement agreement, Agreement? before)
    {
        if (agreement.OurKey is null || !agreement.OurKey.Equals(before?.OurKey))
        {
            _srtp?.Dispose();
            _srtp = agreement.OurKey is { } key ? new Srtp(key) : null;
        }
        var control = agreement.RemoteRtcp is { } rtcp ? UdpAddress.Of(rtcp) : (UdpAddress?)null;
        if (control != _control) (_control, _controlLearned) = (control, null);
    }

    /// <summary>Sends a packet of RTP.</summary>
    public void Send(Span<byte> buffer, int length)
    {
        if (source.Remote is not { } remote || remote.Port == 0) return;
        if (remote != _remote) (_remote, _to, _muted) = (remote, remote.ToSocketAddress(ports.Rtp.AddressFamily), 0);
        if (_to is null || _muted > 0 && _muted-- > 0) return;
        if (_srtp is not null) length = _srtp.Protect(buffer, length);
        if (!PortPair.TrySend(ports.Rtp, buffer[..length], _to)) _muted = PacketsAfterRefusal;
    }

    /// <summary>Sends RTCP: to where the peer's comes from, else where it was said to go, moved along when RTP comes from another host.</summary>
    public void SendControl(Span<byte> buffer, int length, bool mux)
    {
        if (_srtp is not null) length = _srtp.ProtectControl(buffer, length);
        var socket = mux ? ports.Rtp : ports.Rtcp;
        var to = mux ? source.Remote : _controlLearned ?? Expected();
        if (to is { Port: not 0 } address && address.ToSocketAddress(socket.AddressFamily) is { } end) PortPair.TrySend(socket, buffer[..length], end);
    }

    /// <summary>Genuine RTCP came from here.</summary>
    public void ControlCameFrom(UdpAddress from) => _controlLearned = from;

    public void Dispose() => _srtp?.Dispose();

    private UdpAddress? Expected()
    {
        if (source.Learned is { } learned && learned.Host != _control?.Host) return new UdpAddress(learned.Host, (ushort)(learned.Port + 1));
        return _control;
    }
}
