using System.Net;
using System.Text;
using Courier.Media.Codecs;
using Courier.Media.Rtp;
using Courier.Media.Sdp;

namespace Courier.Media.Tests.Sdp;

public sealed class AgreeingOnSound
{
    private const string Key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0e"; // 1, 2 … 30
    private readonly Negotiation _ours = new(IPAddress.Parse("10.0.0.1"), 30_000, 77, speaksIpv6: false);

    [Fact]
    public void An_offer_of_ours_names_both_codings_of_G711_and_events()
    {
        Text(_ours.Offer(encrypted: false)).ShouldBe(
            "v=0\r\no=- 77 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n" +
            "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n");
    }

    [Theory]
    [InlineData("8 0 101", "8 101", "Pcma", 8)]
    [InlineData("0 8 101", "0 101", "Pcmu", 0)]
    [InlineData("18 9 0 101", "0 101", "Pcmu", 0)]
    [InlineData("0", "0", "Pcmu", 0)]
    [InlineData("97 101", "97 101", "Pcma", 97)]
    public void The_first_codec_of_the_peer_that_is_ours_is_answered_under_its_own_number(string offered, string answered, string codec, int type)
    {
        var answer = Answers(Offer($"m=audio 4000 RTP/AVP {offered}\r\na=rtpmap:101 telephone-event/8000\r\na=rtpmap:97 pcma/8000/1\r\na=rtpmap:9 G722/8000\r\n"));
        answer.ShouldContain($"m=audio 30000 RTP/AVP {answered}\r\n");
        _ours.Agreed!.Codec.ShouldBe(Enum.Parse<Codec>(codec));
        _ours.Agreed.AudioTypeOut.ShouldBe((byte)type);
        _ours.Agreed.AudioTypeIn.ShouldBe((byte)type);
        _ours.Agreed.Remote.ShouldBe(IPEndPoint.Parse("192.0.2.9:4000"));
        _ours.Agreed.RemoteRtcp.ShouldBe(IPEndPoint.Parse("192.0.2.9:4001"));
    }

    [Theory]
    [InlineData("96 telephone-event/8000", 96)]
    [InlineData("127 Telephone-Event/8000", 127)]
    [InlineData("100 telephone-event/48000", null)]
    public void Telephone_event_has_the_number_of_the_offer_and_the_clock_of_the_codec(string map, int? type)
    {
        var answer = Answers(Offer($"m=audio 4000 RTP/AVP 8 {map.Split(' ')[0]}\r\na=rtpmap:{map}\r\n"));
        _ours.Agreed!.EventTypeIn.ShouldBe((byte?)type);
        _ours.Agreed.EventTypeOut.ShouldBe((byte?)type);
        if (type is null) answer.ShouldNotContain("telephone-event");
        else answer.ShouldContain($"a=rtpmap:{type} telephone-event/8000\r\na=fmtp:{type} 0-15\r\n");
    }

    [Fact]
    public void Each_side_sends_with_the_numbers_of_the_other()
    {
        _ours.Offer(encrypted: false);
        _ours.TakeAnswer(Offer("m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/8000\r\n")).ShouldBeNull();
        _ours.Agreed!.EventTypeOut.ShouldBe((byte)96);
        _ours.Agreed.EventTypeIn.ShouldBe((byte)101);
        _ours.Agreed.CodecOf(8).ShouldBe(Codec.Pcma); // whatever our offer named may come at any time
        _ours.Agreed.CodecOf(0).ShouldBe(Codec.Pcmu);
        _ours.Agreed.CodecOf(101).ShouldBeNull();
    }

    [Fact]
    public void Other_streams_are_refused_in_their_places()
    {
        var answer = Answers(Offer("m=video 5000 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\nm=audio 4000 RTP/AVP 8\r\nm=image 6000 udptl t38\r\nm=audio 7000 RTP/AVP 8\r\n"));
        Lines(answer, "m=").ShouldBe(["m=video 0 RTP/AVP 96 97", "m=audio 30000 RTP/AVP 8", "m=image 0 udptl t38", "m=audio 0 RTP/AVP 8"]);
        Lines(Text(_ours.Offer(encrypted: false)), "m=").ShouldBe(["m=video 0 RTP/AVP 96 97", "m=audio 30000 RTP/AVP 8 0 101", "m=image 0 udptl t38", "m=audio 0 RTP/AVP 8"], "a later offer keeps them");
    }

    [Theory]
    [InlineData("m=audio 4000 RTP/AVP 18\r\n", "no common codec")]
    [InlineData("m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\n", "no common codec")]
    [InlineData("m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/16000\r\n", "no common codec")]
    [InlineData("m=image 4000 udptl t38\r\n", "no audio")]
    [InlineData("m=video 4000 RTP/AVP 96\r\n", "no audio")]
    [InlineData("m=audio 4000 RTP/SAVP 8\r\n", "no acceptable audio stream")]
    [InlineData("m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:AAAA\r\n", "no acceptable audio stream")]
    [InlineData("m=audio 4000 UDP/TLS/RTP/SAVPF 8\r\n", "no acceptable audio stream")]
    [InlineData("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 224.2.1.1/127\r\n", "no acceptable audio stream")]
    [InlineData("m=audio 4000 RTP/AVP 8\r\nc=IN IP6 2001:db8::1\r\n", "no IPv6 here")]
    public void Without_anything_in_common_488_is_the_answer_and_all_stays_as_it_was(string media, string reason)
    {
        Answers(Offer("m=audio 4000 RTP/AVP 0\r\n"));
        var before = _ours.Agreed;
        _ours.TryAnswer(Offer(media), out var answer).ShouldBe(new SdpRefusal(488, reason));
        answer.ShouldBeEmpty();
        _ours.Agreed.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=1\r\n")]
    [InlineData("hello")]
    [InlineData("v=0\r\nm=audio\r\n")]
    [InlineData("v=0\r\nm=audio 70000 RTP/AVP 8\r\n")]
    [InlineData("v=0\r\nc=IN IP4\r\nm=audio 4000 RTP/AVP 8\r\n")]
    public void What_cannot_be_read_is_answered_with_400(string body) =>
        _ours.TryAnswer(Encoding.UTF8.GetBytes(body), out _)!.Value.Status.ShouldBe(400);

    [Theory]
    [InlineData("sendrecv", "sendrecv", true, true, false)]
    [InlineData("sendonly", "recvonly", false, true, true)]
    [InlineData("recvonly", "sendonly", true, false, false)]
    [InlineData("inactive", "inactive", false, false, true)]
    public void Directions_are_mirrored(string offered, string answered, bool sends, bool receives, bool held)
    {
        Lines(Answers(Offer($"m=audio 4000 RTP/AVP 8\r\na={offered}\r\n")), "a=").ShouldContain($"a={answered}");
        (_ours.Agreed!.Sends, _ours.Agreed.Receives, _ours.Agreed.HeldByPeer).ShouldBe((sends, receives, held));
    }

    [Fact]
    public void A_direction_of_the_session_holds_for_streams_that_say_nothing()
    {
        var offer = Encoding.ASCII.GetBytes("v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\na=sendonly\r\nm=audio 4000 RTP/AVP 8\r\n");
        Answers(offer).ShouldContain("a=recvonly");
    }

    [Fact]
    public void An_old_phones_hold_is_the_address_of_nobody()
    {
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 0.0.0.0\r\n")).ShouldContain("a=recvonly");
        _ours.Agreed!.HeldByPeer.ShouldBeTrue();
        _ours.Agreed.Remote.ShouldBeNull();
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\n")).ShouldContain("a=sendrecv");
        _ours.Agreed.HeldByPeer.ShouldBeFalse();
    }

    [Fact]
    public void A_stream_without_a_port_is_gone_until_it_has_one()
    {
        Answers(Offer("m=audio 0 RTP/AVP 8\r\n")).ShouldContain("m=audio 0 RTP/AVP 8");
        (_ours.Agreed!.Sends, _ours.Agreed.HeldByPeer).ShouldBe((false, true));
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\n")).ShouldContain("m=audio 30000 RTP/AVP 8");
        _ours.Agreed.Sends.ShouldBeTrue();
    }

    [Fact]
    public void The_version_grows_by_one_with_each_change_and_only_then()
    {
        Version(Answers(Offer("m=audio 4000 RTP/AVP 8\r\n"))).ShouldBe("77 1");
        Version(Answers(Offer("m=audio 4000 RTP/AVP 8\r\n"))).ShouldBe("77 1");
        Version(Answers(Offer("m=audio 4000 RTP/AVP 8\r\na=sendonly\r\n"))).ShouldBe("77 2");
        Version(Answers(Offer("m=audio 4000 RTP/AVP 8\r\n"))).ShouldBe("77 3");
        _ours.Holds = true;
        Version(Text(_ours.Offer(encrypted: false))).ShouldBe("77 4");
    }

    [Fact]
    public void Our_own_hold_says_sendonly_and_does_not_listen()
    {
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\n"));
        _ours.Holds = true;
        Text(_ours.Offer(encrypted: false)).ShouldContain("a=sendonly");
        _ours.TakeAnswer(Offer("m=audio 4000 RTP/AVP 8\r\na=recvonly\r\n")).ShouldBeNull();
        (_ours.Agreed!.Sends, _ours.Agreed.Receives, _ours.Agreed.HeldByPeer).ShouldBe((true, false, false));
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\na=sendonly\r\n")).ShouldContain("a=inactive");
    }

    [Fact]
    public void A_late_offer_is_ours_and_its_answer_comes_later()
    {
        _ours.Offer(encrypted: false);
        _ours.Agreed.ShouldBeNull();
        _ours.TakeAnswer(Offer("m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n")).ShouldBeNull();
        _ours.Agreed!.Codec.ShouldBe(Codec.Pcmu);
        _ours.TakeAnswer(Offer("m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n")).ShouldBeNull("early media first, then the call's answer");
        _ours.Agreed.Codec.ShouldBe(Codec.Pcma);
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 8\r\n")]
    [InlineData("m=audio 4000 RTP/AVP 18\r\n")]
    [InlineData("m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "\r\n")]
    public void An_answer_that_fits_nothing_is_refused(string media)
    {
        _ours.Offer(encrypted: false);
        _ours.TakeAnswer(Offer(media))!.Value.Status.ShouldBe(488);
    }

    [Fact]
    public void An_answer_to_no_offer_is_refused() => _ours.TakeAnswer(Offer("m=audio 4000 RTP/AVP 8\r\n"))!.Value.Status.ShouldBe(400);

    [Theory]
    [InlineData("a=ptime:30\r\n", 30)]
    [InlineData("a=ptime:10\r\n", 10)]
    [InlineData("a=ptime:60\r\n", 60)]
    [InlineData("a=ptime:25\r\n", 20)]
    [InlineData("a=ptime:20.0\r\n", 20)]
    [InlineData("a=ptime:500\r\n", 60)]
    [InlineData("a=maxptime:40\r\na=ptime:60\r\n", 40)]
    [InlineData("a=ptime:x\r\n", 20)]
    [InlineData("", 20)]
    public void Packets_have_the_length_that_the_peer_wants(string attribute, int milliseconds)
    {
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\n" + attribute));
        _ours.Agreed!.PacketMs.ShouldBe(milliseconds);
    }

    [Fact]
    public void RTCP_may_share_the_port_or_have_another()
    {
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\na=rtcp-mux\r\n")).ShouldContain("a=rtcp-mux");
        _ours.Agreed!.RemoteRtcp.ShouldBe(_ours.Agreed.Remote);
        Text(_ours.Offer(encrypted: false)).ShouldContain("a=rtcp-mux");
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\na=rtcp:5555 IN IP4 192.0.2.10\r\n")).ShouldNotContain("rtcp-mux");
        _ours.Agreed.RemoteRtcp.ShouldBe(IPEndPoint.Parse("192.0.2.10:5555"));
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "")]
    [InlineData("AES_CM_128_HMAC_SHA1_32", "|2^20")]
    public void Keys_are_answered_with_keys_of_our_own(string suite, string lifetime)
    {
        var offer = Offer($"m=audio 4000 RTP/SAVP 8\r\na=crypto:1 F8_128_HMAC_SHA1_80 inline:{Key}\r\na=crypto:2 {suite} inline:{Key}|2^20|1:4\r\na=crypto:7 {suite} inline:{Key}{lifetime}\r\n");
        var first = Answers(offer);
        first.ShouldContain("m=audio 30000 RTP/SAVP 8\r\n");
        first.ShouldContain($"a=crypto:7 {suite} inline:");
        _ours.Agreed!.PeerKey!.Bytes.ToArray().ShouldBe(Convert.FromBase64String(Key));
        _ours.Agreed.OurKey!.Bytes.ToArray().ShouldNotBe(_ours.Agreed.PeerKey.Bytes.ToArray());
        Lines(Answers(offer), "a=crypto").ShouldBe(Lines(first, "a=crypto"), "the stream goes on with the same key");
    }

    [Fact]
    public void Keys_are_offered_for_phones_that_ask_for_them()
    {
        var offer = Text(_ours.Offer(encrypted: true));
        Lines(offer, "m=").ShouldBe(["m=audio 30000 RTP/SAVP 8 0 101"]);
        Lines(offer, "a=crypto").Count.ShouldBe(2);
        var answer = Offer($"m=audio 4000 RTP/SAVP 8\r\na=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:{Key}\r\n");
        _ours.TakeAnswer(answer).ShouldBeNull();
        _ours.TakeAnswer(answer).ShouldBeNull();
        _ours.Agreed!.OurKey!.Suite.ShouldBe(SrtpSuite.AesCm128HmacSha1Tag32);
        Lines(Text(_ours.Offer(encrypted: true)), "a=crypto").ShouldBe([Lines(offer, "a=crypto")[1].Replace("a=crypto:2", "a=crypto:1")]);
        _ours.TakeAnswer(Offer("m=audio 4000 RTP/AVP 8\r\n"))!.Value.Status.ShouldBe(488, "what was encrypted is not answered in the clear");
    }

    [Fact]
    public void Addresses_may_be_IPv6()
    {
        var ours = new Negotiation(IPAddress.Parse("2001:db8::1"), 30_000, 77, speaksIpv6: true);
        ours.TryAnswer(Encoding.ASCII.GetBytes("v=0\r\nc=IN IP6 2001:db8::2\r\nm=audio 4000 RTP/AVP 8\r\n"), out var answer).ShouldBeNull();
        Text(answer).ShouldContain("c=IN IP6 2001:db8::1\r\n");
        ours.Agreed!.Remote.ShouldBe(IPEndPoint.Parse("[2001:db8::2]:4000"));
    }

    [Fact]
    public void A_name_instead_of_an_address_is_not_looked_up()
    {
        Answers(Offer("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 media.example.com\r\n"));
        (_ours.Agreed!.Remote, _ours.Agreed.Sends).ShouldBe((null, true));
    }

    [Fact]
    public void A_later_offer_may_not_lose_streams() =>
        Refused(Answers(Offer("m=video 5000 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 8\r\n")), Offer("m=audio 4000 RTP/AVP 8\r\n")).ShouldBe(488);

    [Fact]
    public void No_description_of_50_000_damaged_ones_throws_or_is_answered_unreadably()
    {
        var random = new Random(11);
        byte[][] seeds =
        [
            Offer("m=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=rtcp:4001 IN IP4 10.1.1.1\r\na=sendonly\r\n"),
            Offer($"m=audio 4000/2 RTP/SAVP 8\r\nc=IN IP6 ::1\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{Key}|2^20|1:4 WSH=64\r\nm=video 0 RTP/AVP 96\r\n"),
        ];
        var answered = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var ours = new Negotiation(IPAddress.Loopback, 30_000, 1, speaksIpv6: true);
            if (i % 2 == 0) ours.Offer(encrypted: i % 4 == 0);
            var body = Damage(seeds[random.Next(seeds.Length)], random);
            if (i % 2 == 0) ours.TakeAnswer(body);
            else if (ours.TryAnswer(body, out var answer) is null)
            {
                answered++;
                SdpParser.Read(answer, out var fault).ShouldNotBeNull(fault);
            }
        }
        answered.ShouldBeGreaterThan(5_000);
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (var blows = random.Next(1, 4); blows > 0 && bytes.Count > 1; blows--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), random.Next(bytes.Count / 2))); break;
                default: bytes.InsertRange(at, Encoding.ASCII.GetBytes(((string[])["\r\n", "99999999999", "-1", " ", "a=", "m=", "/", ":", "IN IP4 ", "|"])[random.Next(10)])); break;
            }
        }
        return [.. bytes];
    }

    private int Refused(string _, byte[] offer) => _ours.TryAnswer(offer, out var _)?.Status ?? 0;

    private string Answers(byte[] offer)
    {
        var refusal = _ours.TryAnswer(offer, out var answer);
        refusal.ShouldBeNull(refusal?.Reason);
        return Text(answer);
    }

    private static byte[] Offer(string media) =>
        Encoding.ASCII.GetBytes($"v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=call\r\nc=IN IP4 192.0.2.9\r\nb=AS:64\r\nt=0 0\r\na=group:BUNDLE 0\r\n{media}");

    private static string Text(byte[] body) => Encoding.ASCII.GetString(body);

    private static List<string> Lines(string body, string start) => [.. body.Split("\r\n").Where(l => l.StartsWith(start, StringComparison.Ordinal))];

    private static string Version(string body) => string.Join(' ', Lines(body, "o=").Single().Split(' ')[1..3]);
}
