using System.Diagnostics.CodeAnalysis;

namespace Courier.Sip.Messages;

/// <summary>A URI with a name and parameters, as in From, To, Contact, Route and Record-Route (RFC 3261 §20.10).</summary>
/// <param name="DisplayName">the name as it is meant, without quotes; null when there is none</param>
/// <param name="Uri">whom or where</param>
/// <param name="Parameters">the header's parameters, which are not those of the URI</param>
public sealed record NameAddr(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    /// <summary>An address without name and parameters.</summary>
    public NameAddr(SipUri uri) : this(null, uri, SipParameters.None) { }

    /// <summary>The tag that names this end of a dialog; null when there is none (RFC 3261 §19.3).</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>
    /// How long a contact holds, in seconds; null when it does not say. What is no number counts as 3600, a huge one as 2^32-1
    /// (RFC 3261 §20.10).
    /// </summary>
    public uint? Expires => Parameters["expires"] is { } text ? SipText.TryParseSeconds(text, out var seconds) ? seconds : 3600 : null;

    /// <summary>The same address with another tag.</summary>
    public NameAddr WithTag(string tag) => this with { Parameters = Parameters.With("tag", tag) };

    /// <summary>The address as it stands in a header, the URI always in angle brackets.</summary>
    public override string ToString()
    {
        var buffer = new TextBuffer();
        AppendTo(ref buffer);
        return buffer.Release();
    }

    /// <summary>Reads one address that fills the whole text; false when it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out NameAddr? address)
    {
        var cursor = new Cursor(text);
        if (!TryTake(ref cursor, alone: true, out address)) return false;
        cursor.SkipSpace();
        return cursor.Ended;
    }

    /// <summary>Reads addresses separated by commas into the list; false when one is malformed.</summary>
    internal static bool TryParseList(ReadOnlySpan<char> text, List<NameAddr> into)
    {
        var cursor = new Cursor(text);
        do
        {
            if (!TryTake(ref cursor, alone: false, out var address)) return false;
            into.Add(address);
        }
        while (cursor.TakeSeparator(','));
        cursor.SkipSpace();
        return cursor.Ended;
    }

    internal void AppendTo(ref TextBuffer buffer)
    {
        if (DisplayName is not null)
        {
            SipText.AppendQuoted(ref buffer, DisplayName);
            buffer.Append(' ');
        }
        buffer.Append('<');
        buffer.Append(Uri.ToString());
        buffer.Append('>');
        Parameters.AppendTo(ref buffer);
    }

    private static bool TryTake(ref Cursor cursor, bool alone, [NotNullWhen(true)] out NameAddr? address)
    {
        address = null;
        cursor.SkipSpace();
        if (!TryTakeName(ref cursor, alone, out var name, out var bracketed)) return false;
        SipUri? uri;
        if (bracketed)
        {
            cursor.Take(1);
            if (!SipUri.TryParse(cursor.TakeUntilAny(">"), out uri) || cursor.Ended) return false;
            cursor.Take(1);
        }
        // Without brackets what follows a semicolon is the header's, and no comma or question mark may stand in the URI (RFC 3261 §20).
        else if (!SipUri.TryParse(cursor.TakeUntilAny(" \t;,?"), out uri)) return false;
        if (!SipParameters.TryTake(ref cursor, out var parameters)) return false;
        address = new NameAddr(name, uri, parameters);
        return true;
    }

    /// <summary>Takes the name before a bracket. Without quotes it should be tokens only; what phones write there in other scripts is read as well.</summary>
    private static bool TryTakeName(ref Cursor cursor, bool alone, out string? name, out bool bracketed)
    {
        name = null;
        bracketed = true;
        if (cursor.Sees('"'))
        {
            if (!cursor.TryTakeQuoted(out var quoted)) return false;
            name = SipText.Unquote(quoted);
            cursor.SkipSpace();
            return cursor.Sees('<');
        }
        var end = cursor.Rest.IndexOfAny(alone ? "<\"" : "<\",");
        bracketed = end >= 0 && cursor.Rest[end] == '<';
        if (!bracketed) return true;
        // A bracket after a semicolon or colon belongs to a parameter of an address without brackets.
        var before = cursor.Rest[..end];
        if (before.ContainsAny(":;")) bracketed = false;
        else if (!cursor.Take(end).Trim().IsEmpty) name = before.Trim().ToString();
        return true;
    }
}
