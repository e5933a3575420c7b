using Courier.Media;

namespace Courier.Bench;

/// <summary>For legs whose events nobody waits for.</summary>
internal sealed class Unheard : IMediaEvents
{
    public void Digit(MediaLeg leg, char digit)
    {
    }

    public void Played(MediaLeg leg, PlayId id)
    {
    }

    public void Silent(MediaLeg leg)
    {
    }
}
