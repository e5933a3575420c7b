using System.Net;
using Courier.Media.Codecs;
using Courier.Media.Rtp;

namespace Courier.Media.Sdp;

/// <summary>What both sides have agreed on: all that the sound needs to know of signalling.</summary>
/// <param name="Codec">How sound is sent.</param>
/// <param name="AudioTypeOut">Its payload type when we send it.</param>
/// <param name="AudioTypeIn">Its payload type when the peer sends it; the static ones are understood besides.</param>
/// <param name="EventTypeOut">Payload type of telephone-event when we send it; null when the peer has none.</param>
/// <param name="EventTypeIn">The same when the peer sends it.</param>
/// <param name="PacketMs">Milliseconds of a packet that the peer wants: 10 to 60.</param>
/// <param name="Remote">Where the peer says that it receives; null when it does not say, or not yet.</param>
/// <param name="RemoteRtcp">The same for RTCP; <see cref="Remote"/> itself when it shares the port.</param>
/// <param name="Mux">RTCP shares RTP's port.</param>
/// <param name="Sends">We may send.</param>
/// <param name="Receives">The peer may send, and is to be heard.</param>
/// <param name="HeldByPeer">The peer does not listen.</param>
/// <param name="OurKey">What we encrypt with; null for plain RTP.</param>
/// <param name="PeerKey">What the peer encrypts with.</param>
internal sealed record Agreement(
    Codec Codec, byte AudioTypeOut, byte AudioTypeIn, byte? EventTypeOut, byte? EventTypeIn, int PacketMs,
    IPEndPoint? Remote, IPEndPoint? RemoteRtcp, bool Mux, bool Sends, bool Receives, bool HeldByPeer, SrtpKey? OurKey, SrtpKey? PeerKey)
{
    /// <summary>The codec of a payload type that comes in; null for one that is no sound.</summary>
    public Codec? CodecOf(byte payloadType) => payloadType switch
    {
        _ when payloadType == AudioTypeIn => Codec,
        8 => Codecs.Codec.Pcma,
        0 => Codecs.Codec.Pcmu,
        _ => null,
    };
}
