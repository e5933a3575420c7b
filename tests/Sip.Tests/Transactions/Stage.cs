using System.Net;
using Courier.Sip.Messages;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;
using Courier.Testing;

namespace Courier.Sip.Tests.Transactions;

/// <summary>A way that notes what is sent over it.</summary>
internal sealed class NotedFlow(string transport = "UDP") : Flow
{
    public List<SipMessage> Sent { get; } = [];

    public bool IsBroken { get; set; }

    public override string Transport => transport;

    public override IPEndPoint Remote { get; } = new(IPAddress.Parse("192.0.2.7"), 5062);

    public override IPEndPoint Advertised { get; } = new(IPAddress.Parse("198.51.100.1"), 5060);

    public override bool TrySend(ReadOnlyMemory<byte> message)
    {
        if (!IsBroken) Sent.Add(SipParser.Parse(message.Span).ShouldBeOfType<Reading.Understood>().Message);
        return !IsBroken;
    }

    public string Log => string.Join(' ', Sent.Select(m => m is SipRequest r ? r.Method.Name : ((SipResponse)m).Status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}

/// <summary>A transaction layer on a fake clock whose user notes what it hears.</summary>
internal sealed class Stage : IRequestHandler, IResponseHandler, IDisposable
{
    public Stage()
    {
        Wheel = new TimerWheel(Clock);
        Layer = new TransactionLayer(Wheel, TimerSettings.Default, this);
    }

    public FakeClock Clock { get; } = new();

    public TimerWheel Wheel { get; }

    public TransactionLayer Layer { get; }

    public NotedFlow Flow { get; init; } = new();

    public List<string> Heard { get; } = [];

    public Incoming? Last { get; private set; }

    public void Requested(Incoming request)
    {
        Last = request;
        Heard.Add(request.Request.Method.Name);
    }

    public void Cancelled(Incoming cancel, Incoming invite)
    {
        Heard.Add("CANCEL of " + invite.Request.CSeq.Number);
        cancel.Respond(cancel.Request.Answer(200, "us"));
        invite.Respond(invite.Request.Answer(487, "us"));
    }

    public void Acknowledged(SipRequest ack) => Heard.Add("ACK");

    public void Unanswerable(Incoming request) => Heard.Add("unanswerable");

    public void Responded(Outgoing request, SipResponse response) => Heard.Add(response.Status.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void Failed(Outgoing request, RequestFailure failure) => Heard.Add(failure.ToString());

    public void Comes(string method, string branch = "z9hG4bKq", string to = "", string fields = "") => Layer.Receive(Messages.Wire.Request(
        $"{method} sip:li@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7:5062;branch={branch}\nFrom: <sip:z@h>;tag=them\nTo: <sip:li@example.com>{to}\nCall-ID: c\nCSeq: 3 {method}\n{fields}\n"), Flow);

    public void Dispose() => Wheel.Dispose();
}
