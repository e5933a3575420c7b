using System.Globalization;
using System.Net;
using System.Text;

namespace Courier.Media.Sdp;

/// <summary>
/// Reads session descriptions from the network: never throws, passes over what it does not know, gives up on what is too large or cannot be
/// understood. Lenient where phones are: bare newlines, missing s= and t= lines, trailing blanks.
/// </summary>
internal static class SdpParser
{
    private const int LargestBody = 16 * 1024, MostLines = 500, MostStreams = 16, MostFormats = 64;

    /// <summary>Null when it cannot be read; <paramref name="fault"/> says why.</summary>
    public static SessionDescription? Read(ReadOnlySpan<byte> body, out string fault)
    {
        fault = "";
        if (body.Length > LargestBody) return Fail(out fault, "session description too large");
        var session = new SessionDescription();
        var lines = 0;
        foreach (var raw in Encoding.Latin1.GetString(body).AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd();
            if (line.IsEmpty) continue;
            if (++lines > MostLines) return Fail(out fault, "too many lines");
            if (line.Length < 2 || line[1] != '=') return Fail(out fault, "a line is no SDP");
            if (lines == 1 && line is not "v=0") return Fail(out fault, "no version 0");
            if (Take(session, line[0], line[2..]) is { } wrong) return Fail(out fault, wrong);
        }
        return lines > 0 ? session : Fail(out fault, "empty");
    }

    private static SessionDescription? Fail(out string fault, string why)
    {
        fault = why;
        return null;
    }

    // What is wrong with the line; null when nothing is.
    private static string? Take(SessionDescription session, char type, ReadOnlySpan<char> value)
    {
        var stream = session.Media.LastOrDefault();
        switch (type)
        {
            case 'c':
                if (Address(value) is not { } address) return "a connection address cannot be read";
                if (stream is null) session.Address = address;
                else stream.Address = address;
                return null;
            case 'm':
                if (session.Media.Count == MostStreams) return "too many streams";
                if (Stream(value.ToString()) is not { } added) return "a media line cannot be read";
                session.Media.Add(added);
                return null;
            case 'a':
                Attribute(session, stream, value);
                return null;
            default:
                return null;
        }
    }

    // "audio 30000/2 RTP/AVP 8 0 101"; a count of ports is passed over, we use one.
    private static MediaDescription? Stream(string value)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 4 or > 3 + MostFormats) return null;
        var port = parts[1].AsSpan();
        if (port.IndexOf('/') is var count and >= 0) port = port[..count];
        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new MediaDescription { Kind = parts[0], Port = number, Protocol = parts[2], Formats = parts[3..] }
            : null;
    }

    // "IN IP4 10.0.0.1/127"; a name is no fault, but is not looked up: the peer's packets show where it is.
    private static IPAddress? Address(ReadOnlySpan<char> value)
    {
        var parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[0] != "IN" || parts[1] is not ("IP4" or "IP6")) return null;
        var host = parts[2].AsSpan();
        if (host.IndexOf('/') is var slash and >= 0) host = host[..slash];
        return IPAddress.TryParse(host, out var address) ? address : IPAddress.None;
    }

    private static void Attribute(SessionDescription session, MediaDescription? stream, ReadOnlySpan<char> attribute)
    {
        var colon = attribute.IndexOf(':');
        var name = colon < 0 ? attribute : attribute[..colon];
        var value = colon < 0 ? default : attribute[(colon + 1)..].Trim();
        if (Direction(name) is { } direction)
        {
            if (stream is null) session.Direction = direction;
            else stream.Direction = direction;
            return;
        }
        if (stream is null)
        {
            if (name is "ptime") session.PacketMs = Milliseconds(value);
            return;
        }
        Attribute(stream, name, value);
    }

    private static void Attribute(MediaDescription stream, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "rtpmap":
                if (value.IndexOf(' ') is var space and > 0 && byte.TryParse(value[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var type) && type < 128)
                    stream.Encodings[type] = value[(space + 1)..].Trim().ToString();
                break;
            case "ptime": stream.PacketMs = Milliseconds(value); break;
            case "maxptime": stream.MostPacketMs = Milliseconds(value); break;
            case "rtcp-mux": stream.RtcpMux = true; break;
            case "rtcp":
                var parts = value.ToString().Split(' ', 2);
                if (!ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) break;
                stream.RtcpPort = port;
                if (parts.Length == 2) stream.RtcpAddress = Address(parts[1]);
                break;
            case "crypto":
                if (CryptoLine.Read(value.ToString()) is { } crypto) stream.Crypto.Add(crypto);
                break;
        }
    }

    private static MediaDirection? Direction(ReadOnlySpan<char> name) => name switch
    {
        "sendrecv" => MediaDirection.SendRecv,
        "sendonly" => MediaDirection.SendOnly,
        "recvonly" => MediaDirection.RecvOnly,
        "inactive" => MediaDirection.Inactive,
        _ => null,
    };

    // Some write "20.0".
    private static int? Milliseconds(ReadOnlySpan<char> value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000 ? (int)number : null;
}
