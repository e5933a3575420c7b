namespace Courier.Media;

/// <summary>How well a leg is heard; figures of the whole leg so far.</summary>
/// <param name="Codec">PCMA or PCMU; empty before anything was agreed.</param>
/// <param name="PacketsReceived">Packets of sound and keys that came from the peer.</param>
/// <param name="PacketsSent">Packets that were sent to it.</param>
/// <param name="PacketsLost">Packets that the peer sent and that did not come.</param>
/// <param name="JitterMs">Mean jitter in milliseconds (RFC 3550 §6.4.1).</param>
/// <param name="RoundTripMs">There and back in milliseconds, from the peer's reports; null without any.</param>
/// <param name="RemoteLoss">Share of our packets that the peer missed, 0 to 1, from its last report; null without any.</param>
public sealed record LegQuality(string Codec, long PacketsReceived, long PacketsSent, long PacketsLost, double JitterMs, double? RoundTripMs, double? RemoteLoss)
{
    // A frame of 20 ms is gathered before it is sent, and the play-out waits for twice the jitter, 40 ms at least.
    private const double Packing = 20, LeastPlayOut = 40;

    /// <summary>Share of the peer's packets that did not come, 0 to 1.</summary>
    public double Loss => PacketsReceived + PacketsLost == 0 ? 0 : (double)PacketsLost / (PacketsReceived + PacketsLost);

    /// <summary>What listeners would say, 1 to 4.5, estimated by the E-model for G.711 with concealment (ITU-T G.107, G.113).</summary>
    public double Mos
    {
        get
        {
            var delay = (RoundTripMs ?? 0) / 2 + Packing + Math.Max(LeastPlayOut, 2 * JitterMs);
            var late = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
            var lossy = 30 * Math.Log(1 + 15 * Loss);
            var r = Math.Clamp(93.2 - late - lossy, 0, 100);
            return Math.Max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r));
        }
    }
}
