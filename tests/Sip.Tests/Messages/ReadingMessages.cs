using System.Text;
using Courier.Sip.Messages;

namespace Courier.Sip.Tests.Messages;

public sealed class ReadingMessages
{
    private const string Invite = """
        INVITE sip:95338@198.51.100.1 SIP/2.0
        v: SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bKa;rport, SIP/2.0/TCP proxy.example.com;branch=z9hG4bKb
        f: "张三 \"快\"" <sip:13800138000@example.com;user=phone>;tag=abc
        t: <sip:95338@198.51.100.1>
        i: c1@192.0.2.7
        CSeq: 314 INVITE
        Max-Forwards: 70
        m: <sip:13800138000@192.0.2.7:5062>;expires=60, <tel:+86-755-8888>
        Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>
        k: timer, 100rel
        x: 1800;refresher=uac
        X-Own: one,
         two
        c: application/sdp;charset=utf-8
        l: 3

        v=0 and what follows in the datagram
        """;

    [Fact]
    public void An_INVITE_is_read_into_its_parts()
    {
        var invite = Wire.Request(Invite);
        invite.Method.ShouldBe(SipMethod.Invite);
        (invite.RequestUri.User, invite.RequestUri.Host, invite.RequestUri.Port).ShouldBe(("95338", "198.51.100.1", null));
        invite.Vias.Select(v => (v.Transport, v.Host, v.Port, v.Branch)).ShouldBe([("UDP", "192.0.2.7", 5062, "z9hG4bKa"), ("TCP", "proxy.example.com", null, "z9hG4bKb")]);
        invite.From.DisplayName.ShouldBe("张三 \"快\"");
        invite.From.Tag.ShouldBe("abc");
        invite.From.Uri.Parameters["user"].ShouldBe("phone");
        invite.To.Tag.ShouldBeNull();
        invite.CallId.ShouldBe("c1@192.0.2.7");
        invite.CSeq.ShouldBe(new CSeq(314, SipMethod.Invite));
        invite.MaxForwards.ShouldBe(70);
        invite.Contacts.Select(c => (c.Uri.User, c.Expires)).ShouldBe([("13800138000", 60u), ("+867558888", null)]);
        invite.RecordRoutes.Select(r => r.Uri.Host).ShouldBe(["p1.example.com", "p2.example.com"]);
        invite.Supports("100rel").ShouldBeTrue();
        invite.Headers[HeaderNames.SessionExpires].ShouldBe("1800;refresher=uac");
        invite.Headers["x-own"].ShouldBe("one,   two", "each character of a fold is a space");
        invite.ContentType.ShouldBe("application/sdp");
        Encoding.UTF8.GetString(invite.Body.Span).ShouldBe("v=0");
    }

    [Fact]
    public void A_response_copies_what_it_has_to_and_takes_a_tag()
    {
        var answer = Wire.Response(Encoding.UTF8.GetString(Wire.Request(Invite).Answer(180, "us").ToBytes()));
        (answer.Status, answer.Reason, answer.To.Tag).ShouldBe((180, "Ringing", "us"));
        answer.Vias.Count.ShouldBe(2);
        answer.From.ShouldBe(answer.From with { DisplayName = "张三 \"快\"" });
        answer.RecordRoutes.Count.ShouldBe(2);
        Wire.Request(Invite).Answer(100, "us").To.Tag.ShouldBeNull();
        Wire.Request(Invite).Answer(486, "us").RecordRoutes.ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_come_out_as_they_went_in()
    {
        var bytes = Wire.Bytes(Invite.Replace("张三", "@@@@"));
        byte[] gbk = [0xD5, 0xC5, 0xC8, 0xFD];
        gbk.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("@@@@"u8)));
        var invite = SipParser.Parse(bytes).ShouldBeOfType<Reading.Understood>().Message;
        invite.ToBytes().AsSpan().IndexOf([(byte)'"', .. gbk]).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_refusal_repeats_what_could_be_read()
    {
        var refusal = Wire.Refused(Invite.Replace("CSeq: 314", "CSeq: -1"));
        (refusal.Status, refusal.Reason).ShouldBe((400, "Malformed CSeq"));
        var text = Encoding.UTF8.GetString(refusal.ToBytes()!);
        text.ShouldStartWith("SIP/2.0 400 Malformed CSeq\r\nVia: SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bKa;rport, SIP/2.0/TCP");
        text.ShouldContain("\r\nCall-ID: c1@192.0.2.7\r\n");
        text.ShouldEndWith("Content-Length: 0\r\n\r\n");
        Wire.Refused("INVITE sip:a@b SIP/2.0\nTo: <sip:a@b>\n\n").ToBytes().ShouldBeNull("nobody knows what it answers");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\n")]
    public void Line_ends_alone_keep_a_way_open(string text) => SipParser.Parse(Wire.Bytes(text)).ShouldBeOfType<Reading.KeepAlive>();

    [Fact]
    public void Line_ends_before_a_message_are_skipped() => Wire.Request("\n\n" + Invite).CSeq.Number.ShouldBe(314u);

    [Fact]
    public void Lines_may_end_with_a_newline_alone() =>
        SipParser.Parse(Encoding.UTF8.GetBytes(Invite.ReplaceLineEndings("\n"))).ShouldBeOfType<Reading.Understood>();

    [Fact]
    public void A_carriage_return_inside_a_header_is_refused() =>
        SipParser.Parse(Encoding.UTF8.GetBytes(Invite.ReplaceLineEndings("\r\n").Replace("X-Own: one", "X-Own: o\rX-Smuggled: 1"))).ShouldBeOfType<Reading.Refused>();

    [Fact]
    public void A_header_that_would_begin_another_cannot_be_written() =>
        Should.Throw<ArgumentException>(() => Wire.Request(Invite).Headers.Add("Reason", "SIP\r\nRoute: <sip:evil>"));

    [Theory]
    [InlineData(201, 400)]
    [InlineData(150, 0)]
    public void Headers_are_limited_in_number(int count, int status) =>
        Status(Invite.Replace("X-Own", string.Concat(Enumerable.Repeat("X-More: 1\n", count)) + "X-Own")).ShouldBe(status);

    [Fact]
    public void Lines_hops_and_messages_are_limited_in_size()
    {
        Status(Invite.Replace("one,", new string('x', 17_000))).ShouldBe(400);
        Status(Invite.Replace("v: ", string.Concat(Enumerable.Repeat("v: SIP/2.0/UDP h;branch=z9hG4bKx\n", 70)) + "v: ")).ShouldBe(400);
        Status(Invite + new string(' ', 66_000)).ShouldBe(513);
    }

    [Fact]
    public void A_wildcard_stands_alone()
    {
        Wire.Request(Invite.Replace("m: <sip:13800138000@192.0.2.7:5062>;expires=60, <tel:+86-755-8888>", "m: *")).IsContactWildcard.ShouldBeTrue();
        Status(Invite.Replace("m: ", "m: *\nm: ")).ShouldBe(400);
        Status(Invite.Replace("tel:+86-755-8888>", "tel:+86-755-8888>\nm: *")).ShouldBe(400);
    }

    [Fact]
    public void Retry_after_is_read_past_its_comment() =>
        Wire.Response("SIP/2.0 503 \nVia: SIP/2.0/UDP h;branch=z9hG4bKx\nf: <sip:a@b>;tag=1\nt: <sip:a@b>\ni: 1\nCSeq: 1 INVITE\nRetry-After: 120 (back (soon)); duration=60\n\n").RetryAfter.ShouldBe(120u);

    private static int Status(string text) => SipParser.Parse(Wire.Bytes(text)) is Reading.Refused refused ? refused.Refusal.Status : 0;
}
