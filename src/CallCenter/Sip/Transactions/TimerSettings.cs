namespace Courier.Sip.Transactions;

/// <summary>The times that all others derive from (RFC 3261 §17.1.1.1 and appendix A).</summary>
/// <param name="T1">how long a message takes there and back, at first guess</param>
/// <param name="T2">the longest pause between two repetitions</param>
/// <param name="T4">how long a message may stay in the network</param>
public sealed record TimerSettings(TimeSpan T1, TimeSpan T2, TimeSpan T4)
{
    /// <summary>The RFC's values: 500 ms, 4 s and 5 s.</summary>
    public static readonly TimerSettings Default = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));

    /// <summary>After how long without an INVITE's answer 100 is sent (RFC 3261 §17.2.1).</summary>
    public static readonly TimeSpan TryingAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>When a transaction is given up: 64 × T1.</summary>
    public TimeSpan GiveUp => T1 * 64;

    /// <summary>The pause after one that is over: twice as long, at most T2.</summary>
    internal TimeSpan Doubled(TimeSpan pause) => pause * 2 < T2 ? pause * 2 : T2;
}

/// <summary>The timers of RFC 3261 appendix A and RFC 6026, by their letters; C belongs to proxies.</summary>
public enum TransactionTimer
{
    /// <summary>Repeats an INVITE.</summary>
    A,
    /// <summary>Gives up an INVITE that nobody answers.</summary>
    B,
    /// <summary>Absorbs repeated refusals of an INVITE.</summary>
    D,
    /// <summary>Repeats another request.</summary>
    E,
    /// <summary>Gives up another request.</summary>
    F,
    /// <summary>Repeats the refusal of an INVITE.</summary>
    G,
    /// <summary>Gives up waiting for the ACK of a refusal.</summary>
    H,
    /// <summary>Absorbs repeated ACKs.</summary>
    I,
    /// <summary>Absorbs repetitions of another request.</summary>
    J,
    /// <summary>Absorbs repeated answers to another request.</summary>
    K,
    /// <summary>Absorbs repetitions of an INVITE that was accepted (RFC 6026 §7.1).</summary>
    L,
    /// <summary>Hands on further acceptances of a forked INVITE (RFC 6026 §7.2).</summary>
    M,
    /// <summary>Sends 100 when nothing else has been sent (RFC 3261 §17.2.1).</summary>
    Trying,
}
