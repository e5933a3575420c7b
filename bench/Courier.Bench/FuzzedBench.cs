using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Courier.Bench.Kit;
using Courier.Sip.Messages;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;
using Courier.Testing;

namespace Courier.Bench;

/// <summary>
/// Damaged SIP messages by the million into the parser, and what it understands into the transaction layer, between requests of our own and damaged
/// answers to them. What is understood must be read the same again when it is written; nothing may throw or hang; when all is quiet no transaction and
/// no timer is left; the memory must not grow. Ten million, or thirty seconds of them in a quick run.
/// </summary>
internal static class FuzzedBench
{
    private const int Million = 1_000_000, Batch = 20_000, Workers = 2, Windows = 10;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromMinutes(3);

    public static async Task Run(BenchOptions options)
    {
        long? inputs = options.Quick ? null : 10L * Million;
        var attacks = Enumerable.Range(0, Workers).Select(n => new Attack(new Random(unchecked(options.Seed * 1000 + n)))).ToList();
        List<double> memory = [];
        var started = Stopwatch.GetTimestamp();
        while (inputs is null ? Stopwatch.GetElapsedTime(started) < Slice : attacks.Sum(a => a.Inputs) < inputs)
        {
            // A batch that hangs is a fault; its thread cannot be ended, the program can.
            var batches = attacks.Select(a => Task.Run(() => a.Go(Batch))).ToList();
            var all = Task.WhenAll(batches);
            if (await Task.WhenAny(all, Task.Delay(Patience)) != all) throw new BenchFailed($"no end after {string.Join(" or ", attacks.Select(a => a.Last))}");
            await all;
            memory.Add(GC.GetTotalMemory(forceFullCollection: memory.Count % Windows == 0) / 1e6);
        }
        var took = Stopwatch.GetElapsedTime(started);
        var (sum, understood, requests, answers) = (attacks.Sum(a => a.Inputs), attacks.Sum(a => a.Understood), attacks.Sum(a => a.Requests), attacks.Sum(a => a.Answers));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sum} inputs in {took.TotalSeconds:0} s, {sum / took.TotalSeconds:0} a second; {understood} understood, {requests} requests and {answers} answers reached who waits for them"));
        BenchFailed.Unless(understood > sum / 20 && requests > 0 && answers > 0, "hardly anything was understood: the damage is too great to find anything");
        var full = memory.Where((_, i) => i % Windows == 0).ToList();
        Console.WriteLine("  memory in MB after collections: " + string.Join(" ", full.Select(m => m.ToString("0", CultureInfo.InvariantCulture))));
        BenchFailed.Unless(full[^1] <= full[0] * 1.5 + 32, "the memory grows");
    }

    /// <summary>One chain of damage, with a layer and a clock of its own.</summary>
    private sealed class Attack : IRequestHandler, IResponseHandler
    {
        private static readonly int[] Statuses = [100, 180, 183, 200, 200, 302, 401, 486, 503, 603];

        private readonly Random _random;
        private readonly FakeClock _clock = new();
        private readonly TimerWheel _wheel;
        private readonly TransactionLayer _layer;
        private readonly Way[] _ways = [new("UDP", 0), new("TCP", 1), new("TLS", 2)];
        private readonly List<Incoming> _open = [];
        private readonly List<SipRequest> _ours = [];
        private StreamFraming _framing = new();
        private byte[] _last = [];
        private long _number;

        public Attack(Random random)
        {
            _random = random;
            _wheel = new TimerWheel(_clock);
            _layer = new TransactionLayer(_wheel, TimerSettings.Default, this);
        }

        public long Inputs { get; private set; }

        public long Understood { get; private set; }

        public long Requests { get; private set; }

        public long Answers { get; private set; }

        /// <summary>What came last, to be read by people.</summary>
        public string Last => Encoding.Latin1.GetString(_last);

        public void Go(int inputs)
        {
            try
            {
                for (var i = 0; i < inputs; i++) Next();
                Settle();
            }
            catch (Exception e) when (e is not BenchFailed)
            {
                throw new BenchFailed($"input {Inputs} makes it throw {e}\n{Last}");
            }
        }

        public void Requested(Incoming request)
        {
            Requests++;
            _open.Add(request);
            if (_random.Next(2) == 0) Respond(request);
        }

        public void Cancelled(Incoming cancel, Incoming invite)
        {
            Requests++;
            cancel.Respond(cancel.Request.Answer(200, "us"));
            invite.Respond(invite.Request.Answer(487, "us"));
        }

        public void Acknowledged(SipRequest ack) => Requests++;

        public void Unanswerable(Incoming request)
        {
        }

        public void Responded(Outgoing request, SipResponse response) => Answers++;

        public void Failed(Outgoing request, RequestFailure failure)
        {
        }

        private void Next()
        {
            Inputs++;
            var way = _ways[_random.Next(_ways.Length)];
            way.IsBroken = _random.Next(100) == 0;
            switch (_random.Next(20))
            {
                case 0:
                    _ours.Add(_layer.Send(Ours(), way, this).Request);
                    break;
                case 1 when _open.Count > 0:
                    Respond(_open[_random.Next(_open.Count)]);
                    break;
                case 2:
                    _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(200)));
                    break;
                case < 6 when _ours.Count > 0:
                    // an answer to what we asked, hit once
                    Take(Damage.Once(_ours[_random.Next(_ours.Count)].Answer(Statuses[_random.Next(Statuses.Length)], "t" + _random.Next(3)).ToBytes(), _random), way);
                    break;
                default:
                    Take(Damage.Some(Damage.Seeds[_random.Next(Damage.Seeds.Count)], _random), way);
                    break;
            }
        }

        private void Take(byte[] input, Way way)
        {
            _last = input;
            if (way.IsReliable) TakeFromStream(input, way);
            else if (SipParser.Parse(input) is Reading.Understood reading) Take(reading.Message, isStream: false, way);
        }

        // What comes over a connection is cut into messages first, wherever the pieces end.
        private void TakeFromStream(byte[] input, Way way)
        {
            for (var rest = input.AsMemory(); !rest.IsEmpty;)
            {
                var room = _framing.Room();
                var count = Math.Min(Math.Min(rest.Length, room.Length), _random.Next(1, 600));
                rest[..count].CopyTo(room);
                rest = rest[count..];
                _framing.Received(count);
                FrameKind kind;
                while ((kind = _framing.TryTake(out var frame)) is FrameKind.Message or FrameKind.Ping)
                    if (kind == FrameKind.Message && SipParser.Parse(frame, fromStream: true) is Reading.Understood reading) Take(reading.Message, isStream: true, way);
                if (kind != FrameKind.Broken) continue;
                _framing = new StreamFraming(); // the connection is closed
                return;
            }
            if (_random.Next(8) == 0) _framing = new StreamFraming();
        }

        private void Take(SipMessage message, bool isStream, Way way)
        {
            Understood++;
            var written = message.ToBytes();
            BenchFailed.Unless(SipParser.Parse(written, isStream) is Reading.Understood again && again.Message.ToBytes().AsSpan().SequenceEqual(written), $"read differently when it is written again: {Last}");
            _layer.Receive(message, way);
        }

        private void Respond(Incoming request) => request.Respond(request.Request.Answer(Statuses[_random.Next(Statuses.Length)], "us"));

        // Everybody says their last word, and the longest timer runs out.
        private void Settle()
        {
            foreach (var way in _ways) way.IsBroken = false;
            foreach (var request in _open) request.Respond(request.Request.Answer(480, "us"));
            foreach (var request in _ours) _layer.Receive(request.Answer(480, "them"), _ways[0]);
            _open.Clear();
            _ours.Clear();
            _clock.Advance(TimeSpan.FromSeconds(70));
            // Who was asked in between was answered at once or kept until the next time.
            foreach (var request in _open) request.Respond(request.Request.Answer(480, "us"));
            _open.Clear();
            _clock.Advance(TimeSpan.FromSeconds(70));
            BenchFailed.Unless(_layer.Count == 0 && _wheel.Running == 0, $"{_layer.Count} transactions and {_wheel.Running} timers are left after {Inputs} inputs");
        }

        private SipRequest Ours()
        {
            var method = _random.Next(3) switch { 0 => "INVITE", 1 => "OPTIONS", _ => "BYE" };
            var text = string.Create(CultureInfo.InvariantCulture,
                $"{method} sip:li@example.com SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:z@h>;tag=us\r\nTo: <sip:li@example.com>\r\nCall-ID: ours{_number++}\r\nCSeq: 1 {method}\r\nMax-Forwards: 70\r\n\r\n");
            var request = (SipRequest)((Reading.Understood)SipParser.Parse(Encoding.ASCII.GetBytes(text))).Message;
            request.Vias.Clear();
            return request;
        }
    }

    /// <summary>A way that leads nowhere.</summary>
    private sealed class Way(string transport, int number) : Flow
    {
        public bool IsBroken { get; set; }

        public override string Transport => transport;

        public override IPEndPoint Remote { get; } = new(IPAddress.Parse("192.0.2.7"), 5062 + number);

        public override IPEndPoint Advertised { get; } = new(IPAddress.Parse("198.51.100.1"), 5060);

        public override bool TrySend(ReadOnlyMemory<byte> message) => !IsBroken;
    }

    /// <summary>Messages of all kinds, and what may happen to them.</summary>
    private static class Damage
    {
        private const string Sdp = "v=0\no=- 1 1 IN IP4 192.0.2.7\ns=-\nc=IN IP4 192.0.2.7\nt=0 0\nm=audio 4000 RTP/AVP 8 101\na=rtpmap:101 telephone-event/8000\n";

        private static readonly byte[][] Fragments =
        [
            .. ((string[])["\r\n", "\n", "\r", " ", "\t", ":", ";", ",", "<", ">", "\"", "\\", "%", "%00", "@", "?", "=", "[", "]", "*", "\0", "SIP/2.0", "sip:", "tel:", "9999999999", "-1", "Content-Length: 4\r\n",
                "Via: ", "张", ";tag=", "(", "z9hG4bK", "CSeq: 1 INVITE\r\n", ";rport", "INVITE", "CANCEL", "ACK", "SIP/2.0 200 OK\r\n", "\r\n\r\n"]).Select(Encoding.UTF8.GetBytes),
        ];

        public static IReadOnlyList<byte[]> Seeds { get; } =
        [
            .. Kinds("INVITE", Sdp, "Contact: <sip:z@192.0.2.7:5062>\nSession-Expires: 1800;refresher=uac\nSupported: timer, replaces\nContent-Type: application/sdp\n"),
            .. Kinds("ACK", "", ""), .. Kinds("CANCEL", "", ""), .. Kinds("BYE", "", "Reason: Q.850;cause=16;text=\"done\"\n"), .. Kinds("OPTIONS", "", "Accept: application/sdp\n"),
            .. Kinds("REGISTER", "", "Contact: <sip:1001@192.0.2.7:5062;transport=tcp>;expires=60;q=0.5, *\nAuthorization: Digest username=\"1001\", realm=\"courier\", nonce=\"abc\", uri=\"sip:h\", response=\"0123456789abcdef0123456789abcdef\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"x\"\n"),
            .. Kinds("REFER", "", "Refer-To: <sip:1002@h?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2>\nReferred-By: <sip:1001@h>\n"),
            .. Kinds("NOTIFY", "SIP/2.0 200 OK\n", "Event: refer\nSubscription-State: terminated;reason=noresource\nContent-Type: message/sipfrag\n"),
            .. Kinds("INFO", "Signal=5\nDuration=160\n", "Content-Type: application/dtmf-relay\n"), .. Kinds("UPDATE", Sdp, "Content-Type: application/sdp\nMin-SE: 90\n"),
            Answer(100, "INVITE"), Answer(180, "INVITE"), Answer(200, "INVITE", Sdp), Answer(401, "REGISTER"), Answer(486, "INVITE"), Answer(487, "INVITE"), Answer(200, "BYE"), Answer(481, "UPDATE"),
        ];

        public static byte[] Some(byte[] seed, Random random)
        {
            var damaged = seed;
            for (var blows = random.Next(4); blows > 0 && damaged.Length > 1; blows--) damaged = Once(damaged, random);
            return damaged;
        }

        public static byte[] Once(byte[] seed, Random random)
        {
            var at = random.Next(seed.Length);
            switch (random.Next(6))
            {
                case 0:
                    var changed = seed.ToArray();
                    changed[at] = (byte)random.Next(256);
                    return changed;
                case 1:
                    return [.. seed.AsSpan(0, at), .. seed.AsSpan(Math.Min(seed.Length, at + random.Next(1, 20)))];
                case 2:
                    return [.. seed.AsSpan(0, at), .. Fragments[random.Next(Fragments.Length)], .. seed.AsSpan(at)];
                case 3:
                    var from = random.Next(seed.Length);
                    return [.. seed.AsSpan(0, at), .. seed.AsSpan(from, random.Next(seed.Length - from)), .. seed.AsSpan(at)];
                case 4:
                    // another transaction of the same kind
                    return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(seed).Replace("z9hG4bKq", "z9hG4bK" + random.Next(200).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
                default:
                    return seed[..at];
            }
        }

        // As most write it, in short forms folded over lines, and within a dialog.
        private static IEnumerable<byte[]> Kinds(string method, string body, string fields) =>
        [
            Bytes($"{method} sip:li@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bKq;rport\nFrom: \"张三\" <sip:z@h>;tag=them\nTo: <sip:li@example.com>\nCall-ID: c@h\nCSeq: 3 {method}\nMax-Forwards: 70\n{fields}", body),
            Bytes($"{method} tel:+8613800138000;phone-context=example.com SIP/2.0\nv: SIP / 2.0 / TCP h.example ;branch=z9hG4bKq , SIP/2.0/UDP [2001:db8::1];branch=z9hG4bKp\nf: z <sip:z@h>\n ;tag = them\nt: sip:li@example.com\ni: c@h\nCSeq: 3\n\t{method}\nMax-Forwards: 70\n{fields}", body),
            Bytes($"{method} sip:li@198.51.100.1;transport=tcp SIP/2.0\nVia: SIP/2.0/TLS 192.0.2.7:5062;branch=z9hG4bKq\nRoute: <sip:p.example;lr>, <sip:q.example;lr>\nFrom: <sip:z@h>;tag=them\nTo: <sip:li@example.com>;tag=us\nCall-ID: c@h\nCSeq: 4 {method}\nMax-Forwards: 1\n{fields}", body),
        ];

        private static byte[] Answer(int status, string method, string body = "") => Bytes(string.Create(CultureInfo.InvariantCulture,
            $"SIP/2.0 {status} Words\nVia: SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bKq;rport=5060;received=198.51.100.1\nRecord-Route: <sip:p.example;lr>\nFrom: <sip:z@h>;tag=us\nTo: <sip:li@example.com>;tag=them\nCall-ID: c@h\nCSeq: 3 {method}\nContact: <sip:li@192.0.2.7>\nWWW-Authenticate: Digest realm=\"courier\", nonce=\"n\", qop=\"auth\"\n"), body);

        private static byte[] Bytes(string head, string body)
        {
            var content = Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n"));
            return [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head}Content-Length: {content.Length}\n\n").ReplaceLineEndings("\r\n")), .. content];
        }
    }
}
