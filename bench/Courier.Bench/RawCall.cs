using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Courier.Bench.Kit;
using Courier.Media.Codecs;

namespace Courier.Bench;

/// <summary>A call whose messages are written here and not by our stack: invites, listens for the first sound, hangs up.</summary>
internal sealed partial class RawCall : IDisposable
{
    private const int Header = 12;
    private const short Quiet = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Socket _signals = Bound(), _sound = Bound();
    private readonly int _number, _port;
    private string _to;

    private RawCall(int number, int port)
    {
        (_number, _port) = (number, port);
        _to = string.Create(CultureInfo.InvariantCulture, $"<sip:95300@127.0.0.1:{port}>");
    }

    /// <summary>How long it takes from sending INVITE until a packet comes that is not silent. The call is over afterwards.</summary>
    /// <param name="number">of this call; each one another</param>
    /// <param name="port">where the product listens</param>
    public static async Task<TimeSpan> FirstSound(int number, int port)
    {
        using var call = new RawCall(number, port);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var started = Stopwatch.GetTimestamp();
            await call.Ask("INVITE", call.Description(), patience.Token);
            await call.Send("ACK", "");
            await call.Hear(patience.Token);
            var took = Stopwatch.GetElapsedTime(started);
            await call.Ask("BYE", "", patience.Token);
            return took;
        }
        catch (OperationCanceledException)
        {
            throw new BenchFailed($"call {number} hears nothing within {Patience.TotalSeconds} s");
        }
    }

    public void Dispose()
    {
        _signals.Dispose();
        _sound.Dispose();
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task Hear(CancellationToken ct)
    {
        var (packet, samples) = (new byte[2048], new short[2048]);
        while (true)
        {
            var length = await _sound.ReceiveAsync(packet, SocketFlags.None, ct);
            if (length <= Header) continue;
            G711.Decode(Codec.Pcma, packet.AsSpan(Header, length - Header), samples);
            if (samples.AsSpan(0, length - Header).ContainsAnyExceptInRange((short)-Quiet, Quiet)) return;
        }
    }

    private async Task Ask(string method, string body, CancellationToken ct)
    {
        await Send(method, body);
        var buffer = new byte[8192];
        while (true)
        {
            var answer = Encoding.UTF8.GetString(buffer, 0, await _signals.ReceiveAsync(buffer, SocketFlags.None, ct));
            if (!answer.StartsWith("SIP/2.0 ", StringComparison.Ordinal) || !answer.Contains(method, StringComparison.Ordinal)) continue;
            var status = int.Parse(answer.AsSpan(8, 3), CultureInfo.InvariantCulture);
            if (status < 200) continue;
            BenchFailed.Unless(status == 200, $"{method} of call {_number} is answered {answer}");
            _to = ToHeader().Match(answer).Groups["to"].Value.Trim();
            return;
        }
    }

    private async Task Send(string method, string body)
    {
        var here = (IPEndPoint)_signals.LocalEndPoint!;
        var type = body.Length > 0 ? "Content-Type: application/sdp\r\n" : "";
        var cseq = method == "BYE" ? 2 : 1;
        var message = string.Create(CultureInfo.InvariantCulture,
            $"{method} sip:95300@127.0.0.1:{_port} SIP/2.0\r\nVia: SIP/2.0/UDP {here};rport;branch=z9hG4bKraw{_number}{method}\r\nFrom: <sip:0{_number}@carrier.example>;tag=t{_number}\r\nTo: {_to}\r\nCall-ID: raw{_number}@bench\r\nCSeq: {cseq} {method}\r\nContact: <sip:bench@{here}>\r\nMax-Forwards: 70\r\n{type}Content-Length: {body.Length}\r\n\r\n{body}");
        await _signals.SendToAsync(Encoding.ASCII.GetBytes(message), new IPEndPoint(IPAddress.Loopback, _port));
    }

    private string Description() => string.Create(CultureInfo.InvariantCulture,
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {((IPEndPoint)_sound.LocalEndPoint!).Port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n");

    [GeneratedRegex(@"^To:(?<to>[^\r\n]*)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ToHeader();
}
