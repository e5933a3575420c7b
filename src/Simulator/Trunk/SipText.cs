using System.Globalization;
using System.Text.RegularExpressions;

namespace Courier.Simulator.Trunk;

/// <summary>A SIP message as it lies on the wire, read as far as a carrier's line has to (RFC 3261 §7).</summary>
internal sealed partial record SipText(string Start, ILookup<string, string> Headers, string Body)
{
    /// <summary>The status of an answer; null for a request.</summary>
    public int? Status => Start.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? int.Parse(Start.AsSpan(8, 3), CultureInfo.InvariantCulture) : null;

    /// <summary>The method, of an answer that of its request.</summary>
    public string Method => Status is null ? Start.Split(' ')[0] : Headers["CSeq"].First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];

    /// <summary>The number of CSeq.</summary>
    public int Sequence => int.Parse(Headers["CSeq"].First().Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The port at which the other side wants to hear; null without a description.</summary>
    public int? AudioPort => Audio().Match(Body) is { Success: true } audio ? int.Parse(audio.Groups["port"].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Reads one; null for what is none (an empty line that keeps a way open).</summary>
    public static SipText? Read(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return null;
        var lines = text[..end].Split("\r\n");
        var fields = lines.Skip(1).Where(line => line.Contains(':')).Select(line => (Name: line[..line.IndexOf(':')].Trim(), Value: line[(line.IndexOf(':') + 1)..].Trim()));
        return new(lines[0], fields.ToLookup(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase), text[(end + 4)..]);
    }

    /// <summary>An answer to this request, with what has to be copied (RFC 3261 §8.2.6.2).</summary>
    public string Answer(int status, string reason, string toTag, string more, string body)
    {
        var to = Headers["To"].First();
        if (!to.Contains(";tag=", StringComparison.Ordinal)) to += ";tag=" + toTag;
        var head = string.Concat(Headers["Via"].Select(via => $"Via: {via}\r\n"));
        return string.Create(CultureInfo.InvariantCulture,
            $"SIP/2.0 {status} {reason}\r\n{head}From: {Headers["From"].First()}\r\nTo: {to}\r\nCall-ID: {Headers["Call-ID"].First()}\r\nCSeq: {Headers["CSeq"].First()}\r\n{more}Content-Length: {body.Length}\r\n\r\n{body}");
    }

    [GeneratedRegex(@"^m=audio (?<port>\d+) ", RegexOptions.Multiline)]
    private static partial Regex Audio();
}
