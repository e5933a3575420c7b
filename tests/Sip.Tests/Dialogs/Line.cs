using System.Globalization;
using System.Net;
using System.Text;
using Courier.Sip.Dialogs;
using Courier.Sip.Messages;
using Courier.Sip.Transport;
using Courier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Sip.Tests.Dialogs;

/// <summary>Two user agents, Ann and Bob, on a wire in memory and one fake clock. Messages wait on the wire until it is run, so that they can cross, get lost or be looked at.</summary>
internal sealed class Line : IDisposable
{
    private readonly Queue<(Party To, byte[] Bytes, Flow Back)> _wire = [];

    public Line(Func<UserAgentOptions, UserAgentOptions>? change = null)
    {
        Ann = new Party("a", IPAddress.Parse("192.0.2.1"), this, change);
        Bob = new Party("b", IPAddress.Parse("192.0.2.2"), this, change);
        Ann.Other = Bob;
        Bob.Other = Ann;
    }

    public FakeClock Clock { get; } = new();

    public Party Ann { get; }

    public Party Bob { get; }

    /// <summary>What went over the wire: who sent what.</summary>
    public List<string> Log { get; } = [];

    public List<SipMessage> Messages { get; } = [];

    /// <summary>Which messages get lost.</summary>
    public Func<SipMessage, bool> Loses { get; set; } = static _ => false;

    public string Said => string.Join(' ', Log);

    /// <summary>Delivers what waits, and what comes of it, until nothing waits.</summary>
    public void Run()
    {
        while (_wire.TryDequeue(out var sent))
        {
            var message = SipParser.Parse(sent.Bytes).ShouldBeOfType<Reading.Understood>().Message;
            if (!Loses(message)) sent.To.Agent.Layer.Receive(message, sent.Back);
        }
    }

    /// <summary>Lets time pass, delivering what it brings as it comes.</summary>
    public void Pass(double seconds)
    {
        for (var left = seconds; left > 0; left -= 0.5)
        {
            Clock.Advance(TimeSpan.FromSeconds(Math.Min(left, 0.5)));
            Run();
        }
    }

    /// <summary>Ann calls Bob, who answers.</summary>
    public Line Answered()
    {
        Ann.Call();
        Run();
        Bob.Incoming!.Accept(Line.Sdp("bob"));
        Run();
        (Ann.Leg!.State, Bob.Leg!.State).ShouldBe((LegState.Confirmed, LegState.Confirmed));
        Log.Clear();
        Messages.Clear();
        Ann.Heard.Clear();
        Bob.Heard.Clear();
        return this;
    }

    public void NothingIsLeft()
    {
        Pass(40);
        foreach (var party in (Party[])[Ann, Bob]) (party.Agent.Legs, party.Agent.Layer.Count, party.Agent.Wheel.Running).ShouldBe((0, 0, 0), party.Name);
    }

    public static byte[] Sdp(string text) => Encoding.UTF8.GetBytes(text);

    public void Dispose()
    {
        Ann.Agent.Dispose();
        Bob.Agent.Dispose();
    }

    private void Send(Party from, byte[] bytes)
    {
        var message = SipParser.Parse(bytes).ShouldBeOfType<Reading.Understood>().Message;
        Log.Add(from.Name + (message is SipRequest request ? request.Method.Name : ((SipResponse)message).Status.ToString(CultureInfo.InvariantCulture)));
        Messages.Add(message);
        _wire.Enqueue((from.Other, bytes, from.Other.Flow));
    }

    /// <summary>One end of the line, which notes what it hears.</summary>
    internal sealed class Party : ILegHandler, IUserAgentHandler
    {
        public Party(string name, IPAddress address, Line line, Func<UserAgentOptions, UserAgentOptions>? change)
        {
            Name = name;
            Flow = new WireFlow(this, address, line);
            var options = new UserAgentOptions { User = name, Transport = new TransportOptions { Listeners = [new("UDP", new IPEndPoint(IPAddress.Loopback, 0))] } };
            Agent = new UserAgent(change is null ? options : change(options), this, line.Clock, NullLogger.Instance, static work => work());
        }

        public string Name { get; }

        public UserAgent Agent { get; }

        public Party Other { get; set; } = null!;

        public WireFlow Flow { get; }

        public List<string> Heard { get; } = [];

        public Leg? Leg { get; private set; }

        public IncomingLeg? Incoming => Leg as IncomingLeg;

        public Referral? Referral { get; private set; }

        public Action<IncomingLeg>? WhenInvited { get; set; }

        public void Call(Func<Dialing, Dialing>? change = null)
        {
            var dialing = new Dialing
            {
                Target = new SipUri("sip", Other.Name, "192.0.2.9"), From = new NameAddr(new SipUri("sip", Name, "example.com")), Flow = Flow, Description = Sdp(Name + "-offer"),
            };
            Leg = Agent.Dial(change is null ? dialing : change(dialing), this);
        }

        public ILegHandler Invited(IncomingLeg leg)
        {
            Leg = leg;
            Heard.Add("invited " + Text(leg.Description));
            WhenInvited?.Invoke(leg);
            return this;
        }

        public void Requested(Courier.Sip.Transactions.Incoming request) => request.Respond(request.Request.Answer(403, "t"));

        public void Progressed(Leg leg, int status, ReadOnlyMemory<byte> description) => Heard.Add($"progress {status} {Text(description)}".Trim());

        public void Answered(Leg leg, ReadOnlyMemory<byte> description) => Heard.Add($"answered {Text(description)}".Trim());

        public void Offered(Leg leg, ReadOnlyMemory<byte> description) => Heard.Add($"offered {Text(description)}".Trim());

        public void OfferAnswered(Leg leg, ReadOnlyMemory<byte> description) => Heard.Add($"offer answered {Text(description)}".Trim());

        public void OfferRefused(Leg leg, int status) => Heard.Add($"offer refused {status}");

        public void Informed(Leg leg, string mediaType, ReadOnlyMemory<byte> body) => Heard.Add($"informed {mediaType} {Text(body)}");

        public void Referred(Leg leg, Referral referral)
        {
            Referral = referral;
            Heard.Add($"referred {referral.Target}");
        }

        public void ReferProgressed(Leg leg, int status) => Heard.Add($"refer {status}");

        public void Ended(Leg leg, LegOutcome outcome) => Heard.Add($"ended {outcome.End} {outcome.Status}");

        private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
    }

    internal sealed class WireFlow(Party party, IPAddress address, Line line) : Flow
    {
        public override string Transport => "UDP";

        public override IPEndPoint Remote => party.Other.Flow.Advertised;

        public override IPEndPoint Advertised { get; } = new(address, 5060);

        public override bool TrySend(ReadOnlyMemory<byte> message)
        {
            line.Send(party, message.ToArray());
            return true;
        }
    }
}
