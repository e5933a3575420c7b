using System.Net;
using Courier.Media.Rtp;
using Courier.Media.Sockets;

namespace Courier.Media.Tests.Rtp;

public sealed class BelievingSources
{
    private static readonly UdpAddress Described = At("198.51.100.7:4000"), SameHost = At("198.51.100.7:61000"), Stranger = At("203.0.113.66:5000");

    private readonly SourceLock _lock = new();
    private TimeSpan _now;

    public BelievingSources() => _lock.Described(Described, _now);

    [Fact]
    public void The_described_address_is_believed_at_once_and_for_good()
    {
        Sends(Described).ShouldBeTrue();
        for (var i = 0; i < 1000; i++) Sends(Stranger, ssrc: 9).ShouldBeFalse();
        Sends(SameHost, ssrc: 9).ShouldBeFalse();
        _lock.Remote.ShouldBe(Described);
    }

    [Fact]
    public void Behind_NAT_the_host_of_the_signalling_is_believed_at_once()
    {
        _lock.Described(At("192.168.1.5:4000"), _now);
        _lock.SignallingFrom(IPAddress.Parse("198.51.100.7"));
        Sends(SameHost).ShouldBeTrue();
        _lock.Remote.ShouldBe(SameHost);
    }

    [Fact]
    public void A_stranger_is_believed_after_a_second_and_five_packets_when_nobody_better_came()
    {
        for (var i = 0; i < 50; i++) Sends(Stranger, after: 20).ShouldBeFalse();
        Sends(Stranger, after: 20).ShouldBeTrue();
        _lock.Remote.ShouldBe(Stranger);
        Sends(Described, ssrc: 2, after: 20).ShouldBeTrue(); // better, and still within five seconds
        Sends(Stranger, after: 20).ShouldBeFalse();
    }

    [Fact]
    public void A_stranger_that_sprays_several_sources_is_not_believed()
    {
        for (uint i = 0; i < 200; i++) Sends(Stranger, ssrc: i, after: 20).ShouldBeFalse();
    }

    [Fact]
    public void A_stranger_is_not_believed_late()
    {
        _now += SourceLock.Window + TimeSpan.FromMilliseconds(1);
        for (var i = 0; i < 500; i++) Sends(Stranger, after: 20).ShouldBeFalse();
        Sends(SameHost, after: 20).ShouldBeTrue();
    }

    [Fact]
    public void Who_is_silent_may_go_on_from_elsewhere_with_the_same_source_only()
    {
        Sends(Described, ssrc: 5).ShouldBeTrue();
        Sends(SameHost, ssrc: 5, after: 2000).ShouldBeFalse();
        _now += TimeSpan.FromSeconds(5);
        Sends(SameHost, ssrc: 6).ShouldBeFalse();
        Sends(SameHost, ssrc: 5).ShouldBeTrue();
        _lock.Remote.ShouldBe(SameHost);
    }

    [Fact]
    public void A_new_description_with_another_address_begins_anew()
    {
        Sends(Described).ShouldBeTrue();
        _now += TimeSpan.FromMinutes(1);
        var moved = At("198.51.100.8:7000");
        _lock.Described(moved, _now);
        _lock.Remote.ShouldBe(moved);
        Sends(moved, ssrc: 8).ShouldBeTrue();
        Sends(Described).ShouldBeFalse();
    }

    [Fact]
    public void A_hold_and_its_end_forget_nobody()
    {
        Sends(SameHost).ShouldBeTrue();
        _lock.Described(Described, _now);
        _lock.Remote.ShouldBe(SameHost);
        Sends(SameHost).ShouldBeTrue();
    }

    [Fact]
    public void What_is_authenticated_is_believed_wherever_it_comes_from()
    {
        Sends(Described).ShouldBeTrue();
        _lock.Accepts(Stranger, 1, authenticated: true, _now).ShouldBeTrue();
        _lock.Accepts(SameHost, 1, authenticated: true, _now).ShouldBeTrue();
        _lock.Remote.ShouldBe(SameHost);
    }

    [Fact]
    public void On_a_real_leg_sound_follows_the_phone_and_no_stranger()
    {
        using var stage = new Stage();
        var phone = stage.Caller();
        phone.Say(new short[160]);
        stage.Turns(1);
        var (honest, before) = (phone.Address, phone.Leg.Quality.PacketsReceived);
        using var thief = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        thief.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        var packet = new byte[172];
        for (ushort i = 0; i < 300; i++)
        {
            RtpPacket.WriteHeader(packet, 8, false, i, i * 160u, 0x666);
            thief.SendTo(packet, new IPEndPoint(IPAddress.Loopback, phone.Leg.Local.Port));
            stage.Turns(1);
        }
        phone.Leg.Quality.PacketsReceived.ShouldBe(before);
        phone.Packets.Count.ShouldBe(301);
        thief.Available.ShouldBe(0);
    }

    private bool Sends(UdpAddress from, uint ssrc = 1, int after = 0)
    {
        _now += TimeSpan.FromMilliseconds(after);
        return _lock.Accepts(from, ssrc, authenticated: false, _now);
    }

    private static UdpAddress At(string address) => UdpAddress.Of(IPEndPoint.Parse(address));
}
