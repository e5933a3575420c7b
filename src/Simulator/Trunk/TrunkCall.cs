using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Simulator.Trunk;

/// <summary>How far a call has come.</summary>
internal enum TrunkCallState
{
    /// <summary>It rings.</summary>
    Calling,
    /// <summary>Both hear each other.</summary>
    Talking,
    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>
/// One call that a carrier brings to the hotline, over UDP: INVITE until something is said to it, ACK, the sound, BYE from either side
/// (RFC 3261 §13, §15, §17.1).
/// </summary>
internal sealed class TrunkCall : IDisposable
{
    static readonly TimeSpan firstPause = TimeSpan.FromMilliseconds(500), longestPause = TimeSpan.FromSeconds(4), patience = TimeSpan.FromSeconds(32);

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    readonly TimeProvider _time;
    readonly IPEndPoint _product;
    readonly CancellationTokenSource _over = new();
    readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously), _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Dictionary<string, TaskCompletionSource> _heardOf = []; // method → the first sign of the other side
    readonly string _target, _tag = RandomNumberGenerator.GetHexString(12, lowercase: true), _branch = RandomNumberGenerator.GetHexString(12, lowercase: true);
    readonly Lock _gate = new();
    string _to, _contact;
    int _version = 1;

    /// <summary>Prepares a call; <see cref="Run"/> makes it.</summary>
    /// <param name="from">whose number is shown, digits; empty for nobody's</param>
    /// <param name="hotline">whom it is for</param>
    /// <param name="product">where the product listens</param>
    /// <param name="time">the clock</param>
    public TrunkCall(string from, string hotline, IPEndPoint product, TimeProvider time)
    {
        (From, Hotline, _product, _time, StartedAt, Sound) = (from, hotline, product, time, time.GetUtcNow(), new CallSound(time));
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _contact = _target = $"sip:{hotline}@{product}";
        _to = $"<{_target}>";
    }

    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string From { get; }

    public string Hotline { get; }

    public DateTimeOffset StartedAt { get; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public TrunkCallState State { get; private set; }

    /// <summary>Why it is over, in words.</summary>
    public string? Why { get; private set; }

    /// <summary>What is heard and pressed.</summary>
    public CallSound Sound { get; }

    /// <summary>Done when it is answered, or over without.</summary>
    public Task WhenAnswered => Task.WhenAny(_answered.Task, _ended.Task);

    /// <summary>Done when it is over.</summary>
    public Task WhenEnded => _ended.Task;

    /// <summary>Calls, until it is over.</summary>
    public async Task Run()
    {
        var listening = Listen();
        if (!await Insist("INVITE", 1, Sound.Description(_version), "Content-Type: application/sdp\r\n")) End(Texts.CallUnanswered);
        await _ended.Task;
        await _over.CancelAsync();
        await listening;
        Sound.Dispose();
    }

    /// <summary>Hangs up, or gives up calling.</summary>
    public async Task HangUp()
    {
        if (State == TrunkCallState.Ended) return;
        // Whatever is said to it, and if nothing is: this side has hung up.
        _ = State == TrunkCallState.Calling ? await Insist("CANCEL", 1, "", "") : await Insist("BYE", 2, "", "");
        End(Texts.CallHungUpHere);
    }

    public void Dispose()
    {
        End(Texts.CallHungUpHere);
        _over.Cancel();
        _socket.Dispose();
        _over.Dispose();
    }

    // Says it again until there is any answer; false when there is none within 64 × T1.
    async Task<bool> Insist(string method, int sequence, string body, string more)
    {
        TaskCompletionSource heard;
        lock (_gate) _heardOf[method] = heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var pause = firstPause;
        for (var waited = TimeSpan.Zero; waited < patience; waited += pause, pause = pause * 2 < longestPause ? pause * 2 : longestPause)
        {
            await Send(Request(method, sequence, body, more));
            await Task.WhenAny(heard.Task, Task.Delay(pause, _time, _over.Token));
            if (heard.Task.IsCompleted || _over.IsCancellationRequested) return true;
        }
        return false;
    }

    string Shown => From.Length > 0 ? From : "anonymous"; // RFC 3323 §4.1.1.3

    string Request(string method, int sequence, string body, string more)
    {
        var here = _socket.LocalEndPoint;
        // CANCEL goes under the branch of its INVITE, the ACK of a 2xx under one of its own (RFC 3261 §9.1, §13.2.2.4).
        var branch = method is "INVITE" or "CANCEL" ? _branch : _branch + method;
        var to = method == "CANCEL" ? $"<{_target}>" : _to;
        var target = method is "INVITE" or "CANCEL" ? _target : _contact;
        return FormattableString.Invariant(
            $"{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {here};rport;branch=z9hG4bK{branch}\r\nMax-Forwards: 70\r\nFrom: <sip:{Shown}@carrier.example>;tag={_tag}\r\nTo: {to}\r\nCall-ID: {Id}@carrier.example\r\nCSeq: {sequence} {method}\r\nContact: <sip:{Shown}@{here}>\r\nUser-Agent: Courier-Simulator\r\n{more}Content-Length: {body.Length}\r\n\r\n{body}");
    }

    async Task Listen()
    {
        var buffer = new byte[65_536];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _over.Token);
                if (SipText.Read(Encoding.UTF8.GetString(buffer, 0, length)) is not { } message) continue;
                if (message.Status is { } status) await Take(message, status);
                else await Serve(message);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { /* the call is over */ }
    }

    async Task Take(SipText answer, int status)
    {
        lock (_gate)
            if (_heardOf.TryGetValue(answer.Method, out var heard)) heard.TrySetResult();
        if (answer.Method != "INVITE" || status < 200) return;
        if (answer.Headers["To"].FirstOrDefault() is { } to) _to = to;
        if (status >= 300)
        {
            await Send(Request("ACK", 1, "", "").Replace($"z9hG4bK{_branch}ACK", "z9hG4bK" + _branch, StringComparison.Ordinal)); // of a refusal: under the branch of the INVITE
            End(Texts.CallRefused(status));
            return;
        }
        if (answer.Headers["Contact"].FirstOrDefault() is { } contact) _contact = contact.Trim('<', '>').Split('>')[0];
        await Send(Request("ACK", 1, "", "")); // for each repetition too
        if (State == TrunkCallState.Calling && answer.AudioPort is { } port) Begin(port);
    }

    void Begin(int port)
    {
        (State, AnsweredAt) = (TrunkCallState.Talking, _time.GetUtcNow());
        _ = Sound.Run(port, _over.Token);
        _answered.TrySetResult();
    }

    // The product holds, refreshes or ends the call.
    async Task Serve(SipText request)
    {
        if (request.Method == "ACK") return;
        var contact = $"Contact: <sip:{Shown}@{_socket.LocalEndPoint}>\r\n";
        var isOffer = request.Method is "INVITE" or "UPDATE" && request.Body.Length > 0;
        var body = isOffer ? Sound.Description(++_version) : "";
        await Send(request.Answer(200, "OK", _tag, isOffer ? contact + "Content-Type: application/sdp\r\n" : contact, body));
        if (request.Method == "BYE") End(Texts.CallHungUpThere);
    }

    void End(string why)
    {
        lock (_gate)
        {
            if (State == TrunkCallState.Ended) return;
            (State, Why, EndedAt) = (TrunkCallState.Ended, why, _time.GetUtcNow());
        }
        _ended.TrySetResult();
    }

    async Task Send(string message) => await _socket.SendToAsync(Encoding.UTF8.GetBytes(message), _product);
}
