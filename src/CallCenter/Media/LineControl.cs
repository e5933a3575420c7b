using Courier.Media.Rtp;
using Courier.Media.Sdp;

namespace Courier.Media;

/// <summary>When a leg's reports are sent (RFC 3550 §6.2, §6.3): every five seconds, by chance half to one and a half of it, the first after half the time.</summary>
internal sealed class LineControl(Rtcp reports, LineOutput output, RtpSender sender, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly byte[] _buffer = new byte[Rtcp.LargestReport + Srtp.MostGrowth];
    private readonly Random _random = new((int)sender.Ssrc); // the source is as good as chance, and other on each leg
    private TimeSpan _next = TimeSpan.MaxValue;
    private TimeSpan _now;

    public Rtcp Reports => reports;

    public void Start(TimeSpan now) => _next = now + Interval / 2 * Spread();

    public bool Read(ReadOnlySpan<byte> bytes, TimeSpan now) => reports.Read(bytes, now, clock.GetUtcNow());

    public void Attend(Agreement agreed, TimeSpan now)
    {
        _now = now;
        if (now < _next) return;
        _next = now + Interval * Spread();
        Send(agreed, isLast: false);
    }

    public void SayGoodbye(Agreement agreed) => Send(agreed, isLast: true);

    private void Send(Agreement agreed, bool isLast)
    {
        var length = reports.Write(_buffer, (sender.Packets, sender.Bytes, sender.Clock), _now, clock.GetUtcNow(), isLast);
        output.SendControl(_buffer, length, agreed.Mux);
    }

    private double Spread() => 0.5 + _random.NextDouble();
}
