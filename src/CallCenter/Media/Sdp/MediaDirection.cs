namespace Courier.Media.Sdp;

/// <summary>Who may send (RFC 8866 §6.7), seen from the writer of the description.</summary>
[Flags]
internal enum MediaDirection
{
    /// <summary>Nobody.</summary>
    Inactive = 0,

    /// <summary>Its writer.</summary>
    SendOnly = 1,

    /// <summary>Its reader.</summary>
    RecvOnly = 2,

    /// <summary>Both.</summary>
    SendRecv = SendOnly | RecvOnly,
}
