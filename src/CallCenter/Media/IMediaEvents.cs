namespace Courier.Media;

/// <summary>Names something that was asked to be played on a leg; larger numbers were asked later.</summary>
/// <param name="Number">Counts from 1 on each leg.</param>
public readonly record struct PlayId(int Number);

/// <summary>What a leg tells its owner. Called on the thread that serves all calls: it must do no more than note it down for the call's mailbox, and not throw.</summary>
public interface IMediaEvents
{
    /// <summary>The peer pressed a key: 0–9, *, #, A–D; once a press, however it was signalled.</summary>
    void Digit(MediaLeg leg, char digit);

    /// <summary>Something was played to its end; not told of what was stopped or replaced, nor of what plays in a loop.</summary>
    void Played(MediaLeg leg, PlayId id);

    /// <summary>Nothing came from the peer for <see cref="MediaOptions.SilentAfter"/>, neither RTP nor RTCP, although it may send. Told once until something comes again.</summary>
    void Silent(MediaLeg leg);
}
