using System.Text;

namespace Courier.Media.Dtmf;

/// <summary>Reads the key in the body of a SIP INFO: <c>application/dtmf-relay</c> (<c>Signal=5</c>) and <c>application/dtmf</c> (<c>5</c>).</summary>
internal static class InfoDigits
{
    // No phone writes more; the rest is not looked at.
    private const int Longest = 256;

    /// <summary>False when the body is not about keys at all; otherwise the key, null when none can be read (a flash, nonsense).</summary>
    public static bool TryRead(string contentType, ReadOnlySpan<byte> body, out char? key)
    {
        key = null;
        var type = contentType.AsSpan();
        if (type.IndexOf(';') is var parameters and >= 0) type = type[..parameters];
        var isRelay = type.Trim().Equals("application/dtmf-relay", StringComparison.OrdinalIgnoreCase);
        if (!isRelay && !type.Trim().Equals("application/dtmf", StringComparison.OrdinalIgnoreCase)) return false;
        var text = Encoding.Latin1.GetString(body[..Math.Min(body.Length, Longest)]);
        key = KeyOf(isRelay ? Signal(text) : text.Trim());
        return true;
    }

    private static string Signal(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOf('=') is var at and > 0 && line.AsSpan(0, at).Trim().Equals("Signal", StringComparison.OrdinalIgnoreCase)) return line[(at + 1)..].Trim();
        }
        return "";
    }

    // Some phones write the number of the event: 10 and 11 for star and hash.
    private static char? KeyOf(string value) => value switch
    {
        "10" => '*',
        "11" => '#',
        { Length: 1 } when Keys.EventOf(value[0]) is { } number => Keys.OfEvent(number),
        _ => null,
    };
}
