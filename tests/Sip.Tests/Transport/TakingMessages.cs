using System.Net;
using System.Net.Sockets;
using System.Text;
using Courier.Sip.Messages;
using Courier.Sip.Transport;
using Courier.Testing;

namespace Courier.Sip.Tests.Transport;

public sealed class TakingMessages
{
    [Fact]
    public async Task A_datagram_is_answered_where_it_came_from_and_told_so()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Udp, peer.Transport.Local("UDP"));
        caller.Send(Peer.Options("SIP/2.0/UDP 10.1.1.1:9;branch=z9hG4bK1;rport"));
        (await caller.ReadAsync()).ShouldContain($"Via: SIP/2.0/UDP 10.1.1.1:9;branch=z9hG4bK1;rport={caller.Port};received=127.0.0.1\r\n");
    }

    [Fact]
    public async Task Without_rport_the_port_of_Via_is_answered_when_the_address_is_the_senders()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Udp, peer.Transport.Local("UDP"));
        using var other = new Caller(ProtocolType.Udp, peer.Transport.Local("UDP"));
        caller.Send(Peer.Options($"SIP/2.0/UDP 127.0.0.1:{other.Port};branch=z9hG4bK1"));
        (await other.ReadAsync()).ShouldContain($"Via: SIP/2.0/UDP 127.0.0.1:{other.Port};branch=z9hG4bK1\r\n");
    }

    [Fact]
    public async Task Without_rport_a_sender_behind_NAT_is_answered_all_the_same()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Udp, peer.Transport.Local("UDP"));
        caller.Send(Peer.Options("SIP/2.0/UDP 10.1.1.1:5060;branch=z9hG4bK1"));
        (await caller.ReadAsync()).ShouldContain("Via: SIP/2.0/UDP 10.1.1.1:5060;branch=z9hG4bK1;received=127.0.0.1\r\n");
    }

    [Fact]
    public async Task A_connection_carries_messages_however_they_are_cut()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Tcp, peer.Transport.Local("TCP"));
        var message = Peer.Options("SIP/2.0/TCP h;branch=z9hG4bK1");
        foreach (var octet in message) caller.Send([octet]);
        caller.Send([.. message, .. message]);
        await Wait.Until(() => peer.Heard.Count == 3, "three messages");
        var answers = "";
        while (answers.Split("SIP/2.0 200 OK").Length < 4) answers += await caller.ReadAsync();
        caller.Send("\r\n\r\n"u8);
        (await caller.ReadAsync()).ShouldBe("\r\n", "a ping gets its pong");
    }

    [Fact]
    public async Task A_connection_that_cannot_be_read_is_refused_and_closed()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Tcp, peer.Transport.Local("TCP"));
        caller.Send(Peer.Options("SIP/2.0/TCP h;branch=z9hG4bK1", length: "-5"));
        (await caller.ReadAsync()).ShouldStartWith("SIP/2.0 400 Malformed Content-Length");
        (await caller.ReadAsync()).ShouldBeEmpty();
        await Wait.Until(() => peer.Transport.Connections == 0, "the connection is forgotten");
    }

    [Fact]
    public async Task A_bad_datagram_is_refused_with_what_could_be_read()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Udp, peer.Transport.Local("UDP"));
        caller.Send(Peer.Options(length: "9999"));
        var answer = await caller.ReadAsync();
        answer.ShouldStartWith("SIP/2.0 400 ");
        answer.ShouldContain("\r\nCall-ID: c\r\n");
    }

    [Fact]
    public async Task Half_a_message_is_waited_for_only_so_long()
    {
        var clock = new FakeClock();
        using var peer = new Peer(clock: clock);
        using var caller = new Caller(ProtocolType.Tcp, peer.Transport.Local("TCP"));
        caller.Send(Peer.Options());
        await caller.ReadAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        caller.Send(Peer.Options());
        await caller.ReadAsync();
        caller.Send("OPTIONS sip:"u8);
        // The clock moves once the beginning has been read, or there would be nothing to wait for.
        await Wait.Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(11));
            return peer.Transport.Connections == 0;
        }, "the slow connection is closed", TimeSpan.FromSeconds(10));
        (await caller.ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_closed_the_own_direction_alone_is_still_answered()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Tcp, peer.Transport.Local("TCP"));
        caller.Send(Peer.Options("SIP/2.0/TCP h;branch=z9hG4bK1"));
        caller.SendNoMore();
        (await caller.ReadAsync()).ShouldStartWith("SIP/2.0 200");
        (await caller.ReadAsync()).ShouldBeEmpty();
        await Wait.Until(() => peer.Transport.Connections == 0, "the connection is forgotten");
    }

    [Fact]
    public async Task A_peer_that_vanished_is_given_up_after_twenty_minutes_and_one_that_pings_is_kept()
    {
        var clock = new FakeClock();
        using var peer = new Peer(clock: clock);
        using var caller = new Caller(ProtocolType.Tcp, peer.Transport.Local("TCP"));
        for (var ping = 0; ping < 3; ping++)
        {
            caller.Send("\r\n\r\n"u8);
            (await caller.ReadAsync()).ShouldBe("\r\n");
            clock.Advance(TimeSpan.FromMinutes(19));
        }
        peer.Transport.Connections.ShouldBe(1);
        await Wait.Until(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return peer.Transport.Connections == 0;
        }, "the silent connection is closed");
        (await caller.ReadAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    [InlineData("TLS")]
    public async Task Two_transports_reach_each_other(string transport)
    {
        using var one = new Peer();
        using var other = new Peer();
        var flow = (await one.Transport.ConnectAsync(other.Uri(transport))).ShouldNotBeNull();
        flow.Transport.ShouldBe(transport);
        flow.Advertised.ShouldBe(one.Transport.Local(transport));
        flow.TrySend(Peer.Options($"SIP/2.0/{transport} {flow.Advertised};branch=z9hG4bK1;rport")).ShouldBeTrue();
        await Wait.Until(() => one.Heard.Count == 1, "the answer");
        one.Heard.TryPeek(out var answer);
        answer.Message.ShouldBeOfType<SipResponse>().Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_connection_is_used_again()
    {
        using var one = new Peer();
        using var other = new Peer();
        var first = await one.Transport.ConnectAsync(other.Uri("TCP"));
        (await one.Transport.ConnectAsync(other.Uri("TCP"))).ShouldBeSameAs(first);
        first!.TrySend(Peer.Options("SIP/2.0/TCP h;branch=z9hG4bK1"));
        await Wait.Until(() => !other.Heard.IsEmpty, "the request");
        other.Heard.TryPeek(out var heard);
        other.Transport.Connections.ShouldBe(1);
        heard.Flow.TrySend(Peer.Options("SIP/2.0/TCP h;branch=z9hG4bK2"));
        await Wait.Until(() => one.Heard.Any(h => h.Message is SipRequest), "a request the other way over the same connection");
    }

    [Fact]
    public async Task What_cannot_be_reached_is_null()
    {
        using var peer = new Peer();
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        (await peer.Transport.ConnectAsync(new SipUri("sip", null, "127.0.0.1", ((IPEndPoint)closed.LocalEndPoint!).Port, SipParameters.None.With("transport", "tcp")))).ShouldBeNull();
        (await peer.Transport.ConnectAsync(new SipUri("sip", null, "127.0.0.1", 5060, SipParameters.None.With("transport", "sctp")))).ShouldBeNull();
        (await peer.Transport.ConnectAsync(new SipUri("sip", null, "[::1]", 5060))).ShouldBeNull("nothing is listened at for IPv6");
    }

    [Fact]
    public async Task A_flood_is_cut_and_dialogs_go_on()
    {
        using var peer = new Peer(new SourceLimitOptions { PerSecond = 1, Burst = 5 }, new FakeClock());
        using var caller = new Caller(ProtocolType.Udp, peer.Transport.Local("UDP"));
        for (var i = 0; i < 50; i++) caller.Send(Peer.Options());
        caller.Send(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Peer.Options()).Replace("<sip:li@h>", "<sip:li@h>;tag=known")));
        await Wait.Until(() => peer.Heard.Any(h => h.Message.To.Tag == "known"), "what belongs to a dialog");
        peer.Heard.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Scanners_hear_nothing()
    {
        using var peer = new Peer();
        using var caller = new Caller(ProtocolType.Udp, peer.Transport.Local("UDP"));
        caller.Send(Peer.Options(fields: "User-Agent: Friendly-Scanner\n"));
        caller.Send(Peer.Options(fields: "User-Agent: phone\n"));
        (await caller.ReadAsync()).ShouldStartWith("SIP/2.0 200");
        caller.HasSomething.ShouldBeFalse();
        peer.Heard.Count.ShouldBe(1);
    }
}
