namespace Courier.Sip.Messages;

/// <summary>Writes messages as RFC 3261 §7 has them: the headers that matter on the way first, then the others in their order.</summary>
internal static class SipWriter
{
    public static byte[] ToBytes(SipMessage message)
    {
        var text = new TextBuffer();
        AppendStartLine(ref text, message);
        foreach (var via in message.Vias)
        {
            AppendName(ref text, HeaderNames.Via);
            via.AppendTo(ref text);
            text.Append("\r\n");
        }
        AppendAddresses(ref text, HeaderNames.Route, message.Routes);
        AppendAddresses(ref text, HeaderNames.RecordRoute, message.RecordRoutes);
        AppendAddress(ref text, HeaderNames.From, message.From);
        AppendAddress(ref text, HeaderNames.To, message.To);
        Append(ref text, HeaderNames.CallId, message.CallId);
        AppendName(ref text, HeaderNames.CSeq);
        text.Append(message.CSeq.Number);
        text.Append(' ');
        text.Append(message.CSeq.Method.Name);
        text.Append("\r\n");
        if (message.MaxForwards is { } hops) AppendNumber(ref text, HeaderNames.MaxForwards, hops);
        if (message.IsContactWildcard) Append(ref text, HeaderNames.Contact, "*");
        AppendAddresses(ref text, HeaderNames.Contact, message.Contacts);
        if (message.Expires is { } seconds) AppendNumber(ref text, HeaderNames.Expires, seconds);
        foreach (var (name, value) in message.Headers) Append(ref text, name, value);
        AppendNumber(ref text, HeaderNames.ContentLength, message.Body.Length);
        text.Append("\r\n");
        var bytes = SipText.Encode(text.Written, message.Body.Span);
        text.Dispose();
        return bytes;
    }

    private static void AppendStartLine(ref TextBuffer text, SipMessage message)
    {
        if (message is SipRequest request)
        {
            text.Append(request.Method.Name);
            text.Append(' ');
            text.Append(request.RequestUri.ToString());
            text.Append(" SIP/2.0\r\n");
            return;
        }
        var response = (SipResponse)message;
        text.Append("SIP/2.0 ");
        text.Append(response.Status);
        text.Append(' ');
        text.Append(response.Reason);
        text.Append("\r\n");
    }

    private static void AppendAddresses(ref TextBuffer text, string name, List<NameAddr> addresses)
    {
        foreach (var address in addresses) AppendAddress(ref text, name, address);
    }

    private static void AppendAddress(ref TextBuffer text, string name, NameAddr address)
    {
        AppendName(ref text, name);
        address.AppendTo(ref text);
        text.Append("\r\n");
    }

    private static void AppendNumber(ref TextBuffer text, string name, long number)
    {
        AppendName(ref text, name);
        text.Append(number);
        text.Append("\r\n");
    }

    private static void Append(ref TextBuffer text, string name, string value)
    {
        AppendName(ref text, name);
        text.Append(value);
        text.Append("\r\n");
    }

    private static void AppendName(ref TextBuffer text, string name)
    {
        text.Append(name);
        text.Append(": ");
    }
}
