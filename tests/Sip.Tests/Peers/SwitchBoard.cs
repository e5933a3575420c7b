using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Courier.Sip.Auth;
using Courier.Sip.Dialogs;
using Courier.Sip.Registrar;
using Courier.Sip.Tests.Transport;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Sip.Tests.Peers;

/// <summary>A user agent on real sockets that answers every call and lets 1001 with the password "secret" register – by MD5, which is all that these programs know.</summary>
internal sealed class SwitchBoard : IUserAgentHandler, ILegHandler, IDisposable
{
    private readonly RegistrationDoor _door;

    public SwitchBoard()
    {
        var local = new IPEndPoint(IPAddress.Loopback, 0);
        Agent = new UserAgent(new UserAgentOptions
        {
            Transport = new TransportOptions
            {
                Listeners = [new("UDP", local), new("TCP", local), new("TLS", local, Certificate: Peer.SelfSigned())],
                Limits = new SourceLimitOptions { Trusted = [IPNetwork.Parse("127.0.0.0/8")] },
            },
        }, this, TimeProvider.System, NullLogger.Instance);
        Registrar = new SipRegistrar(new RegistrarOptions(), TimeProvider.System);
        var digest = new DigestServer("courier", TimeSpan.FromMinutes(2), TimeProvider.System, [DigestAlgorithm.Md5]);
        _door = new RegistrationDoor(digest, Registrar, Agent.Transport.Limits, user => user == "1001" ? DigestSecret.Of("1001", "courier", "secret") : null);
        Agent.Start();
    }

    /// <summary>A session with one G.711 stream.</summary>
    public static byte[] Description { get; } = Encoding.ASCII.GetBytes(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n");

    public UserAgent Agent { get; }

    public SipRegistrar Registrar { get; }

    public ConcurrentQueue<string> Heard { get; } = [];

    public int Port(string transport) => Agent.Transport.Local(transport).Port;

    public ILegHandler Invited(IncomingLeg leg)
    {
        leg.Progress();
        leg.Accept(Description);
        return this;
    }

    public void Requested(Incoming request) => _door.Take(request);

    public void Progressed(Leg leg, int status, ReadOnlyMemory<byte> description) { }

    public void Answered(Leg leg, ReadOnlyMemory<byte> description) => Heard.Enqueue("answered");

    public void Offered(Leg leg, ReadOnlyMemory<byte> description) => leg.AnswerOffer(Description);

    public void OfferAnswered(Leg leg, ReadOnlyMemory<byte> description) => Heard.Enqueue("offer answered");

    public void OfferRefused(Leg leg, int status) => Heard.Enqueue($"offer refused {status}");

    public void Informed(Leg leg, string mediaType, ReadOnlyMemory<byte> body) { }

    public void Referred(Leg leg, Referral referral) => referral.Refuse();

    public void ReferProgressed(Leg leg, int status) { }

    public void Ended(Leg leg, LegOutcome outcome) => Heard.Enqueue($"ended {outcome.End}");

    public void Dispose() => Agent.Dispose();
}
