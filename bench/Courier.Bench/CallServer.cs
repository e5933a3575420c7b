using System.Net;
using Courier.Media;
using Courier.Media.Mixing;
using Courier.Sip.Dialogs;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Bench;

/// <summary>
/// Signalling and sound together, and nothing else of the product: every call rings and is answered; then nothing is played, or a prompt, or each two
/// callers are bridged and recorded.
/// </summary>
internal static class CallServer
{
    public const string Name = "calls", Answers = "answers", Plays = "plays", Records = "records";

    /// <summary>Serves; the arguments are what is done with calls, and a folder for recordings.</summary>
    public static async Task Serve(string[] arguments)
    {
        using var engine = new MediaEngine(new MediaOptions { Address = IPAddress.Loopback }, TimeProvider.System, NullLogger.Instance);
        engine.Start();
        var transport = new TransportOptions
        {
            Listeners = [new("UDP", new IPEndPoint(IPAddress.Loopback, 0))],
            Limits = new SourceLimitOptions { Trusted = [IPNetwork.Parse("127.0.0.0/8")] },
        };
        using var agent = new UserAgent(new UserAgentOptions { Transport = transport }, new Desk(engine, arguments[0], arguments[1]), TimeProvider.System, NullLogger.Instance);
        agent.Start();
        Console.WriteLine($"ready at udp://127.0.0.1:{agent.Transport.Local("UDP").Port}");
        await Task.Delay(Timeout.Infinite); // until it is killed
    }

    private sealed class Desk(MediaEngine engine, string work, string folder) : IUserAgentHandler
    {
        private readonly Lock _gate = new();
        private readonly AudioClip _prompt = new(Melody.Samples());
        private MediaLeg? _alone;

        public ILegHandler Invited(IncomingLeg leg)
        {
            if (!engine.TryOpen(leg.Request.CallId, new Unheard(), out var sound) || !sound.TryAnswer(leg.Description.Span, out var answer, out _))
                throw new InvalidOperationException("a call cannot be served");
            leg.Progress();
            leg.Accept(answer);
            if (work == Plays) sound.Play(_prompt, loop: true);
            else if (work == Records) Pair(sound);
            return new Talk(sound);
        }

        public void Requested(Incoming request)
        {
        }

        private void Pair(MediaLeg sound)
        {
            lock (_gate)
            {
                if (_alone is null)
                {
                    _alone = sound;
                    engine.Record(sound, new FileStream(Path.Combine(folder, $"{sound.Local.Port}.wav"), FileMode.Create, FileAccess.ReadWrite));
                    return;
                }
                engine.Bridge(_alone, sound);
                _alone = null;
            }
        }
    }

    private sealed class Talk(MediaLeg sound) : ILegHandler
    {
        public void Progressed(Leg leg, int status, ReadOnlyMemory<byte> description)
        {
        }

        public void Answered(Leg leg, ReadOnlyMemory<byte> description)
        {
        }

        public void Offered(Leg leg, ReadOnlyMemory<byte> description) => leg.RefuseOffer(488);

        public void OfferAnswered(Leg leg, ReadOnlyMemory<byte> description)
        {
        }

        public void OfferRefused(Leg leg, int status)
        {
        }

        public void Informed(Leg leg, string mediaType, ReadOnlyMemory<byte> body)
        {
        }

        public void Referred(Leg leg, Referral referral) => referral.Refuse();

        public void ReferProgressed(Leg leg, int status)
        {
        }

        public void Ended(Leg leg, LegOutcome outcome) => sound.Dispose();
    }
}
