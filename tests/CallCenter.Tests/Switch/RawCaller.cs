using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>A caller whose every message and packet is the test's, written against the RFCs and not with our stack: for what networks and strangers do.</summary>
public sealed partial class RawCaller : IAsyncDisposable
{
    private static int _callers;

    private readonly Socket _sip = Bound(IPAddress.Loopback);
    private readonly CancellationTokenSource _ends = new();
    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _number, _callId, _tag;
    private readonly IPEndPoint _product;
    private readonly bool _hasEvents;
    private readonly HashSet<string> _lost = [];
    private readonly bool _losesSignals, _doublesSignals;
    private readonly TaskCompletionSource<int> _crossed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _to, _target, _ack = "";
    private string[] _routes = [];
    private int _cseq, _version;
    private readonly ConcurrentDictionary<string, string> _answers = [];

    private RawCaller(string number, string hotline, int port, Network network, bool hasEvents)
    {
        var id = Interlocked.Increment(ref _callers);
        (_number, _callId, _tag, _hasEvents) = (number, $"raw-{Environment.ProcessId}-{id}", $"t{id}", hasEvents);
        (_losesSignals, _doublesSignals) = (network.LosesSignals, network.DoublesSignals);
        _product = new IPEndPoint(IPAddress.Loopback, port);
        _target = string.Create(CultureInfo.InvariantCulture, $"sip:{hotline}@127.0.0.1:{port}");
        _to = $"<{_target}>";
        Voice = new RawVoice(network, _ends.Token);
    }

    /// <summary>What it sends and hears.</summary>
    public RawVoice Voice { get; }

    /// <summary>Done once the product hangs up.</summary>
    public Task HungUp => _hungUp.Task;

    /// <summary>Calls; back when it is answered.</summary>
    /// <param name="number">whose number it shows</param>
    /// <param name="port">the product's</param>
    /// <param name="network">what becomes of its packets; a good network when null</param>
    /// <param name="direction">of its description: sendrecv, recvonly</param>
    /// <param name="hasEvents">whether it knows RFC 4733</param>
    public static async Task<RawCaller> Calls(string number, int port, Network? network = null, string direction = "sendrecv", bool hasEvents = true)
    {
        var caller = new RawCaller(number, "95300", port, network ?? new Network(), hasEvents);
        _ = Task.Run(caller.Listen, caller._ends.Token);
        await caller.Offer(direction);
        return caller;
    }

    /// <summary>INVITE, or re-INVITE once there is a call: the answer is acknowledged.</summary>
    public async Task Offer(string direction)
    {
        var answer = await Ask("INVITE", "Content-Type: application/sdp", Description(direction));
        Status(answer).ShouldBe(200, answer);
        _to = Header(answer, "To");
        _routes = [.. answer.Split("\r\n").Where(l => l.StartsWith("Record-Route:", StringComparison.Ordinal)).SelectMany(l => l["Record-Route:".Length..].Split(',')).Select(r => "Route: " + r.Trim()).Reverse()];
        _target = Header(answer, "Contact").Trim('<', '>').Split('>')[0];
        await Send(_ack = Request("ACK", _cseq, "", ""));
        Voice.Goes(int.Parse(AudioPort().Match(answer).Groups["port"].Value, CultureInfo.InvariantCulture), direction);
    }

    /// <summary>A key by INFO.</summary>
    public async Task Info(char key) => Status(await Ask("INFO", "Content-Type: application/dtmf-relay", $"Signal={key}\r\nDuration=160\r\n")).ShouldBe(200);

    /// <summary>Whether it hangs up too when the product does, in the moment before it answers to that.</summary>
    public bool HangsUpToo { get; set; }

    /// <summary>What the product says to that.</summary>
    public Task<int> Crossed => _crossed.Task;

    /// <summary>Asks for something with a number of the test's choice, under a branch that no other request has.</summary>
    /// <returns>what is said to that</returns>
    public async Task<int> Asks(string method, int number, string type = "", string body = "") => Status(await Ask(method, type, body, number));

    /// <summary>Hangs up.</summary>
    public async Task HangUp() => (await Leave()).ShouldBe(200);

    /// <summary>Hangs up, whatever is said to that.</summary>
    /// <returns>what is said</returns>
    public async Task<int> Leave() => Status(await Ask("BYE", "", ""));

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _sip.Dispose();
        Voice.Dispose();
        _ends.Dispose();
    }

    internal static Socket Bound(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private async Task<string> Ask(string method, string type, string body, int? number = null)
    {
        var cseq = number ?? ++_cseq;
        string? answer = null;
        var (since, again) = (Stopwatch.StartNew(), TimeSpan.Zero);
        await Wait.Until(async () =>
        {
            if (_answers.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{cseq} {method}"), out answer)) return true;
            if (since.Elapsed < again) return false;
            again = since.Elapsed * 2 + TimeSpan.FromMilliseconds(500); // as over any UDP
            await Send(Request(method, cseq, type, body));
            return false;
        }, method + " is answered");
        return answer!;
    }

    private string Request(string method, int cseq, string type, string body)
    {
        var local = (IPEndPoint)_sip.LocalEndPoint!;
        string[] lines =
        [
            $"{method} {_target} SIP/2.0", $"Via: SIP/2.0/UDP {local};rport;branch=z9hG4bK{_callId}{method}{cseq}", $"From: <sip:{_number}@carrier.example>;tag={_tag}", $"To: {_to}", $"Call-ID: {_callId}",
            string.Create(CultureInfo.InvariantCulture, $"CSeq: {cseq} {method}"), $"Contact: <sip:{_number}@{local}>", "Max-Forwards: 70", .. _routes, type, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}"),
        ];
        return string.Join("\r\n", lines.Where(l => l.Length > 0)) + "\r\n\r\n" + body;
    }

    private string Description(string direction) => string.Create(CultureInfo.InvariantCulture,
        $"v=0\r\no=raw 1 {++_version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {Voice.Port} RTP/AVP 8{(_hasEvents ? " 101" : "")}\r\na=rtpmap:8 PCMA/8000\r\n{(_hasEvents ? "a=rtpmap:101 telephone-event/8000\r\n" : "")}a={direction}\r\n");

    private async Task Send(string message)
    {
        if (IsLost("to", message)) return;
        for (var copy = 0; copy < (_doublesSignals ? 2 : 1); copy++) await _sip.SendToAsync(Encoding.ASCII.GetBytes(message), _product);
    }

    // The first copy of a message, where the network is such.
    private bool IsLost(string way, string message)
    {
        if (!_losesSignals) return false;
        lock (_lost) return _lost.Add($"{way} {message.Split("\r\n")[0]} {Header(message, "CSeq")}");
    }

    private async Task Listen()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var message = Encoding.ASCII.GetString(buffer, 0, await _sip.ReceiveAsync(buffer, SocketFlags.None, _ends.Token));
                if (IsLost("from", message)) continue;
                if (!message.StartsWith("SIP/2.0", StringComparison.Ordinal)) await Take(message);
                else if (Status(message) >= 200 && !_answers.TryAdd(Header(message, "CSeq"), message) && Header(message, "CSeq").EndsWith("INVITE", StringComparison.Ordinal)) await Send(_ack); // ours was lost
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }

    // Whatever the product asks is granted; it asks for the end only.
    private async Task Take(string request)
    {
        if (request.StartsWith("ACK", StringComparison.Ordinal)) return;
        if (HangsUpToo && request.StartsWith("BYE", StringComparison.Ordinal) && !_hungUp.Task.IsCompleted) _ = Cross();
        var lines = request.Split("\r\n").Where(l => l.StartsWith("Via:", StringComparison.Ordinal) || l.StartsWith("From:", StringComparison.Ordinal) || l.StartsWith("To:", StringComparison.Ordinal)
            || l.StartsWith("Call-ID:", StringComparison.Ordinal) || l.StartsWith("CSeq:", StringComparison.Ordinal));
        await Send("SIP/2.0 200 OK\r\n" + string.Join("\r\n", lines) + "\r\nContent-Length: 0\r\n\r\n");
        if (request.StartsWith("BYE", StringComparison.Ordinal)) _hungUp.TrySetResult();
    }

    private async Task Cross() => _crossed.TrySetResult(await Leave());

    private static int Status(string answer) => int.Parse(answer.AsSpan(8, 3), CultureInfo.InvariantCulture);

    private static string Header(string message, string name) => message.Split("\r\n").First(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    [GeneratedRegex(@"^m=audio (?<port>\d+) ", RegexOptions.Multiline)]
    private static partial Regex AudioPort();
}
