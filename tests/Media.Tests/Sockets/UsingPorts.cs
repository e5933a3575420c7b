using System.Net;
using System.Net.Sockets;
using Courier.Media.Sockets;
using Courier.Testing;

namespace Courier.Media.Tests.Sockets;

public sealed class UsingPorts
{
    [Fact]
    public void Ports_come_back_after_their_rest_and_the_range_is_an_end()
    {
        using var stage = new Stage(SmallRange(pairs: 2));
        var heard = new Heard();
        stage.Engine.BindPorts();
        var (a, b) = (stage.Leg(), stage.Leg());
        stage.Engine.TryOpen("c", heard, out _).ShouldBeFalse();
        (a.Local.Port % 2, b.Local.Port % 2).ShouldBe((0, 0));
        a.Dispose();
        stage.Turns(50);
        stage.Engine.TryOpen("c", heard, out _).ShouldBeFalse();
        stage.Turns(60);
        stage.Engine.OpenLegs.ShouldBe(1);
        stage.Leg().Local.Port.ShouldBe(a.Local.Port);
        stage.Engine.OpenLegs.ShouldBe(2);
    }

    [Fact]
    public void Late_packets_of_the_last_call_are_not_heard_by_the_next()
    {
        using var stage = new Stage(SmallRange(pairs: 1));
        stage.Engine.BindPorts();
        var first = stage.Caller();
        first.Leg.Dispose();
        stage.Turns(1);
        for (var i = 0; i < 10; i++) first.Say(Sounds.Tone(400, 160));
        stage.Turns(110);
        var second = stage.Caller();
        stage.Turns(5);
        second.Leg.Quality.PacketsReceived.ShouldBe(0);
    }

    [Fact]
    public void Ports_to_which_somebody_of_the_last_call_still_sends_are_left_alone_while_there_are_others()
    {
        using var stage = new Stage(SmallRange(pairs: 2));
        stage.Engine.BindPorts();
        var first = stage.Caller();
        first.Leg.Dispose();
        for (var i = 0; i < 110; i++)
        {
            first.Say(Sounds.Tone(400, 160));
            stage.Turns(1);
        }
        var second = stage.Leg();
        second.Local.Port.ShouldNotBe(first.Leg.Local.Port);
        second.Dispose();
        for (var i = 0; i < 110; i++)
        {
            first.Say(Sounds.Tone(400, 160));
            stage.Turns(1);
        }
        stage.Leg().Local.Port.ShouldBe(second.Local.Port, "it has rested, and nobody sends to it");
        stage.Leg().Local.Port.ShouldBe(first.Leg.Local.Port, "there is no other");
    }

    [Fact]
    public void What_others_have_taken_is_left_out()
    {
        var options = SmallRange(pairs: 3);
        using var taken = new UdpClient(new IPEndPoint(IPAddress.Loopback, options.FirstPort + 3));
        using var stage = new Stage(options);
        stage.Engine.BindPorts();
        new[] { stage.Leg(), stage.Leg() }.Select(l => l.Local.Port).ShouldNotContain(options.FirstPort + 2);
        stage.Engine.TryOpen("c", new Heard(), out _).ShouldBeFalse();
    }

    [Fact]
    public void Closing_a_thousand_legs_leaves_nothing_open()
    {
        using var stage = new Stage();
        for (var i = 0; i < 1000; i++)
        {
            var phone = stage.Leg();
            phone.Dispose();
            phone.Dispose();
            stage.Turns(1);
        }
        stage.Engine.OpenLegs.ShouldBe(0);
        stage.Engine.BoundPairs.ShouldBeLessThan(110); // what rests for two seconds
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_watch_names_the_sockets_that_have_something_to_read(bool epoll)
    {
        using SocketWatch watch = epoll ? new EpollWatch() : new SelectWatch();
        var pairs = Enumerable.Range(0, 20).Select(_ => PortPair.TryBind(IPAddress.Loopback, 0)).OfType<PortPair>().ToList();
        foreach (var pair in pairs) watch.Add(pair.Rtp, pair.Port);
        var ready = new int[64];
        watch.Ready(ready).ShouldBe(0);
        foreach (var pair in pairs.Take(3)) pairs[^1].Rtcp.SendTo(new byte[] { 1 }, new IPEndPoint(IPAddress.Loopback, pair.Port));
        watch.Ready(ready).ShouldBe(3);
        ready.Take(3).Order().ShouldBe(pairs.Take(3).Select(p => p.Port).Order());
        pairs[0].Receive(pairs[0].Rtp, new byte[10], out var from).ShouldBe(1);
        from.Port.ShouldBe((ushort)(pairs[^1].Port + 1));
        watch.Remove(pairs[1].Rtp, pairs[1].Port);
        watch.Ready(ready).ShouldBe(1);
        ready[0].ShouldBe(pairs[2].Port);
        pairs[0].Receive(pairs[0].Rtp, new byte[10], out _).ShouldBe(0);
        foreach (var pair in pairs) pair.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void An_engine_for_both_families_hears_and_answers_both(string host)
    {
        using var stage = new Stage(new MediaOptions { Address = IPAddress.IPv6Any });
        var leg = stage.Leg();
        var address = IPAddress.Parse(host);
        using var phone = new UdpClient(new IPEndPoint(address, 0));
        var family = address.AddressFamily == AddressFamily.InterNetwork ? "IP4" : "IP6";
        var offer = $"v=0\r\nc=IN {family} {host}\r\nm=audio {((IPEndPoint)phone.Client.LocalEndPoint!).Port} RTP/AVP 8\r\n";
        leg.TryAnswer(System.Text.Encoding.ASCII.GetBytes(offer), out _, out var refusal).ShouldBeTrue(refusal.Reason);
        stage.Turns(3);
        phone.Available.ShouldBeGreaterThan(0);
        phone.Send(Silence(), new IPEndPoint(address, leg.Local.Port));
        stage.Turns(1);
        leg.Quality.PacketsReceived.ShouldBe(1);
    }

    private static byte[] Silence()
    {
        var packet = new byte[172];
        Courier.Media.Rtp.RtpPacket.WriteHeader(packet, 8, false, 1, 160, 1);
        return packet;
    }

    // Somewhere where the system has just given ports away, so that they are most likely free.
    private static MediaOptions SmallRange(int pairs)
    {
        while (true)
        {
            using var probe = PortPair.TryBind(IPAddress.Loopback, 0);
            if (probe is null || probe.Port > 65_000) continue;
            return new MediaOptions { Address = IPAddress.Loopback, FirstPort = probe.Port, LastPort = probe.Port + 2 * pairs - 1 };
        }
    }
}
