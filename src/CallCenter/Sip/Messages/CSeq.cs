namespace Courier.Sip.Messages;

/// <summary>Number and method of a request; its responses repeat them (RFC 3261 §20.16).</summary>
/// <param name="Number">the number, below 2^31</param>
/// <param name="Method">the method</param>
public readonly record struct CSeq(uint Number, SipMethod Method)
{
    /// <summary>The header's text.</summary>
    public override string ToString() => $"{Number} {Method}";

    /// <summary>Reads the header's value; false when it is malformed or the number too large (RFC 3261 §8.1.1.5).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CSeq cseq)
    {
        cseq = default;
        var space = text.IndexOfAny(' ', '\t');
        if (space < 0 || !SipText.TryParseNumber(text[..space], int.MaxValue, out var number)) return false;
        var method = text[space..].Trim();
        if (!SipText.IsToken(method)) return false;
        cseq = new CSeq((uint)number, SipMethod.Of(method));
        return true;
    }
}
