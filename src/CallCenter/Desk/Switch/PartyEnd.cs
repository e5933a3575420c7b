using Courier.CallCenter.Routing;
using Courier.Sip.Dialogs;

namespace Courier.CallCenter.Switch;

/// <summary>The one way in which somebody's end of a call ended.</summary>
internal enum PartyOutcome
{
    /// <summary>We hung up.</summary>
    HungUpHere,
    /// <summary>They hung up.</summary>
    HungUpThere,
    /// <summary>We gave up before it was answered, or refused.</summary>
    CancelledHere,
    /// <summary>They gave up before it was answered.</summary>
    CancelledThere,
    /// <summary>They are in another call.</summary>
    Busy,
    /// <summary>Nobody answered.</summary>
    NoAnswer,
    /// <summary>They refused.</summary>
    Rejected,
    /// <summary>Their network said nothing.</summary>
    TimedOut,
    /// <summary>There is no way to them.</summary>
    Unreachable,
    /// <summary>They vanished from the call.</summary>
    Vanished,
    /// <summary>There was no common codec, or no voice came any more.</summary>
    MediaFailed,
}

/// <summary>How somebody's end of a call ended.</summary>
/// <param name="Outcome">how</param>
/// <param name="Status">the SIP status that said so; 0 when none did</param>
internal sealed record PartyEnd(PartyOutcome Outcome, int Status)
{
    /// <summary>What a leg's outcome is called here.</summary>
    /// <param name="outcome">the leg's</param>
    /// <param name="mediaFault">what was wrong with the voice; null when nothing was</param>
    public static PartyEnd Of(LegOutcome outcome, string? mediaFault) => new(mediaFault is not null ? PartyOutcome.MediaFailed : outcome.End switch
    {
        LegEnd.HungUpHere => PartyOutcome.HungUpHere,
        LegEnd.HungUpThere => PartyOutcome.HungUpThere,
        LegEnd.CancelledHere => PartyOutcome.CancelledHere,
        LegEnd.CancelledThere => PartyOutcome.CancelledThere,
        LegEnd.Busy => PartyOutcome.Busy,
        LegEnd.NoAnswer => PartyOutcome.NoAnswer,
        LegEnd.Rejected => PartyOutcome.Rejected,
        LegEnd.TimedOut => PartyOutcome.TimedOut,
        LegEnd.TransportLost => PartyOutcome.Unreachable,
        LegEnd.Vanished => PartyOutcome.Vanished,
    }, outcome.Status);

    /// <summary>Whether nobody wanted it.</summary>
    public bool IsFault => Outcome is PartyOutcome.Vanished or PartyOutcome.MediaFailed or PartyOutcome.TimedOut or PartyOutcome.Unreachable;

    /// <summary>Whether the trunk could not do it, so that another one may.</summary>
    public bool IsOfTrunk => Outcome is PartyOutcome.TimedOut or PartyOutcome.Unreachable || (Outcome == PartyOutcome.Rejected && Status is >= 500 and < 600);

    /// <summary>Of several places of one telephone the lightest says most about its owner.</summary>
    public int Weight => Outcome switch
    {
        PartyOutcome.Rejected => 0,
        PartyOutcome.Busy => 1,
        PartyOutcome.NoAnswer => 2,
        PartyOutcome.CancelledHere or PartyOutcome.CancelledThere or PartyOutcome.HungUpHere or PartyOutcome.HungUpThere => 3,
        PartyOutcome.TimedOut or PartyOutcome.Unreachable or PartyOutcome.Vanished or PartyOutcome.MediaFailed => 4,
    };

    /// <summary>What it means for an agent whose telephone was rung.</summary>
    public RingEnd AsRing() => Outcome switch
    {
        PartyOutcome.Busy => RingEnd.Busy,
        PartyOutcome.Rejected => RingEnd.Rejected,
        PartyOutcome.NoAnswer or PartyOutcome.CancelledHere => RingEnd.NoAnswer,
        PartyOutcome.HungUpHere or PartyOutcome.HungUpThere or PartyOutcome.CancelledThere or PartyOutcome.TimedOut
            or PartyOutcome.Unreachable or PartyOutcome.Vanished or PartyOutcome.MediaFailed => RingEnd.Unreachable,
    };

    /// <summary>What is reported to a telephone that wanted somebody else to be called.</summary>
    public int AsStatus() => Status >= 400 ? Status : Outcome == PartyOutcome.Busy ? 486 : 480;
}
