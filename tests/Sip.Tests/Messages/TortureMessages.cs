using Courier.Sip.Dialogs;
using Courier.Sip.Messages;

namespace Courier.Sip.Tests.Messages;

/// <summary>One message for each trap that RFC 4475 and RFC 5118 describe, and what a user agent server does with it.</summary>
public sealed class TortureMessages
{
    private const string Rest = "\nFrom: <sip:zhang@example.com>;tag=a1\nTo: <sip:li@example.net>\nCall-ID: t@192.0.2.7\nCSeq: 7 {0}\nMax-Forwards: 70\n";
    private const string Sdp = "v=0\no=- 1 1 IN IP4 192.0.2.7\ns=-\nc=IN IP4 192.0.2.7\nt=0 0\nm=audio 4000 RTP/AVP 8\n";

    private static readonly RequestRules Rules = new(
        [SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Register], ["timer"], ["application/sdp"]);

    /// <summary>Name, message, and the reaction: 0 is to be served, -1 to be dropped, any other number is the status of the answer.</summary>
    public static TheoryData<string, string, int> All => new()
    {
        { "3.1.1.1 tortuous but valid", """
            INVITE sip:li@hub.example.com;odd SIP/2.0
            TO :
             sip:li@hub.example.com ;   tag    = 19n
            from   : "J Zhang \\\""       <sip:zhang@example.com>
              ;
              tag = 98asjd8
            MaX-fOrWaRdS: 0068
            Call-ID: tortuous@192.0.2.1
            Content-Length   : 8
            cseq: 0009
              INVITE
            Via  : SIP  /   2.0
             /UDP
                192.0.2.2;branch=390skdjuw
            s :
            NewHeader:   new value
             and more of it
            OddHeader: ;;,,;;,;
            Content-Type: application/sdp
            Route:
             <sip:services.example.com;lr;known=value;flag>
            v:  SIP  / 2.0  / TCP     spindle.example.com   ;
              branch  =   z9hG4bK9ikj8  ,
             SIP  /    2.0   / UDP  192.168.255.111   ; branch=
             z9hG4bK30239
            m:"Quoted \"\"" <sip:zhang@example.com> ; newparam =
                  newvalue ;
              secondparam ; q = 0.33

            v=0
            s=-
            """, 0 },
        { "3.1.1.2 wide range of characters", "!odd-Method01*_+`.%indeed'~ sip:1_u.R~(to-be!sure)&isn't+it$/y?,/;;*:&it+has=1,weird!*pas$wo~d_too.(really)@example.com SIP/2.0\n"
            + "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~\nTo: \"BEL:\\\a NUL:\\␀ DEL:\\\u007f\" <sip:1_u.R~(sure)&$/y?,/;;*@example.com>\n"
            + "From: one~` two'+_ three*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"работающий\";tag=_t~1'+`*%!-.\n"
            + "Call-ID: word%ZK-!.*_+'@word`~)(><:\\/\"][?}{\nCSeq: 139122385 !odd-Method01*_+`.%indeed'~\nMax-Forwards: 255\next-!.%*+_`'~:大停電\nContent-Length: 0\n\n", 501 },
        { "3.1.1.3 escapes in every part", "INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0\nVia: SIP/2.0/UDP h.example.net;branch=z9hG4bKe\nTo: sip:%75se%72@example.com\n"
            + "From: <sip:I%20have%20spaces@example.net>;tag=938\nMax-Forwards: 87\ni: esc@h\nCSeq: 234234 INVITE\nC: application/sdp\n"
            + "Contact:\n  <sip:cal%6Cer@h.example.net;%6C%72;n%61me=v%61lue%25%34%31>\n\n" + Sdp, 0 },
        { "3.1.1.4 escaped nulls", Start("REGISTER sip:example.com SIP/2.0") + "L:0\nContact: <sip:%00@host5.example.com>\nContact: <sip:%00%00@host5.example.com>\n\n", 0 },
        { "3.1.1.5 a percent sign in a method is no escape", Start("RE%47IST%45R sip:registrar.example.com SIP/2.0") + "Content-Length: 0\n\n", 501 },
        { "3.1.1.6 no space between name and bracket", "OPTIONS sip:user@example.com SIP/2.0\nTo: sip:user@example.com\nFrom: caller<sip:caller@example.com>;tag=323\n"
            + "Max-Forwards: 70\nCall-ID: lwsdisp\nCSeq: 60 OPTIONS\nVia: SIP/2.0/UDP f.example.com;branch=z9hG4bKkdjuw\nl: 0\n\n", 0 },
        { "3.1.1.7 long values", LongRequest(), 0 },
        { "3.1.1.8 another request behind the first in one datagram",
            Start("REGISTER sip:example.com SIP/2.0") + "Contact: sip:j@example.com\nContent-Length: 0\n\n" + Start("INVITE sip:li@example.com SIP/2.0") + "Content-Length: 0\n\n", 0 },
        { "3.1.1.9 a semicolon in the user part", Start("OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0") + "Accept: application/sdp\nl: 0\n\n", 0 },
        { "3.1.1.10 all kinds of transports", Start("OPTIONS sip:user@example.com SIP/2.0")
            + "Via: SIP/2.0/SCTP s.example.com;branch=z9hG4bKa\nVia: SIP/2.0/TLS t.example.com;branch=z9hG4bKb\nVia: SIP/2.0/UNKNOWN u.example.com;branch=z9hG4bKc\n\n", 0 },
        { "3.1.1.11 a body in several parts", Start("MESSAGE sip:kumiko@example.org SIP/2.0") + "Content-Type: multipart/mixed;boundary=x\n\n--x\n␀␀--x--", 405 },
        { "3.1.1.12 words behind the number in another script", "SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять\nVia: SIP/2.0/UDP h;branch=z9hG4bKx" + Fields("INVITE") + "\n", 0 },
        { "3.1.1.13 no words behind the number", "SIP/2.0 100 \nVia: SIP/2.0/UDP h;branch=z9hG4bKx" + Fields("INVITE") + "\n", 0 },

        { "3.1.2.1 separators without anything between", "INVITE sip:li@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.15;;,;,," + Fields("INVITE") + "\n", 400 },
        { "3.1.2.1 the same in Contact", Start("INVITE sip:li@example.com SIP/2.0") + "Contact: \"Joe\" <sip:joe@example.org>;;;;\n\n", 400 },
        { "3.1.2.2 more content announced than there is", Start("INVITE sip:li@example.com SIP/2.0") + "Content-Length: 9999\n\n" + Sdp, 400 },
        { "3.1.2.3 a negative length", Start("INVITE sip:li@example.com SIP/2.0") + "Content-Length: -999\n\n" + Sdp, 400 },
        { "3.1.2.4 a CSeq beyond all bounds", Start("REGISTER sip:example.com SIP/2.0").Replace("CSeq: 7 ", "CSeq: 36893488147419103232 ") + "\n", 400 },
        { "3.1.2.4 too many hops to go", Start("REGISTER sip:example.com SIP/2.0").Replace("Forwards: 70", "Forwards: 300") + "\n", 400 },
        { "3.1.2.4 an endless registration", Start("REGISTER sip:example.com SIP/2.0") + "Expires: 10000000000000000000000000000\nContact: <sip:a@b>;expires=280297596632815\n\n", 0 },
        { "3.1.2.5 a response with a CSeq beyond all bounds",
            "SIP/2.0 503 Service Unavailable\nVia: SIP/2.0/TCP h;branch=z9hG4bKx" + Fields("INVITE").Replace("CSeq: 7 ", "CSeq: 9292394834772304023312 ") + "Retry-After: 949302838503028349304023988\n\n", -1 },
        { "3.1.2.6 a quote that does not end", Start("INVITE sip:li@example.com SIP/2.0").Replace("To: ", "To: \"Mr. Li ") + "\n", 400 },
        { "3.1.2.7 brackets around the Request-URI", Start("INVITE <sip:li@example.com> SIP/2.0") + "\n", 400 },
        { "3.1.2.8 a space in the Request-URI", Start("INVITE sip:li@example.com; lr SIP/2.0") + "\n", 400 },
        { "3.1.2.9 several spaces in the first line", Start("INVITE  sip:li@example.com  SIP/2.0") + "\n", 400 },
        { "3.1.2.10 spaces at the end of the first line", Start("OPTIONS sip:li@example.com SIP/2.0  ") + "\n", 400 },
        { "3.1.2.11 headers in the Request-URI", Start("INVITE sip:li@example.com?Route=%3Csip:example.com%3E SIP/2.0") + "\n", 400 },
        { "3.1.2.12 a date in the wrong zone", Start("OPTIONS sip:li@example.com SIP/2.0") + "Date: Fri, 01 Jan 2010 16:00:00 EST\n\n", 0 },
        { "3.1.2.13 a question mark in a Contact without brackets", Start("REGISTER sip:example.com SIP/2.0") + "Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E\nl: 0\n\n", 400 },
        { "3.1.2.14 spaces inside the brackets", Start("OPTIONS sip:li@example.com SIP/2.0").Replace("<sip:li@example.net>", "\"Li\" <  sip:li@example.net >") + "\n", 400 },
        { "3.1.2.15 a name that had to be quoted", Start("OPTIONS sip:li@example.com SIP/2.0").Replace("<sip:li@", "Li, Si <sip:li@") + "\n", 0 },
        { "3.1.2.16 another version", Start("OPTIONS sip:li@example.com SIP/7.0") + "\n", 505 },
        { "3.1.2.17 CSeq names another method", Start("OPTIONS sip:li@example.com SIP/2.0").Replace("7 OPTIONS", "7 INVITE") + "\n", 400 },
        { "3.1.2.18 an unknown method, and another in CSeq", Start("NEWMETHOD sip:li@example.com SIP/2.0").Replace("7 NEWMETHOD", "7 INVITE") + "\n", 400 },
        { "3.1.2.19 a status beyond all bounds", "SIP/2.0 4294967301 better not break the receiver\nVia: SIP/2.0/UDP h;branch=z9hG4bKx" + Fields("INVITE") + "\n", -1 },

        { "3.2.1 nothing behind the magic cookie", Start("OPTIONS sip:li@example.com SIP/2.0").Replace("z9hG4bKt", "z9hG4bK") + "\n", 0 },
        { "3.3.1 most of what is needed is missing", "INVITE sip:li@example.com SIP/2.0\nCSeq: 193942 INVITE\nVia: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKi\nContent-Type: application/sdp\n\n" + Sdp, 400 },
        { "3.3.2 an unknown scheme", Start("OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0") + "\n", 416 },
        { "3.3.3 a known scheme that SIP cannot reach", Start("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0") + "\n", 416 },
        { "3.3.4 unknown schemes in To and From", Start("REGISTER sip:example.com SIP/2.0").Replace("<sip:li@", "<isbn:2983@").Replace("<sip:zhang@", "<http:zhang@") + "Contact: <name:j_random>\n\n", 0 },
        { "3.3.5 unknown extensions", Start("OPTIONS sip:li@example.com SIP/2.0") + "Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis\n\n", 420 },
        { "3.3.6 an unknown body", Start("INVITE sip:li@example.com SIP/2.0") + "Content-Type: application/unknownformat\n\n<audio/>", 415 },
        { "3.3.7 unknown credentials", Start("REGISTER sip:example.com SIP/2.0") + "Authorization: NoOneKnowsThisScheme opaque-data=here\n\n", 0 },
        { "3.3.8 headers twice that may stand there once", Start("INVITE sip:li@example.com SIP/2.0") + "CSeq: 59 INVITE\nCall-ID: other@192.0.2.2\nTo: sip:other@example.net\n\n", 400 },
        { "3.3.9 two lengths", Start("OPTIONS sip:li@example.com SIP/2.0") + "Content-Length: 13\nContent-Length: 5\n\nThere is no way to know", 400 },
        { "3.3.10 a response that came over a broadcast", "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1\nVia: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK2" + Fields("INVITE") + "\n", 0 },
        { "3.3.11 no hop left", Start("OPTIONS sip:li@example.com SIP/2.0").Replace("Forwards: 70", "Forwards: 0") + "\n", 0 },
        { "3.3.12 an unknown parameter of Contact", Start("REGISTER sip:example.com SIP/2.0") + "Contact: sip:+19725552222@gw1.example.net;unknownparam\n\n", 0 },
        { "3.3.13 an unknown parameter of the URI in it", Start("REGISTER sip:example.com SIP/2.0") + "Contact: <sip:+19725552222@gw1.example.net;unknownparam>\n\n", 0 },
        { "3.3.14 headers in a Contact", Start("REGISTER sip:example.com SIP/2.0") + "Contact: <sip:user@example.com?Route=%3Csip:sip.example.com%3E>\n\n", 0 },
        { "3.3.15 a caller that takes no description", Start("INVITE sip:li@example.com SIP/2.0") + "Accept: text/nobodyKnowsThis\n\n", 406 },
        { "3.4.1 an INVITE of RFC 2543", "INVITE sip:UserB@example.com SIP/2.0\nVia: SIP/2.0/UDP iftgw.example.com\nFrom: <sip:+13035551111@ift.client.example.net;user=phone>\n"
            + "Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>\nTo: sip:+16505552222@ss1.example.net;user=phone\nCall-ID: inv2543\nCSeq: 56 INVITE\nContent-Type: application/sdp\n\n" + Sdp, 0 },

        { "no SIP at all", "GET / HTTP/1.1\nHost: example.com\n\n", -1 },
        { "a header without a colon", Start("OPTIONS sip:li@example.com SIP/2.0") + "nonsense\n\n", 400 },
        { "a bad ACK is never answered", Start("ACK sip:li@example.com SIP/2.0") + "Content-Length: -1\n\n", -1 },

        { "5118 4.1 an IPv6 address", Start("REGISTER sip:[2001:db8::10] SIP/2.0") + "Contact: <sip:caller@[2001:db8::1]>\nl: 0\n\n", 0 },
        { "5118 4.2 an IPv6 address without brackets", Start("REGISTER sip:2001:db8::10 SIP/2.0") + "l: 0\n\n", 400 },
        { "5118 4.3 what looks like a port is part of the address", Start("REGISTER sip:[2001:db8::10:5070] SIP/2.0") + "l: 0\n\n", 0 },
        { "5118 4.4 a port behind the address", Start("REGISTER sip:[2001:db8::10]:5070 SIP/2.0") + "l: 0\n\n", 0 },
        { "5118 4.5 received with brackets", Start("OPTIONS sip:li@[2001:db8::10] SIP/2.0") + "Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3\n\n", 0 },
        { "5118 4.5 received without brackets", Start("OPTIONS sip:li@[2001:db8::10] SIP/2.0") + "Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3\n\n", 0 },
        { "5118 4.7 both kinds of address on the way", Start("BYE sip:user@host.example.net SIP/2.0") + "Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKas3-111\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144\n\n", 0 },
        { "5118 4.9 an IPv4 address in the clothes of IPv6", Start("INVITE sip:user@[::ffff:192.0.2.10] SIP/2.0") + "Contact: <sip:caller@[::ffff:192.0.2.2]>\n\n", 0 },
        { "5118 4.10 three colons", Start("OPTIONS sip:user@[2001:db8:::192.0.2.1] SIP/2.0") + "\n", 400 },
        { "5118 4.10 two colons", Start("OPTIONS sip:user@[2001:db8::192.0.2.1] SIP/2.0") + "\n", 0 },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Get_the_reaction_that_the_RFC_asks_for(string name, string text, int reaction)
    {
        var answer = SipParser.Parse(Wire.Bytes(text)) switch
        {
            Reading.Understood { Message: SipRequest request } => Rules.Refuse(request, "us")?.Status ?? 0,
            Reading.Understood => 0,
            Reading.Refused refused => refused.Refusal.Status,
            Reading.Dropped => -1,
            _ => -2,
        };
        answer.ShouldBe(reaction, name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Are_read_alike_when_they_are_written_again(string name, string text, int reaction)
    {
        if (reaction < 0 || SipParser.Parse(Wire.Bytes(text)) is not Reading.Understood understood) return;
        var written = understood.Message.ToBytes();
        var again = SipParser.Parse(written, fromStream: true).ShouldBeOfType<Reading.Understood>(name).Message;
        again.ToBytes().ShouldBe(written, name);
        again.Body.ToArray().ShouldBe(understood.Message.Body.ToArray(), name);
    }

    private static string Start(string line) => $"{line}\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bKt{Fields(line[..line.IndexOf(' ')])}";

    private static string Fields(string method) => Rest.Replace("{0}", method);

    private static string LongRequest()
    {
        var vias = string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "v" : "Via")}: SIP/2.0/TCP sip{i}.example.com;branch=z9hG4bK{i}\n"));
        var name = string.Concat(Enumerable.Repeat("I have a very long name and yet it is not enough. ", 20));
        return $"INVITE sip:li@example.com SIP/2.0\nTo: \"{name}\" <sip:{new string('u', 900)}@example.com:6000;p={new string('v', 900)}>\nF: sip:{new string('c', 900)}@example.net;tag={new string('t', 900)}\n"
            + $"Call-ID: {new string('i', 400)}.one{new string('l', 400)}\nCSeq: 3882340 INVITE\n{vias}Unknown-{new string('n', 200)}: {new string('x', 900)}\nMax-Forwards: 70\nContact: <sip:amazing@example.com>\nl: 0\n\n";
    }
}
