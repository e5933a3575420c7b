using Courier.CallCenter.Voice;

namespace Courier.CallCenter.Switch;

/// <summary>
/// A caller on the line, as programs see it: the telephone, or the preview on the desk page. What is awaited goes on in the
/// call's own order, one thing after another; everything throws <see cref="OperationCanceledException"/> once the caller is gone.
/// </summary>
internal interface ICallerLine
{
    /// <summary>Who calls whom, and since when.</summary>
    CallFacts Facts { get; }

    /// <summary>Cancelled when the caller has hung up.</summary>
    CancellationToken Gone { get; }

    /// <summary>Says something to its end.</summary>
    /// <param name="speech">what</param>
    /// <param name="bargeIn">whether the first key ends it; the key stays for <see cref="Collect"/></param>
    /// <param name="stop">ends it early, without an exception unless the caller is gone</param>
    Task Say(Speech speech, bool bargeIn, CancellationToken stop = default);

    /// <summary>Waits for keys; those that were pressed before count.</summary>
    /// <param name="rules">how many, and how long</param>
    /// <param name="stop">ends the waiting; what was pressed so far is the result</param>
    /// <returns>the keys without the terminator; empty when nothing was pressed</returns>
    Task<string> Collect(DigitRules rules, CancellationToken stop = default);

    /// <summary>Forgets keys that nobody has asked for.</summary>
    void ForgetDigits();

    /// <summary>Plays music until it is stopped.</summary>
    Task Music(CancellationToken stop);

    /// <summary>Records what the caller says after a beep, until <c>#</c>, the hang-up or the limit.</summary>
    /// <param name="atMost">the limit</param>
    /// <param name="stop">ends it early</param>
    /// <returns>where it is kept; null when nothing was said</returns>
    Task<VoiceMessage?> Record(TimeSpan atMost, CancellationToken stop = default);
}
