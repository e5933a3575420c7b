using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Courier.Media.Codecs;
using Courier.Media.Rtp;

namespace Courier.Media.Sdp;

/// <summary>
/// Offer and answer of one leg as state (RFC 3264): what we have said, how often it changed, what both sides agreed on. Knows no socket. Not for
/// several threads at once.
/// </summary>
internal sealed class Negotiation(IPAddress address, int port, long sessionId, bool speaksIpv6)
{
    private const byte OwnEventType = 101;

    private readonly List<Line> _lines = [];
    private SrtpKey? _ourKey;
    private IReadOnlyList<CryptoLine> _offeredKeys = [];
    private string _written = "";
    private long _version;

    /// <summary>What holds at this moment; null before the first agreement.</summary>
    public Agreement? Agreed { get; private set; }

    /// <summary>We do not listen to the peer: said in the next description.</summary>
    public bool Holds { get; set; }

    private MediaDirection Wanted => Holds ? MediaDirection.SendOnly : MediaDirection.SendRecv;

    /// <summary>Our own offer: at first all that we speak; later what was agreed, then the rest.</summary>
    public byte[] Offer(bool encrypted)
    {
        if (_lines.Count == 0) _lines.Add(new Line("audio", encrypted ? "RTP/SAVP" : "RTP/AVP", [], IsOurs: true));
        var index = _lines.FindIndex(l => l.IsOurs);
        var isSecure = _lines[index].Protocol.Contains("SAVP", StringComparison.Ordinal);
        var preferred = Agreed?.Codec ?? Codec.Pcma;
        var types = Agreed is { } a ? new Types(preferred, a.AudioTypeIn, a.EventTypeIn ?? OwnEventType) : new Types(preferred, StaticType(preferred), OwnEventType);
        _offeredKeys = isSecure ? OfferedKeys() : [];
        return Write(Body(index, types, Wanted, Agreed?.Mux ?? false, _offeredKeys, both: true));
    }

    /// <summary>Answers an offer; null when it is agreed to. After a refusal all stays as it was.</summary>
    public SdpRefusal? TryAnswer(ReadOnlySpan<byte> offer, out byte[] answer)
    {
        answer = [];
        if (SdpParser.Read(offer, out var fault) is not { } theirs) return new SdpRefusal(400, fault);
        if (theirs.Media.Count < _lines.Count) return new SdpRefusal(488, "streams are missing that were there"); // RFC 3264 §8
        var index = theirs.Media.FindIndex(m => m.Port != 0 && Acceptable(theirs, m));
        if (index < 0) index = theirs.Media.FindIndex(m => Acceptable(theirs, m));
        if (index < 0) return new SdpRefusal(488, WhyNot(theirs));
        var stream = theirs.Media[index];
        var types = Choose(stream)!;
        var theirDirection = Effective(theirs, stream);
        var direction = Mirrored(theirDirection) & Wanted;
        var chosen = IsSecure(stream) ? stream.Crypto[0] : null;
        _lines.Clear();
        _lines.AddRange(theirs.Media.Select((m, i) => new Line(m.Kind, m.Protocol, m.Formats, i == index)));
        if (chosen is not null && _ourKey?.Suite != chosen.Key.Suite) _ourKey = NewKey(chosen.Key.Suite);
        CryptoLine[] ours = chosen is null ? [] : [new CryptoLine(chosen.Tag, _ourKey!)];
        answer = Write(Body(index, types, direction, stream.RtcpMux, ours, both: false, isGone: stream.Port == 0));
        Agreed = Agree(theirs, stream, types, types, stream.RtcpMux, chosen is null ? null : _ourKey, chosen?.Key);
        return null;
    }

    /// <summary>Takes the answer to our last offer; null when it fits. It may come twice (early media, then the call's answer).</summary>
    public SdpRefusal? TakeAnswer(ReadOnlySpan<byte> answer)
    {
        if (SdpParser.Read(answer, out var fault) is not { } theirs) return new SdpRefusal(400, fault);
        var index = _lines.FindIndex(l => l.IsOurs);
        if (index < 0) return new SdpRefusal(400, "an answer to no offer");
        if (index >= theirs.Media.Count || theirs.Media[index].Port == 0 || !Acceptable(theirs, theirs.Media[index])) return new SdpRefusal(488, WhyNot(theirs));
        var stream = theirs.Media[index];
        var theirTypes = Choose(stream)!;
        var isSecure = IsSecure(stream);
        if (isSecure != _lines[index].Protocol.Contains("SAVP", StringComparison.Ordinal)) return new SdpRefusal(488, "another profile than the offered one");
        var keys = isSecure ? _offeredKeys.FirstOrDefault(k => k.Tag == stream.Crypto[0].Tag && k.Key.Suite == stream.Crypto[0].Key.Suite) : null;
        if (isSecure && keys is null) return new SdpRefusal(488, "a key that was not offered");
        if (keys is not null) _ourKey = keys.Key;
        byte? ourEvent = theirTypes.Event is null ? null : Agreed?.EventTypeIn ?? OwnEventType;
        var ourTypes = theirTypes with { Event = ourEvent, Audio = Agreed is { } a && a.Codec == theirTypes.Codec ? a.AudioTypeIn : StaticType(theirTypes.Codec) };
        Agreed = Agree(theirs, stream, theirTypes, ourTypes, stream.RtcpMux && (Agreed?.Mux ?? false), keys?.Key, isSecure ? stream.Crypto[0].Key : null);
        return null;
    }

    private Agreement Agree(SessionDescription theirs, MediaDescription stream, Types outgoing, Types incoming, bool mux, SrtpKey? ourKey, SrtpKey? peerKey)
    {
        var direction = Effective(theirs, stream);
        var host = theirs.AddressOf(stream) is { } a && !IsNowhere(a) && !a.Equals(IPAddress.None) ? a : null;
        var remote = host is null || stream.Port == 0 ? null : new IPEndPoint(host, stream.Port);
        var rtcp = remote is null || mux ? remote : new IPEndPoint(stream.RtcpAddress is { } r && !IsNowhere(r) && !r.Equals(IPAddress.None) ? r : remote.Address, stream.RtcpPort ?? Math.Min(stream.Port + 1, 65535));
        var listens = (direction & MediaDirection.RecvOnly) != 0;
        return new Agreement(outgoing.Codec, outgoing.Audio, incoming.Audio, outgoing.Event, incoming.Event, PacketMs(theirs, stream), remote, rtcp, mux,
            Sends: listens, Receives: (direction & MediaDirection.SendOnly) != 0 && !Holds, HeldByPeer: !listens, ourKey, peerKey);
    }

    // ---- reading ----

    private bool Acceptable(SessionDescription session, MediaDescription stream)
    {
        if (stream.Kind != "audio" || Choose(stream) is null) return false;
        if (stream.Protocol is not ("RTP/AVP" or "RTP/AVPF" or "RTP/SAVP" or "RTP/SAVPF")) return false;
        if (IsSecure(stream) && stream.Crypto.Count == 0) return false;
        if (stream.Port == 0) return true; // removed for now, like a hold
        return session.AddressOf(stream) is { } host && !IsForMany(host) && (host.AddressFamily == AddressFamily.InterNetwork || speaksIpv6);
    }

    private string WhyNot(SessionDescription session) => session.Media switch
    {
        _ when !session.Media.Any(m => m.Kind == "audio") => "no audio",
        _ when !session.Media.Any(m => m.Kind == "audio" && Choose(m) is not null) => "no common codec",
        _ when session.Media.Any(m => session.AddressOf(m) is { AddressFamily: AddressFamily.InterNetworkV6 }) && !speaksIpv6 => "no IPv6 here",
        _ => "no acceptable audio stream",
    };

    private static bool IsSecure(MediaDescription stream) => stream.Protocol.StartsWith("RTP/SAVP", StringComparison.Ordinal);

    // An old phone's hold: the address of nobody, or no port.
    private static MediaDirection Effective(SessionDescription session, MediaDescription stream)
    {
        var direction = session.DirectionOf(stream);
        var isHeld = stream.Port == 0 || session.AddressOf(stream) is { } address && IsNowhere(address);
        return isHeld ? direction & ~MediaDirection.RecvOnly : direction;
    }

    private static bool IsNowhere(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    // One packet of ours is not to become many.
    private static bool IsForMany(IPAddress address) =>
        address.IsIPv6Multicast || address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and <= 239;

    // The first codec in the peer's order that is ours, and telephone-event at its rate.
    private static Types? Choose(MediaDescription stream)
    {
        var types = stream.Formats.Select(f => byte.TryParse(f, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && type < 128 ? type : (byte?)null).OfType<byte>().ToList();
        foreach (var type in types)
        {
            if (CodecOf(stream, type) is not { } codec) continue;
            var events = types.Where(t => stream.Encodings.TryGetValue(t, out var e) && Is(e, "telephone-event/8000")).Select(t => (byte?)t).FirstOrDefault();
            return new Types(codec, type, events);
        }
        return null;
    }

    private static Codec? CodecOf(MediaDescription stream, byte type) => stream.Encodings.GetValueOrDefault(type) switch
    {
        null => type switch { 8 => Codec.Pcma, 0 => Codec.Pcmu, _ => null },
        var encoding when Is(encoding, "PCMA/8000") => Codec.Pcma,
        var encoding when Is(encoding, "PCMU/8000") => Codec.Pcmu,
        _ => null,
    };

    // "/1" says one channel, as does nothing.
    private static bool Is(string encoding, string name) =>
        encoding.Equals(name, StringComparison.OrdinalIgnoreCase) || encoding.Equals(name + "/1", StringComparison.OrdinalIgnoreCase);

    private static int PacketMs(SessionDescription session, MediaDescription stream)
    {
        var wanted = Math.Min(stream.PacketMs ?? session.PacketMs ?? Frame.Milliseconds, stream.MostPacketMs ?? 60);
        return wanted is >= 10 and <= 60 ? wanted / 10 * 10 : Frame.Milliseconds;
    }

    private static MediaDirection Mirrored(MediaDirection direction) =>
        ((direction & MediaDirection.SendOnly) != 0 ? MediaDirection.RecvOnly : 0) | ((direction & MediaDirection.RecvOnly) != 0 ? MediaDirection.SendOnly : 0);

    // ---- writing ----

    private string Body(int index, Types types, MediaDirection direction, bool mux, IReadOnlyList<CryptoLine> keys, bool both, bool isGone = false)
    {
        var family = address.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
        var text = new StringBuilder($"s=-\r\nc=IN {family} {address}\r\nt=0 0\r\n");
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = _lines[i];
            if (i == index) Audio(text, line.Protocol, types, direction, mux, keys, both, isGone);
            else text.Append(CultureInfo.InvariantCulture, $"m={line.Kind} 0 {line.Protocol} {string.Join(' ', line.Formats)}\r\n");
        }
        return text.ToString();
    }

    private void Audio(StringBuilder text, string protocol, Types types, MediaDirection direction, bool mux, IReadOnlyList<CryptoLine> keys, bool both, bool isGone)
    {
        List<(byte Type, string Name)> formats = [(types.Audio, Name(types.Codec))];
        var other = types.Codec == Codec.Pcma ? Codec.Pcmu : Codec.Pcma;
        if (both) formats.Add((StaticType(other), Name(other)));
        if (types.Event is { } events) formats.Add((events, "telephone-event/8000"));
        text.Append(CultureInfo.InvariantCulture, $"m=audio {(isGone ? 0 : port)} {protocol} {string.Join(' ', formats.Select(f => f.Type))}\r\n");
        foreach (var (type, name) in formats) text.Append(CultureInfo.InvariantCulture, $"a=rtpmap:{type} {name}\r\n");
        if (types.Event is { } fmtp) text.Append(CultureInfo.InvariantCulture, $"a=fmtp:{fmtp} 0-15\r\n");
        text.Append("a=ptime:20\r\na=").Append(direction.ToString().ToLowerInvariant()).Append("\r\n");
        if (mux) text.Append("a=rtcp-mux\r\n");
        foreach (var key in keys) text.Append(CultureInfo.InvariantCulture, $"a=crypto:{key}\r\n");
    }

    // The version grows by one with each change, and only then (RFC 3264 §8).
    private byte[] Write(string body)
    {
        if (body != _written) (_written, _version) = (body, _version + 1);
        var family = address.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v=0\r\no=- {sessionId} {_version} IN {family} {address}\r\n{body}"));
    }

    // Both tag lengths at first, the agreed one later: another key or suite would begin the stream anew.
    private IReadOnlyList<CryptoLine> OfferedKeys()
    {
        _ourKey ??= NewKey(SrtpSuite.AesCm128HmacSha1Tag80);
        var first = new CryptoLine(1, _ourKey);
        return Agreed?.OurKey is null ? [first, new CryptoLine(2, new SrtpKey(SrtpSuite.AesCm128HmacSha1Tag32, _ourKey.Bytes))] : [first];
    }

    private static SrtpKey NewKey(SrtpSuite suite) => new(suite, RandomNumberGenerator.GetBytes(SrtpKey.Length));

    private static byte StaticType(Codec codec) => codec switch { Codec.Pcma => 8, Codec.Pcmu => 0 };

    private static string Name(Codec codec) => codec switch { Codec.Pcma => "PCMA/8000", Codec.Pcmu => "PCMU/8000" };

    private sealed record Types(Codec Codec, byte Audio, byte? Event);

    // An m= line as both sides have it; all but one are refused.
    private sealed record Line(string Kind, string Protocol, IReadOnlyList<string> Formats, bool IsOurs);
}
