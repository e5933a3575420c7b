using System.Globalization;
using System.Text;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>What SIPp does in one call, step by step.</summary>
public sealed class SippScenario
{
    private readonly StringBuilder _steps = new();
    private string _codecs = "8 0 101";
    private string _from = "sip:13800138000@carrier.example";

    /// <summary>A description of G.711 on the loopback address.</summary>
    private string Description =>
        $"""
        v=0
              o=caller 53655765 2353687637 IN IP4 127.0.0.1
              s=-
              c=IN IP4 127.0.0.1
              t=0 0
              m=audio [media_port] RTP/AVP {_codecs}
              {string.Join("\n      ", _codecs.Split(' ').Select(c => "a=rtpmap:" + c + " " + (c == "101" ? "telephone-event/8000" : c == "8" ? "PCMA/8000" : c == "0" ? "PCMU/8000" : "G729/8000")))}
        """;

    /// <summary>Starts SIPp.</summary>
    /// <param name="address">the product</param>
    /// <param name="number">whom it calls</param>
    /// <param name="port">its own port</param>
    /// <param name="scenario">what it does in its one call; null for what the arguments say</param>
    /// <param name="arguments">further arguments</param>
    public static PeerProgram Start(string address, string number, int port, SippScenario? scenario, params string[] arguments)
    {
        var directory = PeerProgram.NewDirectory();
        if (scenario is not null) arguments = ["-sf", scenario.Write(directory), "-m", "1", .. arguments];
        return PeerProgram.Start("sipp", directory,
            [.. arguments, "-s", number, address, "-auth_uri", $"{number}@{address}", .. (string[])(arguments.Contains("-i") ? [] : ["-i", "127.0.0.1"]), "-p", port.ToString(CultureInfo.InvariantCulture), "-nostdin", "-timeout", "50", "-timeout_error", "-trace_err"]);
    }

    /// <summary>Who calls.</summary>
    public SippScenario From(string uri)
    {
        _from = uri;
        return this;
    }

    /// <summary>Which payload types it offers: 8 and 0 are G.711, 101 keys, 18 G.729.</summary>
    public SippScenario Offering(string codecs)
    {
        _codecs = codecs;
        return this;
    }

    public SippScenario Invite(bool withOffer = true, string extra = "") => Send(Request("INVITE", "1 INVITE", extra, withOffer ? Description : null));

    /// <summary>Acknowledges; the number is that of the request that was answered.</summary>
    public SippScenario Ack(bool withAnswer = false, int cseq = 1) => Send(Request("ACK", $"{cseq} ACK", "", withAnswer ? Description : null), repeats: false);

    public SippScenario Cancel(int cseq = 1) => Send(Request("CANCEL", $"{cseq} CANCEL", "", null));

    public SippScenario Bye(int cseq = 2) => Send(Request("BYE", $"{cseq} BYE", "", null));

    public SippScenario ReInvite(int cseq = 2, string extra = "") => Send(Request("INVITE", $"{cseq} INVITE", extra, Description));

    public SippScenario Expect(int status, bool optional = false, bool isChallenge = false, string action = "") =>
        Step($"<recv response=\"{status}\"{(optional ? " optional=\"true\"" : "")}{(isChallenge ? " auth=\"true\"" : "")} rrs=\"true\">{action}</recv>");

    public SippScenario ExpectRinging() => Expect(100, optional: true).Expect(180, optional: true).Expect(183, optional: true);

    public SippScenario ExpectRequest(string method, int timeoutMs = 45000, string action = "") => Step($"<recv request=\"{method}\" timeout=\"{timeoutMs}\">{action}</recv>");

    /// <summary>Registers as one of our telephones.</summary>
    public SippScenario Register(string user, string password) => From($"sip:{user}@[remote_ip]:[remote_port]")
        .Send(Request("REGISTER", "1 REGISTER", "Expires: 3600", null)).Expect(401, isChallenge: true)
        .Send(Request("REGISTER", "2 REGISTER", $"Expires: 3600\n      [authentication username={user} password={password}]", null)).Expect(200);

    /// <summary>Calls as one of our telephones.</summary>
    public SippScenario CallAs(string user, string password) => From($"sip:{user}@[remote_ip]:[remote_port]")
        .Invite().Expect(100, optional: true).Expect(401, isChallenge: true).Ack()
        .Send(Request("INVITE", "2 INVITE", $"[authentication username={user} password={password}]", Description));

    /// <summary>Calls as one of our telephones, and is answered.</summary>
    public SippScenario InviteAs(string user, string password, string action = "") => CallAs(user, password).ExpectRinging().Expect(200, action: action).Ack(cseq: 2);

    /// <summary>Wants somebody else to have the call.</summary>
    public SippScenario Refer(string target, int cseq) => Send(Request("REFER", $"{cseq} REFER", $"Refer-To: {target}", null));

    /// <summary>Answers the last request; a first one gets a tag, and where it is said a description.</summary>
    public SippScenario Answer(int status, bool isFirst = false, bool withDescription = false, string cseq = "[last_CSeq:]", string extra = "")
    {
        string[] lines =
        [
            $"SIP/2.0 {status} Said", "[last_Via:]", "[last_From:]", "[last_To:]" + (isFirst ? ";tag=[pid]U[call_number]" : ""), "[last_Call-ID:]", cseq, "Contact: <sip:peer@[local_ip]:[local_port]>", extra,
            withDescription ? "Content-Type: application/sdp" : "", "Content-Length: [len]",
        ];
        return Send(string.Join("\n      ", lines.Where(l => l.Length > 0)) + "\n\n" + (withDescription ? "      " + Description : ""), repeats: false);
    }

    /// <summary>Is called and rings.</summary>
    public SippScenario Ring() => ExpectRequest("INVITE").Answer(180, isFirst: true);

    /// <summary>Is called and answers.</summary>
    public SippScenario TakeCall() => Ring().Answer(200, isFirst: true, withDescription: true).ExpectRequest("ACK");

    /// <summary>Hears that it is not wanted any more while it rings.</summary>
    public SippScenario TakeCancel() => ExpectRequest("CANCEL").Answer(200).Answer(487, isFirst: true, cseq: "CSeq: 1 INVITE").ExpectRequest("ACK");

    public SippScenario Answer200() => Answer(200);

    /// <summary>Waits to be hung up on, and hangs up itself when that does not come in time.</summary>
    public SippScenario WaitForBye(int timeoutMs, int ownCseq) => Step($"<recv request=\"BYE\" timeout=\"{timeoutMs}\" ontimeout=\"1\"></recv>").Answer200().Step("<nop next=\"2\"></nop>")
        .Step("<label id=\"1\"/>").Bye(ownCseq).Expect(200).Step("<label id=\"2\"/>");

    public SippScenario Pause(int ms) => Step($"<pause milliseconds=\"{ms}\"/>");

    /// <summary>Presses a key by RFC 4733, from one of SIPp's own captures.</summary>
    public SippScenario Press(char key) => Step($"<nop><action><exec play_pcap_audio=\"/usr/share/sip-tester/dtmf_2833_{(key == '#' ? "pound" : key == '*' ? "star" : key)}.pcap\"/></action></nop>").Pause(600);

    /// <summary>Plays a capture of RTP; the scenario goes on meanwhile.</summary>
    public SippScenario Say(string capture) => Step($"<nop><action><exec play_pcap_audio=\"{capture}\"/></action></nop>");

    /// <summary>The sound of such a capture: Ethernet, IPv4, UDP, RTP, G.711 A-law.</summary>
    public static short[] Sound(string capture)
    {
        const int Head = 24, Record = 16, Protocols = 14 + 20 + 8 + 12;
        var file = File.ReadAllBytes(capture);
        var sound = new List<short>();
        for (var at = Head; at < file.Length;)
        {
            var length = BitConverter.ToInt32(file, at + 8);
            sound.AddRange(file[(at + Record + Protocols)..(at + Record + length)].Select(ALaw.Decode));
            at += Record + length;
        }
        return [.. sound];
    }

    /// <summary>Sends a key by INFO.</summary>
    public SippScenario Info(char key, int cseq) => Send(Request("INFO", $"{cseq} INFO", "Content-Type: application/dtmf-relay", $"Signal={key}\n      Duration=160"));

    private string Write(string directory)
    {
        var path = Path.Combine(directory, "scenario.xml");
        File.WriteAllText(path, $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!DOCTYPE scenario SYSTEM \"sipp.dtd\">\n<scenario name=\"call\">\n{_steps}</scenario>\n");
        return path;
    }

    private SippScenario Send(string message, bool repeats = true) => Step($"<send{(repeats ? " retrans=\"500\"" : "")}>\n    <![CDATA[\n      {message.TrimEnd()}\n\n    ]]>\n  </send>");

    /// <summary>A step in SIPp's own words.</summary>
    public SippScenario Step(string xml)
    {
        _steps.Append("  ").AppendLine(xml);
        return this;
    }

    private string Request(string method, string cseq, string extra, string? body)
    {
        var to = method == "REGISTER" ? $"<{_from}>" : method == "INVITE" && (cseq.StartsWith('1') || extra.Contains("[authentication", StringComparison.Ordinal)) || method == "CANCEL" ? "<sip:[service]@[remote_ip]:[remote_port]>" : "<sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]";
        // A CANCEL has the branch of what it takes back.
        var branch = method == "CANCEL" || (method == "INVITE" && to.EndsWith('>')) ? $"z9hG4bKfirst{cseq[0]}[pid]x[call_number]" : "[branch]";
        var type = body is null || extra.StartsWith("Content-Type", StringComparison.Ordinal) ? "" : "Content-Type: application/sdp";
        string[] lines =
        [
            $"{method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0", $"Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={branch}", $"From: <{_from}>;tag=[pid]T[call_number]", $"To: {to}",
            "Call-ID: [call_id]", $"CSeq: {cseq}", "Contact: <sip:caller@[local_ip]:[local_port]>", "Max-Forwards: 70", extra, type, "Content-Length: [len]",
        ];
        return string.Join("\n      ", lines.Where(l => l.Length > 0)) + "\n\n" + (body is null ? "" : "      " + body);
    }
}
