namespace Courier.Sip.Messages;

/// <summary>A method of SIP. Names are case-sensitive (RFC 3261 §7.1); unknown ones are methods too.</summary>
/// <param name="Name">the method's name, a token</param>
public readonly record struct SipMethod(string Name)
{
    /// <summary>Begins or changes a session (RFC 3261 §13).</summary>
    public static readonly SipMethod Invite = new("INVITE");
    /// <summary>Confirms the final answer to an INVITE (RFC 3261 §13.2.2.4).</summary>
    public static readonly SipMethod Ack = new("ACK");
    /// <summary>Ends a session (RFC 3261 §15).</summary>
    public static readonly SipMethod Bye = new("BYE");
    /// <summary>Takes back an INVITE that has no final answer yet (RFC 3261 §9).</summary>
    public static readonly SipMethod Cancel = new("CANCEL");
    /// <summary>Asks what the other side can do, or whether it lives (RFC 3261 §11).</summary>
    public static readonly SipMethod Options = new("OPTIONS");
    /// <summary>Tells where an address can be reached (RFC 3261 §10).</summary>
    public static readonly SipMethod Register = new("REGISTER");
    /// <summary>Changes a session without the three steps of an INVITE (RFC 3311).</summary>
    public static readonly SipMethod Update = new("UPDATE");
    /// <summary>Carries application data in a dialog, here pressed keys (RFC 6086).</summary>
    public static readonly SipMethod Info = new("INFO");
    /// <summary>Asks the other side to call somebody (RFC 3515).</summary>
    public static readonly SipMethod Refer = new("REFER");
    /// <summary>Tells a subscriber what happened (RFC 6665).</summary>
    public static readonly SipMethod Notify = new("NOTIFY");
    /// <summary>Asks to be told (RFC 6665).</summary>
    public static readonly SipMethod Subscribe = new("SUBSCRIBE");
    /// <summary>Carries a short message (RFC 3428).</summary>
    public static readonly SipMethod Message = new("MESSAGE");
    /// <summary>Confirms a reliable provisional answer (RFC 3262).</summary>
    public static readonly SipMethod Prack = new("PRACK");

    private static readonly SipMethod[] Known = [Invite, Ack, Bye, Cancel, Options, Register, Update, Info, Refer, Notify, Subscribe, Message, Prack];

    /// <summary>Whether the method is one of those named here.</summary>
    public bool IsKnown => Array.IndexOf(Known, this) >= 0;

    /// <summary>The method's name.</summary>
    public override string ToString() => Name;

    /// <summary>The method of a name, which must be a token.</summary>
    internal static SipMethod Of(ReadOnlySpan<char> name)
    {
        foreach (var method in Known)
            if (name.SequenceEqual(method.Name)) return method;
        return new SipMethod(name.ToString());
    }
}
