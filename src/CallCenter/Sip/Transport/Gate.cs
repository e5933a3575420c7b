using System.Diagnostics.Metrics;
using System.Net;
using Courier.Sip.Messages;
using Microsoft.Extensions.Logging;

namespace Courier.Sip.Transport;

/// <summary>What every datagram and frame passes on its way up: limits of its source, the parser, refusals without state, and the note of where it came from.</summary>
internal sealed partial class Gate(SourceLimits limits, Action<SipMessage, Flow> receive, ILogger log)
{
    private static readonly Meter Meter = new("Courier.Sip");
    private static readonly Counter<long> Received = Meter.CreateCounter<long>("courier_sip_messages_received", description: "SIP messages that were understood, by transport");
    private static readonly Counter<long> Turned = Meter.CreateCounter<long>("courier_sip_messages_turned_away", description: "SIP messages that were dropped or refused, by reason");

    // They look for open exchanges by these names; any answer would tell them that there is one.
    private static readonly string[] Scanners = ["friendly-scanner", "sipvicious", "sipcli", "sip-scan", "sundayddr", "iWar", "pplsip", "VaxSIPUserAgent"];

    /// <summary>Takes the bytes of a message. It never throws: what goes wrong above is logged, so that one message cannot stop the others.</summary>
    public void Take(ReadOnlySpan<byte> bytes, Flow flow)
    {
        var source = flow.Remote.Address;
        if (limits.IsBanned(source))
        {
            Turn("banned");
            return;
        }
        switch (SipParser.Parse(bytes, flow.IsReliable))
        {
            case Reading.Understood understood:
                Take(understood.Message, flow);
                break;
            case Reading.Refused { Refusal: var refusal }:
                Turn("refused");
                if (limits.TryTake(source) && refusal.ToBytes() is { } answer) flow.TrySend(answer);
                break;
            case Reading.Dropped:
                Turn("dropped");
                limits.TryTake(source);
                break;
            default:
                break; // a keep-alive
        }
    }

    private void Take(SipMessage message, Flow flow)
    {
        if (message is SipRequest request)
        {
            if (IsScanner(request))
            {
                Turn("scanner");
                return;
            }
            // What belongs to a dialog was let in before; what does not costs a token.
            if (request.To.Tag is null && request.Method != SipMethod.Cancel && request.Method != SipMethod.Ack && !limits.TryTake(flow.Remote.Address))
            {
                Turn("limited");
                return;
            }
            flow = flow.ForAnswersTo(request.TopVia);
            request.Vias[0] = request.TopVia.ReceivedFrom(flow.Source);
        }
        Received.Add(1, new KeyValuePair<string, object?>("transport", flow.Transport));
        try
        {
            receive(message, flow);
        }
        catch (Exception fault) // one message must not end the loop that all others come through
        {
            HandlerFailed(log, fault, message.CSeq.Method.Name, message.CallId);
        }
    }

    private static bool IsScanner(SipRequest request) =>
        request.Headers[HeaderNames.UserAgent] is { } agent && Scanners.Any(s => agent.Contains(s, StringComparison.OrdinalIgnoreCase));

    private static void Turn(string reason) => Turned.Add(1, new KeyValuePair<string, object?>("reason", reason));

    [LoggerMessage(LogLevel.Error, "A SIP message could not be handled: {Method} of call {CallId}")]
    private static partial void HandlerFailed(ILogger log, Exception fault, string method, string callId);
}
