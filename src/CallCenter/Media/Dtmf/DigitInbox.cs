namespace Courier.Media.Dtmf;

/// <summary>How a press came.</summary>
internal enum DigitWay
{
    /// <summary>As an RTP event (RFC 4733).</summary>
    Event,

    /// <summary>In a SIP INFO.</summary>
    Info,

    /// <summary>As tones in the sound.</summary>
    InBand,
}

/// <summary>
/// Counts each press once in a call: phones that send a press in two ways do so with every press, so the way by which the first one came is the
/// only one listened to afterwards.
/// </summary>
internal sealed class DigitInbox
{
    private DigitWay? _way;

    /// <summary>Whether a press that came in a way counts.</summary>
    public bool Counts(DigitWay way) => (_way ??= way) == way;
}
