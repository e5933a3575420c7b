namespace Courier.Sip.Dialogs;

/// <summary>How a leg ended.</summary>
public enum LegEnd
{
    /// <summary>This end hung up an answered call.</summary>
    HungUpHere,
    /// <summary>The other end hung up an answered call.</summary>
    HungUpThere,
    /// <summary>This end gave up before the call was answered, or refused it.</summary>
    CancelledHere,
    /// <summary>The caller gave up before the call was answered.</summary>
    CancelledThere,
    /// <summary>Busy: 486 or 600.</summary>
    Busy,
    /// <summary>Nobody answered: it rang too long, 408 or 480.</summary>
    NoAnswer,
    /// <summary>Refused otherwise; the status says why.</summary>
    Rejected,
    /// <summary>The other end did not say anything.</summary>
    TimedOut,
    /// <summary>There is no way to the other end.</summary>
    TransportLost,
    /// <summary>The other end vanished from an answered call: no ACK, no refresh, or it no longer knows the call.</summary>
    Vanished,
}

/// <summary>The one outcome of a leg.</summary>
/// <param name="End">how</param>
/// <param name="Status">the status that said so; 0 when none did</param>
public sealed record LegOutcome(LegEnd End, int Status = 0)
{
    /// <summary>What a refusal of an INVITE means.</summary>
    internal static LegOutcome Of(int status) => new(status switch { 486 or 600 => LegEnd.Busy, 408 or 480 => LegEnd.NoAnswer, _ => LegEnd.Rejected }, status);
}

/// <summary>Where a leg stands.</summary>
public enum LegState
{
    /// <summary>It is not answered yet.</summary>
    Ringing,
    /// <summary>It was answered; the called end waits for the ACK.</summary>
    Answered,
    /// <summary>Both ends know that it was answered.</summary>
    Confirmed,
    /// <summary>It is over.</summary>
    Ended,
}
