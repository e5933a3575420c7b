namespace Courier.Wechat.Client.Errors;

/// <summary>What to do about an error of WeChat. The client itself does the first three; the rest is for whoever made the call.</summary>
public enum ErrorReaction
{
    /// <summary>The access token is bad: get another and repeat once. Seen by a caller only when the repetition failed too.</summary>
    RefreshTokenOnce,

    /// <summary>WeChat is busy or could not be reached, and nothing was done: try again later, slower each time.</summary>
    BackOff,

    /// <summary>The quota of this call is used up: it is not made again until the next minute, or until midnight in China when it persists.</summary>
    BreakCall,

    /// <summary>This channel is closed for this customer for now: use another one, or wait until the customer acts.</summary>
    FallBack,

    /// <summary>This one message cannot be sent; nothing else is wrong.</summary>
    Drop,

    /// <summary>The customer cannot be reached by this account any more: drop the message and remember that.</summary>
    DropAndMarkUnreachable,

    /// <summary>The media id is gone: upload the file again and repeat once.</summary>
    NewMediaOnce,

    /// <summary>The login code or session is used up: let the customer sign in again.</summary>
    LoginAgain,

    /// <summary>WeChat takes this person or content for risky: refuse politely.</summary>
    Refuse,

    /// <summary>Configuration, rights or secrets of the account are wrong: stop and tell the operators.</summary>
    StopAndAlert,

    /// <summary>The request itself is wrong: repeating it cannot help.</summary>
    NeverRetry,

    /// <summary>It does not matter.</summary>
    Ignore,

    /// <summary>It may have been done or not: the answer was lost. Repeat only what is safe to happen twice.</summary>
    Ambiguous,

    /// <summary>A code that nobody has described: do not repeat, keep body and rid, tell the operators once.</summary>
    Unknown,
}
