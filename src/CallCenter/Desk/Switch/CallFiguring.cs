using Courier.CallCenter.Records;
using Courier.CallCenter.Routing;

namespace Courier.CallCenter.Switch;

/// <summary>Makes figures of what happened.</summary>
internal static class CallFiguring
{
    /// <summary>Somebody's end of a call, which is over.</summary>
    public static LegFigures Of(Party party, PartyEnd end, DateTimeOffset now)
    {
        var quality = party.Quality;
        var isStaff = party.Name.Staff is not null || party.Name.Trunk.Length == 0;
        return new LegFigures
        {
            Id = party.LegId, Role = party.Name.Role, PhoneUser = isStaff ? party.Name.Number : "", Staff = party.Name.Staff, PeerTail = isStaff ? "" : TakeCallNotes.Tail(party.Name.Number),
            Trunk = party.Name.Trunk, SipCallId = party.Leg.CallId.Length > 255 ? party.Leg.CallId[..255] : party.Leg.CallId, StartedAt = party.StartedAt, AnsweredAt = party.AnsweredAt,
            EndedAt = now, Outcome = end.Outcome, Status = end.Status, Sent = quality?.PacketsSent ?? 0, Received = quality?.PacketsReceived ?? 0, Lost = quality?.PacketsLost ?? 0,
            LossPermille = (int)Math.Round((quality?.Loss ?? 0) * 1000), JitterMs = (int)Math.Round(quality?.JitterMs ?? 0), RttMs = quality?.RoundTripMs is { } rtt ? (int)Math.Round(rtt) : null,
            MosHundredths = quality is { PacketsReceived: > 0 } ? (int)Math.Round(quality.Mos * 100) : null,
        };
    }

    /// <summary>What became of a call whose other side is gone.</summary>
    public static CallResult ResultOf(Call call, PartyEnd end) => call switch
    {
        { TalkedAt: not null } => CallResult.Completed,
        _ when end.Outcome == PartyOutcome.MediaFailed => CallResult.MediaFailed,
        _ when end.Outcome == PartyOutcome.Vanished => CallResult.TimedOut,
        { Place.Left: QueueLeft.CallBack } => CallResult.SelfServed, // the wait was not given up
        { Direction: CallDirection.Inbound } => call.State switch
        {
            CallState.Beginning or CallState.Queued or CallState.Parked or CallState.Transferring or CallState.Talking or CallState.OnHold => CallResult.Abandoned,
            CallState.InFlow or CallState.InSurvey or CallState.Ended => CallResult.SelfServed,
            CallState.InVoicemail => CallResult.Voicemail,
        },
        _ => end.Outcome switch
        {
            PartyOutcome.Busy => CallResult.Busy,
            PartyOutcome.NoAnswer or PartyOutcome.CancelledHere or PartyOutcome.HungUpHere => CallResult.NoAnswer,
            PartyOutcome.Rejected => CallResult.Rejected,
            PartyOutcome.TimedOut or PartyOutcome.Unreachable => CallResult.Unreachable,
            PartyOutcome.CancelledThere or PartyOutcome.HungUpThere => CallResult.Abandoned,
            PartyOutcome.Vanished => CallResult.TimedOut,
            PartyOutcome.MediaFailed => CallResult.MediaFailed,
        },
    };
}
